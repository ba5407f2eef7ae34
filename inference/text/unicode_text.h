#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kinora::inference {

/// UTF-8 to code points; every byte that isn't part of a valid sequence becomes U+FFFD.
[[nodiscard]] std::u32string decode_utf8(std::string_view text);

enum class Utf8Variants { none, java_and_cesu };

/// UTF-8 to code points, or nothing if any sequence is invalid. The variants are Java's two-byte zero and surrogate pairs of
/// three bytes each (CESU-8).
[[nodiscard]] std::optional<std::u32string> decode_utf8_strictly(std::string_view text,
                                                                 Utf8Variants variants = Utf8Variants::none);

[[nodiscard]] std::string encode_utf8(std::u32string_view text);

/// Canonical composition (Unicode normalisation form C).
[[nodiscard]] std::u32string compose(std::u32string_view text);

/// Compatibility composition (form KC) of one character.
[[nodiscard]] std::u32string compatibility_form(char32_t character);

/// What Python counts as white space: Unicode's, and the four separators U+001C to U+001F.
[[nodiscard]] bool is_python_space(char32_t character);

/// Unicode's property White_Space.
[[nodiscard]] bool is_white_space(char32_t character);

/// Letters, numbers and the underscore.
[[nodiscard]] bool is_word_character(char32_t character);

/// A decimal digit of any script.
[[nodiscard]] bool is_decimal_digit(char32_t character);

}  // namespace kinora::inference
