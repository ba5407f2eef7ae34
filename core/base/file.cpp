#include "core/base/file.h"
#include "core/base/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace kinora::core {
namespace {

/// A file descriptor closed at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (value_ >= 0) ::close(value_);
    }
    [[nodiscard]] int get() const { return value_; }

private:
    int value_;
};

std::filesystem::path folder_of(const std::filesystem::path& file)
{
    const auto folder = file.parent_path();
    return folder.empty() ? std::filesystem::path(".") : folder;
}

}  // namespace

Error file_error(const std::filesystem::path& file, std::string_view what, int error_number)
{
    ErrorKind kind = ErrorKind::io;
    if (error_number == ENOSPC || error_number == EDQUOT) kind = ErrorKind::disk_full;
    if (error_number == ENOENT || error_number == ENOTDIR) kind = ErrorKind::not_found;
    if (error_number == EEXIST) kind = ErrorKind::already_exists;
    return make_error(kind, in_quotes(file.string()) + " can't be " + std::string(what) + ": " +
                                std::generic_category().message(error_number) + ".");
}

Result<std::string> read_file(const std::filesystem::path& file, std::uint64_t limit)
{
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.get() < 0) return file_error(file, "read", errno);
    struct stat status {};
    if (::fstat(descriptor.get(), &status) != 0) return file_error(file, "read", errno);
    if (S_ISDIR(status.st_mode)) return file_error(file, "read", EISDIR);
    const auto too_large = [&] {
        return make_error(ErrorKind::unsupported, in_quotes(file.string()) + " is larger than the " + std::to_string(limit) +
                                                      " bytes that such a file may have.");
    };
    if (status.st_size > 0 && static_cast<std::uint64_t>(status.st_size) > limit) return too_large();

    // The size is a hint only: a file may grow, and pipes have none.
    std::string content;
    content.reserve(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)));
    char buffer[65536];
    while (true) {
        const ssize_t count = ::read(descriptor.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_error(file, "read", errno);
        if (count == 0) return content;
        if (content.size() + static_cast<std::size_t>(count) > limit) return too_large();
        content.append(buffer, static_cast<std::size_t>(count));
    }
}

Result<void> write_file(const std::filesystem::path& file, std::string_view content)
{
    return write_file(file, std::as_bytes(std::span(content.data(), content.size())));
}

Result<void> write_file(const std::filesystem::path& file, std::span<const std::byte> content)
{
    auto writer = AtomicFile::create(file);
    if (!writer) return writer.error();
    if (auto written = writer->write(content); !written) return written.error();
    return writer->commit();
}

AtomicFile::AtomicFile(std::filesystem::path file, std::filesystem::path partial, int descriptor)
    : file_(std::move(file)), partial_(std::move(partial)), descriptor_(descriptor)
{
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : file_(std::move(other.file_)), partial_(std::move(other.partial_)), descriptor_(std::exchange(other.descriptor_, -1))
{
}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept
{
    if (this != &other) {
        discard();
        file_ = std::move(other.file_);
        partial_ = std::move(other.partial_);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

AtomicFile::~AtomicFile()
{
    discard();
}

void AtomicFile::discard() noexcept
{
    if (descriptor_ < 0) return;
    ::close(std::exchange(descriptor_, -1));
    ::unlink(partial_.c_str());
}

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (file.filename().empty() || std::filesystem::is_directory(file, ignored)) return file_error(file, "written", EISDIR);
    std::string pattern = (folder_of(file) / ".kinora-XXXXXX.partial").string();
    const int descriptor = ::mkostemps(pattern.data(), 8, O_CLOEXEC);
    if (descriptor < 0) return file_error(file, "written", errno);
    // mkostemps makes private files; the finished one gets the rights of the file it replaces, or those of any new file.
    struct stat old {};
    mode_t mode = 0;
    if (::stat(file.c_str(), &old) == 0) {
        mode = old.st_mode & 07777;
    } else {
        const mode_t mask = ::umask(0);
        ::umask(mask);
        mode = 0666 & ~mask;
    }
    if (::fchmod(descriptor, mode) != 0) {
        // Some file systems have no rights; the file is written all the same.
        errno = 0;
    }
    return AtomicFile(file, pattern, descriptor);
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor_, bytes.data(), std::min<std::size_t>(bytes.size(), 1U << 30));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_error(file_, "written", errno);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> AtomicFile::commit()
{
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
        const int reason = errno;
        discard();
        return file_error(file_, "written", reason);
    }
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0 || ::rename(partial_.c_str(), file_.c_str()) != 0) {
        const int reason = errno;
        ::unlink(partial_.c_str());
        return file_error(file_, "written", reason);
    }
    const Descriptor folder(::open(folder_of(file_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0 && ::fsync(folder.get()) != 0) errno = 0;
    return {};
}

}  // namespace kinora::core
