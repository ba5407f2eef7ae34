#include "core/base/utf8.h"

#include <cstdint>

namespace kinora::core {
namespace {

struct Character {
    std::size_t bytes = 1;
    std::size_t units = 1;  ///< UTF-16 code units
    bool valid = false;
};

/// The character at `at`, by the table of well-formed byte sequences (Unicode 15, table 3-7).
Character character_at(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> unsigned {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto continues = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xBF) {
        return byte(i) >= least && byte(i) <= most;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {1, 1, true};
    if (lead >= 0xC2 && lead <= 0xDF && continues(1)) return {2, 1, true};
    const unsigned least3 = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned most3 = lead == 0xED ? 0x9F : 0xBF;
    if (lead >= 0xE0 && lead <= 0xEF && continues(1, least3, most3) && continues(2)) return {3, 1, true};
    const unsigned least4 = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most4 = lead == 0xF4 ? 0x8F : 0xBF;
    if (lead >= 0xF0 && lead <= 0xF4 && continues(1, least4, most4) && continues(2) && continues(3)) return {4, 2, true};
    return {1, 1, false};
}

}  // namespace

std::size_t utf16_offset(std::string_view utf8, std::size_t byte_offset)
{
    std::size_t units = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const Character character = character_at(utf8, at);
        if (at + character.bytes > byte_offset) break;
        at += character.bytes;
        units += character.units;
    }
    return units;
}

std::size_t byte_offset(std::string_view utf8, std::size_t utf16_offset)
{
    std::size_t units = 0;
    std::size_t at = 0;
    while (at < utf8.size()) {
        const Character character = character_at(utf8, at);
        if (units + character.units > utf16_offset) break;
        at += character.bytes;
        units += character.units;
    }
    return at;
}

bool is_valid_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        if (!character.valid) return false;
        at += character.bytes;
    }
    return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes)
{
    if (text.size() <= max_bytes) return text;
    std::size_t at = 0;
    while (true) {
        const Character character = character_at(text, at);
        if (at + character.bytes > max_bytes) return text.substr(0, at);
        at += character.bytes;
    }
}

}  // namespace kinora::core
