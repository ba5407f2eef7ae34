#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// A copy and the sum of what was copied.
struct CopiedFile {
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// Copies a regular file as a whole or not at all (as `AtomicFile`), over a file of that name if there is one. `progress` is
/// told the bytes done. Errors: `not_found` (no such file, or no file but a folder or a device), `disk_full`, `io`,
/// `cancelled`.
[[nodiscard]] Result<CopiedFile> copy_file_whole(const std::filesystem::path& from, const std::filesystem::path& to,
                                                 const std::function<void(std::uint64_t)>& progress = {},
                                                 std::stop_token stop = {});

}  // namespace kinora::core
