#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// The exclusive right to write a folder: a lock on its `.lock` file, which ends with the process, however it ends.
class FolderLock {
public:
    /// `what` begins the sentences ("The project"). `already_exists` names who holds the lock; `io`: the folder can't be
    /// written.
    [[nodiscard]] static Result<FolderLock> acquire(const std::filesystem::path& folder, const std::string& what);

    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace kinora::core
