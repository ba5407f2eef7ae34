#include "inference/text/mojibake.h"

#include <algorithm>
#include <optional>

#include "inference/text/mojibake_tables.h"
#include "inference/text/single_byte_encodings.h"
#include "inference/text/unicode_text.h"

namespace kinora::inference {
namespace {

std::u32string widen(std::string_view bytes)
{
    std::u32string wide;
    wide.reserve(bytes.size());
    for (char byte : bytes)
        wide += static_cast<unsigned char>(byte);
    return wide;
}

CharacterSet bytes(std::u32string_view set)
{
    return CharacterSet(set);
}

/// Sequences of UTF-8 but for a space where some program took byte 0xA0 for one.
const std::vector<CharacterPattern>& altered_sequences()
{
    static const auto space = bytes(U" ");
    static const auto inner = bytes(U"\x80..\x84\x86..\x9f\xa1..\xbf");
    static const auto any = bytes(U"\x80..\xbf");
    static const std::vector<CharacterPattern> patterns{
        {bytes(U"\xc2\xc3\xc5\xce\xd0\xd9"), space}, {bytes(U"\xe2\xe3"), space, inner},
        {bytes(U"\xe0..\xe3"), inner, space},        {bytes(U"\xf0"), space, any, any},
        {bytes(U"\xf0"), any, space, any},           {bytes(U"\xf0"), any, any, space},
    };
    return patterns;
}

/// Sequences of UTF-8 in which bytes were lost: 0x1A stands for such a byte, and "?" may once in a sequence.
const std::vector<CharacterPattern>& lossy_sequences()
{
    static const auto lost = bytes(U"\x1a");
    static const auto asked = bytes(U"\x1a?");
    static const auto kept = bytes(U"\x1a\x80..\xbf");
    static const auto either = bytes(U"\x1a?\x80..\xbf");
    static const auto three = bytes(U"\xe0..\xef");
    static const auto four = bytes(U"\xf0..\xf4");
    static const auto ed = bytes(U"\xed");
    static const auto high = bytes(U"\xa0..\xaf");
    static const auto low = bytes(U"\xb0..\xbf");
    static const std::vector<CharacterPattern> patterns{
        {bytes(U"\xc2..\xdf"), lost},
        {bytes(U"\xc2\xc3"), bytes(U"?")},
        {ed, high, asked, ed, low, either},
        {ed, high, either, ed, low, asked},
        {three, asked, kept},
        {three, kept, asked},
        {four, asked, kept, kept},
        {four, kept, asked, kept},
        {four, kept, kept, asked},
        {lost},
    };
    return patterns;
}

/// Replaces what matches at each place by what `replace` makes of it.
template <typename Replace>
std::string replaced(const std::string& text, const std::vector<CharacterPattern>& patterns, Replace replace)
{
    const std::u32string wide = widen(text);
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = first_match(wide, i, patterns);
        if (length == 0) {
            result += text[i++];
        } else {
            result += replace(text.substr(i, length));
            i += length;
        }
    }
    return result;
}

/// "Ã la mode": 0xC3 and one space is the word "à", unless it begins one of a few Portuguese words.
std::string restore_a_grave(const std::string& text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        result += text[i];
        if (text[i] != '\xc3' || i + 1 >= text.size() || text[i + 1] != ' ') continue;
        const std::string_view after = std::string_view(text).substr(i + 2);
        const auto begins = [&](std::string_view word) { return after.substr(0, word.size()) == word; };
        if (!begins(" ") && !begins("quele") && !begins("quela") && !begins("quilo") && !begins("s ")) result += '\xa0';
    }
    return result;
}

bool has_altered_sequence(const std::string& text)
{
    const std::u32string wide = widen(text);
    for (std::size_t i = 0; i < wide.size(); ++i) {
        if (first_match(wide, i, altered_sequences()) > 0) return true;
    }
    return false;
}

std::string restore_spaces(const std::string& text)
{
    return replaced(restore_a_grave(text), altered_sequences(), [](std::string match) {
        std::replace(match.begin(), match.end(), ' ', '\xa0');
        return match;
    });
}

/// The text if it was UTF-8 read in `encoding`; nothing if it wasn't.
std::optional<std::u32string> reread(std::string encoded, const SingleByteEncoding& encoding)
{
    if (encoding.kind != SingleByteEncoding::Kind::macintosh && has_altered_sequence(encoded))
        encoded = restore_spaces(encoded);
    if (encoding.kind == SingleByteEncoding::Kind::windows)
        encoded = replaced(encoded, lossy_sequences(), [](const std::string&) { return "\xef\xbf\xbd"; });
    const bool variants = encoded.find_first_of("\xed\xc0") != std::string::npos;
    return decode_utf8_strictly(encoded, variants ? Utf8Variants::java_and_cesu : Utf8Variants::none);
}

/// Length of the run of characters at `position` that decode to UTF-8 sequences in some encoding.
std::size_t embedded_run(std::u32string_view text, std::size_t position)
{
    static const CharacterSet strict(k_utf8_continuation_strict);
    static const CharacterSet next(k_utf8_continuation);
    static const std::vector<CharacterPattern> sequences{{CharacterSet(k_utf8_first_of_2), next},
                                                         {CharacterSet(k_utf8_first_of_3), next, next},
                                                         {CharacterSet(k_utf8_first_of_4), next, next, next}};
    if (position > 0 && strict.contains(text[position - 1])) return 0;
    std::size_t length = 0;
    while (const std::size_t step = first_match(text, position + length, sequences))
        length += step;
    return length;
}

/// Repairs the parts of a text that are mojibake within text that isn't.
std::u32string fix_embedded(std::u32string_view text)
{
    std::u32string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = embedded_run(text, i);
        const auto part = text.substr(i, std::max<std::size_t>(length, 1));
        // Only a shorter text is looked at again, so this ends.
        const bool repair = length > 0 && length < text.size() && looks_like_mojibake(part);
        result += repair ? fix_encoding(part) : std::u32string(part);
        i += part.size();
    }
    return result;
}

std::u32string fix_controls(std::u32string_view text)
{
    std::u32string result(text);
    for (char32_t& c : result) {
        if (c >= 0x80 && c <= 0x9F) c = windows_1252_character(static_cast<unsigned char>(c));
    }
    return result;
}

bool is_ascii(std::u32string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
}

std::u32string fix_once(const std::u32string& text)
{
    if (is_ascii(text) || !looks_like_mojibake(text)) return text;
    for (const SingleByteEncoding& encoding : mojibake_encodings()) {
        const auto encoded = encode(encoding, text);
        if (!encoded) continue;
        if (auto fixed = reread(*encoded, encoding)) return *fixed;
    }
    if (auto fixed = fix_embedded(text); fixed != text) return fixed;
    // Control characters of the upper half have no use in text: they were characters of Windows-1252.
    return fix_controls(text);
}

}  // namespace

std::u32string fix_encoding(std::u32string_view text)
{
    std::u32string current(text);
    while (true) {
        std::u32string fixed = fix_once(current);
        if (fixed == current) return fixed;
        current = std::move(fixed);
    }
}

}  // namespace kinora::inference
