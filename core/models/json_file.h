#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/result.h"

namespace kinora::core {

/// Reads a JSON file that must hold an object, at most `limit` bytes long. Errors name the file: `not_found`, `unsupported`
/// (too large), `corrupt` with the position.
[[nodiscard]] Result<nlohmann::json> read_json_object(const std::filesystem::path& file, std::uint64_t limit = 64ULL << 20);

}  // namespace kinora::core
