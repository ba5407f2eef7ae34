#include "core/media/partial_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "core/media/ffmpeg_handles.h"
#include "core/media/partial_file.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& target)
{
    return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

core::Error taken(const fs::path& target)
{
    return core::make_error(core::ErrorKind::already_exists,
                            quoted(target) + " exists already. Choose another name or allow it to be replaced.");
}

/// True for a folder with nothing in it that a sequence wouldn't have.
bool is_sequence(const fs::path& folder)
{
    constexpr std::array k_endings{".png", ".tif", ".exr", ".json"};
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string ending = it->path().extension().string();
        const bool known = std::find(k_endings.begin(), k_endings.end(), ending) != k_endings.end();
        if (!known || !fs::is_regular_file(it->symlink_status(error))) return false;
    }
    return !error;
}

/// An `errno`; 0: it is on the disk.
int flush(const fs::path& path)
{
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const int failure = fsync(descriptor) == 0 ? 0 : errno;
    close(descriptor);
    return failure;
}

}  // namespace

core::Result<std::unique_ptr<PartialFolder>> PartialFolder::create(const fs::path& target, OverwritePolicy overwrite)
{
    std::error_code ignored;
    if (target.filename().empty() || target.filename() == "." || target.filename() == "..")
        return core::make_error(core::ErrorKind::invalid_argument, "A folder of pictures needs a name of its own.");
    if (target.filename().native().size() > 255) return ffmpeg_error(target, "written", AVERROR(ENAMETOOLONG));
    const fs::file_status status = fs::symlink_status(target, ignored);
    if (fs::exists(status)) {
        if (overwrite == OverwritePolicy::refuse) return taken(target);
        if (!fs::is_directory(status) || !is_sequence(target))
            return core::make_error(core::ErrorKind::already_exists,
                                    quoted(target) +
                                        " holds other things than a picture sequence and is left alone. Choose "
                                        "another name.");
    }
    std::unique_ptr<PartialFolder> folder(new PartialFolder(target, overwrite));
    for (int attempt = 0; attempt < 100 && !folder->made_; ++attempt) {
        folder->path_ = folder_of(target) / partial_name();
        folder->made_ = mkdir(folder->path_.c_str(), 0777) == 0;
        if (!folder->made_ && errno != EEXIST) break;
    }
    if (!folder->made_) return ffmpeg_error(target, "written", AVERROR(errno));
    return folder;
}

PartialFolder::~PartialFolder()
{
    std::error_code ignored;
    if (made_ && !committed_) fs::remove_all(path_, ignored);
}

core::Result<void> PartialFolder::add(const std::string& name, std::span<const std::byte> bytes)
{
    const int descriptor = open((path_ / name).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0) return ffmpeg_error(target_, "written", AVERROR(errno));
    int failure = 0;
    for (std::size_t done = 0; done < bytes.size() && failure == 0;) {
        const ssize_t count = write(descriptor, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno != EINTR) failure = errno;
        if (count > 0) done += static_cast<std::size_t>(count);
    }
    if (close(descriptor) != 0 && failure == 0) failure = errno;
    if (failure != 0) return ffmpeg_error(target_, "written", AVERROR(failure));
    return {};
}

core::Result<void> PartialFolder::commit()
{
    // Each file by itself: flushing the whole file system would wait for whatever other programs write.
    std::error_code error;
    for (fs::directory_iterator it(path_, error), end; !error && it != end; it.increment(error))
        if (const int failure = flush(it->path()); failure != 0) return ffmpeg_error(target_, "written", AVERROR(failure));
    if (const int failure = error ? error.value() : flush(path_); failure != 0)
        return ffmpeg_error(target_, "written", AVERROR(failure));
    if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno != EEXIST) return ffmpeg_error(target_, "written", AVERROR(errno));
        if (overwrite_ == OverwritePolicy::refuse || !is_sequence(target_)) return taken(target_);
        // The old pictures get the hidden name and go with it.
        if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0)
            return ffmpeg_error(target_, "written", AVERROR(errno));
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    committed_ = true;
    const int parent = open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent >= 0) {
        fsync(parent);
        close(parent);
    }
    return {};
}

}  // namespace kinora::media
