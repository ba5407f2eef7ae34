#include "core/media/partial_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string>

namespace kinora::media {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& target)
{
    return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

core::Error name_taken(const std::filesystem::path& target)
{
    return core::make_error(core::ErrorKind::already_exists,
                            quoted(target) + " exists already. Choose another name or allow it to be replaced.");
}

std::string in_megabytes(double bytes)
{
    return std::to_string(static_cast<long long>(bytes / 1e6) + 1) + " MB";
}

}  // namespace

std::string partial_name()
{
    std::array<unsigned char, 4> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) < 0) bytes[0] = static_cast<unsigned char>(getpid());
    char name[32];
    std::snprintf(name, sizeof name, ".kinora-%02x%02x%02x%02x.partial", bytes[0], bytes[1], bytes[2], bytes[3]);
    return name;
}

core::Result<std::unique_ptr<PartialFile>> PartialFile::create(const std::filesystem::path& target,
                                                               OverwritePolicy overwrite)
{
    std::error_code ignored;
    if (target.filename().empty() || std::filesystem::is_directory(target, ignored)) {
        return core::make_error(core::ErrorKind::invalid_argument, quoted(target) + " is a folder; a file name is needed.");
    }
    // A name too long is refused now, not after an hour of encoding.
    if (target.filename().native().size() > 255) return ffmpeg_error(target, "written", AVERROR(ENAMETOOLONG));
    if (overwrite == OverwritePolicy::refuse && std::filesystem::exists(std::filesystem::symlink_status(target, ignored))) {
        return name_taken(target);
    }
    std::unique_ptr<PartialFile> file(new PartialFile(target, overwrite));
    for (int attempt = 0; attempt < 100 && file->descriptor_ < 0; ++attempt) {
        file->path_ = folder_of(target) / partial_name();
        file->descriptor_ = open(file->path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->descriptor_ < 0 && errno != EEXIST) break;
    }
    if (file->descriptor_ < 0) return ffmpeg_error(target, "written", AVERROR(errno));
    return file;
}

PartialFile::~PartialFile()
{
    if (descriptor_ >= 0) close(descriptor_);
    if (descriptor_ >= 0 && !committed_) unlink(path_.c_str());
}

IoHandle PartialFile::make_io()
{
    constexpr int k_buffer = 1 << 18;
    auto* buffer = static_cast<unsigned char*>(av_malloc(k_buffer));
    if (buffer == nullptr) return {};
    IoHandle io(avio_alloc_context(buffer, k_buffer, 1, this, nullptr, write, seek));
    if (!io) av_free(buffer);
    return io;
}

int PartialFile::write(void* self, std::uint8_t* bytes, int count)
{
    auto& file = *static_cast<PartialFile*>(self);
    for (int done = 0; done < count;) {
        const ssize_t written = ::write(file.descriptor_, bytes + done, static_cast<std::size_t>(count - done));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            if (file.failure_ == 0) file.failure_ = errno;
            return AVERROR(file.failure_);
        }
        done += static_cast<int>(written);
    }
    return count;
}

std::int64_t PartialFile::seek(void* self, std::int64_t offset, int whence)
{
    const int descriptor = static_cast<PartialFile*>(self)->descriptor_;
    if (whence == AVSEEK_SIZE) {
        const off_t here = lseek(descriptor, 0, SEEK_CUR);
        const off_t size = lseek(descriptor, 0, SEEK_END);
        lseek(descriptor, here, SEEK_SET);
        return size;
    }
    const off_t reached = lseek(descriptor, offset, whence & ~AVSEEK_FORCE);
    return reached < 0 ? AVERROR(errno) : reached;
}

int PartialFile::rename_to_target() const
{
    if (overwrite_ == OverwritePolicy::replace) return std::rename(path_.c_str(), target_.c_str());
    // A hard link is refused if the name is taken, in one step; file systems without links tell so.
    if (link(path_.c_str(), target_.c_str()) == 0) {
        unlink(path_.c_str());
        return 0;
    }
    if (errno == EEXIST) return -1;
    return renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE);
}

core::Result<void> PartialFile::reopen()
{
    const int descriptor = open(path_.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) return ffmpeg_error(target_, "written", AVERROR(errno));
    close(descriptor_);
    descriptor_ = descriptor;
    return {};
}

core::Result<void> PartialFile::commit()
{
    if (failure_ != 0) return ffmpeg_error(target_, "written", AVERROR(failure_));
    if (fsync(descriptor_) != 0) return ffmpeg_error(target_, "written", AVERROR(errno));
    if (rename_to_target() != 0) {
        return errno == EEXIST ? name_taken(target_) : ffmpeg_error(target_, "written", AVERROR(errno));
    }
    committed_ = true;
    const int folder = open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return {};
}

core::Result<void> check_space(const std::filesystem::path& target, double bytes)
{
    struct statvfs system {};
    if (bytes <= 0 || statvfs(folder_of(target).c_str(), &system) != 0 || system.f_blocks == 0) return {};
    const double available = static_cast<double>(system.f_bavail) * static_cast<double>(system.f_frsize);
    if (available >= bytes * 1.35) return {};
    return core::make_error(core::ErrorKind::disk_full, "There is not enough room for " + quoted(target) + ": about " +
                                                            in_megabytes(bytes * 1.35) + " are needed, " +
                                                            in_megabytes(available) +
                                                            " are free. Free some space or choose another folder.");
}

}  // namespace kinora::media
