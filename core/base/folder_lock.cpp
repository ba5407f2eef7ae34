#include "core/base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/paths.h"

namespace kinora::core {
namespace {

/// "process 4711 on studio-2", as the holder wrote it; empty if it wrote nothing.
std::string holder(int descriptor)
{
    std::array<char, 256> text{};
    const ssize_t count = pread(descriptor, text.data(), text.size(), 0);
    return count > 0 ? std::string(text.data(), static_cast<std::size_t>(count)) : std::string();
}

/// For the other studio's message only: the lock holds without it.
void write_holder(int descriptor)
{
    std::array<char, 200> host{};
    if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    const std::string text = "process " + std::to_string(getpid()) + " on " + host.data();
    if (ftruncate(descriptor, 0) != 0) return;
    [[maybe_unused]] const ssize_t written = pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

Result<FolderLock> FolderLock::acquire(const std::filesystem::path& folder, const std::string& what)
{
    const std::filesystem::path file = folder / ".lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0)
        return make_error(ErrorKind::io,
                          what + "'s folder " + path_to_utf8(folder) + " can't be written: " + std::strerror(errno) + ".");
    FolderLock lock(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        write_holder(descriptor);
        return lock;
    }
    // A file system without locks (some network shares) must not keep the artist from working.
    if (errno != EWOULDBLOCK) return lock;
    const std::string who = holder(descriptor);
    return make_error(ErrorKind::already_exists,
                      what + " is open in another Kinora" + (who.empty() ? std::string() : " (" + who + ")") + ".");
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept
{
    if (this != &other) {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

FolderLock::~FolderLock()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace kinora::core
