#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// The exclusive right to write a project folder: a lock on its `.lock` file, which ends with the process, however it ends.
class FolderLock {
public:
    /// `already_exists` with a sentence naming who holds it; `io` if the folder can't be written.
    [[nodiscard]] static Result<FolderLock> acquire(const std::filesystem::path& folder);

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
