#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// "6GB", "6 GB", "512MiB", "8g", or bytes, as a number of bytes. GB are 10⁹ bytes, GiB 2³⁰. `invalid_argument` shows how it
/// is written.
[[nodiscard]] Result<std::int64_t> parse_memory(const std::string& text);

/// "5.3 GB", for people.
[[nodiscard]] std::string memory_text(std::int64_t bytes);

}  // namespace kinora::core
