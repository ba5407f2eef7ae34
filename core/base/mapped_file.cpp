#include "core/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/file.h"

namespace kinora::core {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return file_error(file, "read", errno);
    struct stat status {};
    int reason = ::fstat(descriptor, &status) == 0 ? 0 : errno;
    if (reason == 0 && !S_ISREG(status.st_mode)) reason = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = nullptr;
    if (reason == 0 && size > 0) {
        data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (data == MAP_FAILED) reason = errno;
    }
    ::close(descriptor);
    if (reason != 0) return file_error(file, "read", reason);
    return std::shared_ptr<const MappedFile>(new MappedFile(data, size));
}

MappedFile::~MappedFile()
{
    if (data_ != nullptr) ::munmap(data_, size_);
}

}  // namespace kinora::core
