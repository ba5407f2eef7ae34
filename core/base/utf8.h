#pragma once

#include <cstddef>
#include <string_view>

namespace kinora::core {

/// Editors count in UTF-16 code units (Qt), the domain in bytes of UTF-8. Offsets inside a character round down to its
/// start; offsets past the end count as the end. Invalid bytes count as one unit each.
[[nodiscard]] std::size_t utf16_offset(std::string_view utf8, std::size_t byte_offset);
[[nodiscard]] std::size_t byte_offset(std::string_view utf8, std::size_t utf16_offset);

/// True if the text is well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// The first `max_bytes` bytes, shortened so that no character is cut in two.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

}  // namespace kinora::core
