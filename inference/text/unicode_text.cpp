#include "inference/text/unicode_text.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace kinora::inference {
namespace {

struct Decoded {
    char32_t character = 0;
    std::size_t bytes = 0;  ///< 0: invalid
};

/// One character at the start of `text`: shortest form only, no surrogates, nothing above U+10FFFF.
Decoded decode_one(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto more = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    const char32_t first = byte(0);
    if (first < 0x80) return {first, 1};
    if (first >= 0xC2 && first < 0xE0 && more(1)) return {((first & 0x1FU) << 6) | (byte(1) & 0x3FU), 2};
    if (first >= 0xE0 && first < 0xF0 && more(1) && more(2)) {
        const char32_t value = ((first & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
        if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3};
    }
    if (first >= 0xF0 && first < 0xF5 && more(1) && more(2) && more(3)) {
        const char32_t value =
            ((first & 0x07U) << 18) | ((byte(1) & 0x3FU) << 12) | ((byte(2) & 0x3FU) << 6) | (byte(3) & 0x3FU);
        if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
    }
    return {};
}

/// A zero or a surrogate pair as Java and CESU-8 write them.
Decoded decode_variant(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.size() >= 2 && byte(0) == 0xC0 && byte(1) == 0x80) return {0, 2};
    const auto within = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
    if (text.size() >= 6 && byte(0) == 0xED && within(1, 0xA0, 0xAF) && within(2, 0x80, 0xBF) && byte(3) == 0xED &&
        within(4, 0xB0, 0xBF) && within(5, 0x80, 0xBF)) {
        const char32_t value =
            ((byte(1) & 0x0FU) << 16) + ((byte(2) & 0x3FU) << 10) + ((byte(4) & 0x0FU) << 6) + (byte(5) & 0x3FU);
        return {value + 0x10000, 6};
    }
    return {};
}

std::u32string mapped(std::u32string_view text, int options)
{
    const std::string utf8 = encode_utf8(text);
    utf8proc_uint8_t* output = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()), static_cast<utf8proc_ssize_t>(utf8.size()),
                     &output, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(output, &std::free);
    if (size < 0) return std::u32string(text);
    return decode_utf8({reinterpret_cast<const char*>(output), static_cast<std::size_t>(size)});
}

utf8proc_category_t category_of(char32_t character)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(character));
}

}  // namespace

std::u32string decode_utf8(std::string_view text)
{
    std::u32string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Decoded decoded = decode_one(text);
        result += decoded.bytes > 0 ? decoded.character : U'\uFFFD';
        text.remove_prefix(decoded.bytes > 0 ? decoded.bytes : 1);
    }
    return result;
}

std::optional<std::u32string> decode_utf8_strictly(std::string_view text, Utf8Variants variants)
{
    std::u32string result;
    result.reserve(text.size());
    while (!text.empty()) {
        Decoded decoded = decode_one(text);
        if (decoded.bytes == 0 && variants == Utf8Variants::java_and_cesu) decoded = decode_variant(text);
        if (decoded.bytes == 0) return std::nullopt;
        result += decoded.character;
        text.remove_prefix(decoded.bytes);
    }
    return result;
}

std::string encode_utf8(std::u32string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (char32_t character : text) {
        utf8proc_uint8_t buffer[4];
        const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), buffer);
        result.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(count));
    }
    return result;
}

std::u32string compose(std::u32string_view text)
{
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::u32string compatibility_form(char32_t character)
{
    return mapped({&character, 1}, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

bool is_white_space(char32_t character)
{
    switch (character) {
        case 0x20:
        case 0x85:
        case 0xA0:
        case 0x1680:
        case 0x2028:
        case 0x2029:
        case 0x202F:
        case 0x205F:
        case 0x3000:
            return true;
        default:
            return (character >= 0x09 && character <= 0x0D) || (character >= 0x2000 && character <= 0x200A);
    }
}

bool is_python_space(char32_t character)
{
    return is_white_space(character) || (character >= 0x1C && character <= 0x1F);
}

bool is_word_character(char32_t character)
{
    const auto category = category_of(character);
    return character == U'_' || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool is_decimal_digit(char32_t character)
{
    return category_of(character) == UTF8PROC_CATEGORY_ND;
}

}  // namespace kinora::inference
