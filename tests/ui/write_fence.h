#pragma once

#include <filesystem>
#include <vector>

namespace kinora::tests {

/// From now on this process can write below these folders only (and to devices); the kernel sees to it (Landlock), for
/// every thread made from here on, and nothing takes it back. False where the kernel has no such thing.
[[nodiscard]] bool fence_writes(const std::vector<std::filesystem::path>& folders);

}  // namespace kinora::tests
