#pragma once

#include <string>
#include <string_view>

namespace kinora::core {

/// A new random id of 12 characters of `a-z2-7` (60 bits), for shots, takes, jobs and projects. Safe as a file name.
/// Thread-safe.
[[nodiscard]] std::string make_id();

/// True for 1 to 64 characters of `a-z`, `A-Z`, `0-9`, `-` and `_`: what a file from outside may use as an id, because ids
/// become folder names.
[[nodiscard]] bool is_valid_id(std::string_view id);

}  // namespace kinora::core
