#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::inference {

/// An encoding with one byte a character, the lower half ASCII.
struct SingleByteEncoding {
    /// In Windows' encodings U+FFFD is written as byte 0x1A: "here stood a byte that nobody could read".
    enum class Kind { windows, macintosh, other };

    Kind kind;
    std::array<char16_t, 128> upper;  ///< what the bytes 0x80 to 0xFF mean
};

/// The encodings in which UTF-8 is read by mistake, the likely ones first.
[[nodiscard]] const std::vector<SingleByteEncoding>& mojibake_encodings();

/// The bytes of `text`, or nothing if the encoding lacks one of its characters.
[[nodiscard]] std::optional<std::string> encode(const SingleByteEncoding& encoding, std::u32string_view text);

/// What Windows-1252 means by a byte; an undefined byte is the control character of the same number.
[[nodiscard]] char32_t windows_1252_character(unsigned char byte);

}  // namespace kinora::inference
