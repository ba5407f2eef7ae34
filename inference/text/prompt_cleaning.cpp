#include "inference/text/prompt_cleaning.h"

#include <algorithm>

#include "inference/text/html_entities.h"
#include "inference/text/mojibake.h"
#include "inference/text/single_byte_encodings.h"
#include "inference/text/unicode_text.h"

namespace kinora::inference {
namespace {

/// Longest stretch that is repaired as one, as in ftfy.
constexpr std::size_t k_max_segment = 1'000'000;

/// Latin ligatures and digraphs that stand for two letters, or nothing.
std::u32string_view ligature(char32_t character)
{
    switch (character) {
        case 0x0132:
            return U"IJ";
        case 0x0133:
            return U"ij";
        case 0x0149:
            return U"\u02BCn";
        case 0x01F1:
            return U"DZ";
        case 0x01F2:
            return U"Dz";
        case 0x01F3:
            return U"dz";
        case 0x01C4:
            return U"D\u017D";
        case 0x01C5:
            return U"D\u017E";
        case 0x01C6:
            return U"d\u017E";
        case 0x01C7:
            return U"LJ";
        case 0x01C8:
            return U"Lj";
        case 0x01C9:
            return U"lj";
        case 0x01CA:
            return U"NJ";
        case 0x01CB:
            return U"Nj";
        case 0x01CC:
            return U"nj";
        case 0xFB00:
            return U"ff";
        case 0xFB01:
            return U"fi";
        case 0xFB02:
            return U"fl";
        case 0xFB03:
            return U"ffi";
        case 0xFB04:
            return U"ffl";
        case 0xFB05:
            return U"\u017Ft";
        case 0xFB06:
            return U"st";
        default:
            return {};
    }
}

bool is_removed_control(char32_t c)
{
    return c <= 0x08 || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F || (c >= 0x206A && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFC);
}

std::u32string fix_ligatures(std::u32string_view text)
{
    std::u32string result;
    for (char32_t c : text) {
        const auto letters = ligature(c);
        if (letters.empty()) {
            result += c;
        } else {
            result += letters;
        }
    }
    return result;
}

std::u32string fix_width(std::u32string_view text)
{
    std::u32string result;
    for (char32_t c : text) {
        if (c == 0x3000) {
            result += U' ';
        } else if (c >= 0xFF01 && c < 0xFFF0) {
            result += compatibility_form(c);
        } else {
            result += c;
        }
    }
    return result;
}

/// Straight quotes, one kind of line break, no C1 controls.
std::u32string fix_characters(std::u32string_view text)
{
    std::u32string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (c == 0x02BC || (c >= 0x2018 && c <= 0x201B)) {
            result += U'\'';
        } else if (c >= 0x201C && c <= 0x201F) {
            result += U'"';
        } else if (c == U'\r') {
            result += U'\n';
            if (i + 1 < text.size() && text[i + 1] == U'\n') ++i;
        } else if (c == 0x2028 || c == 0x2029 || c == 0x85) {
            result += U'\n';
        } else {
            result += c;
        }
    }
    return result;
}

/// Removes "ESC [ 31 ; 1 m" and its kind.
std::u32string remove_terminal_escapes(std::u32string_view text)
{
    std::u32string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == 0x1B && i + 1 < text.size() && text[i + 1] == U'[') {
            std::size_t end = i + 2;
            while (end < text.size() && (text[end] == U';' || is_decimal_digit(text[end])))
                ++end;
            const char32_t last = end < text.size() ? text[end] | 0x20U : 0;
            if (last >= U'a' && last <= U'z' && text[end] < 0x80) {
                i = end;
                continue;
            }
        }
        result += text[i];
    }
    return result;
}

std::u32string fix_controls(std::u32string text)
{
    for (char32_t& c : text) {
        if (c >= 0x80 && c <= 0x9F) c = windows_1252_character(static_cast<unsigned char>(c));
    }
    return text;
}

enum class Html { decode, keep };

std::u32string fix_segment(std::u32string text, Html html)
{
    while (true) {
        const std::u32string before = text;
        if (html == Html::decode) text = unescape_html_carefully(text);
        text = fix_encoding(text);
        text = fix_controls(std::move(text));
        text = fix_ligatures(text);
        text = fix_width(text);
        text = fix_characters(text);
        text = remove_terminal_escapes(text);
        text.erase(std::remove_if(text.begin(), text.end(), is_removed_control), text.end());
        text = compose(text);
        if (text == before) return text;
    }
}

}  // namespace

std::u32string fix_text(std::u32string_view text)
{
    std::u32string result;
    // Where tags appear, the rest of the text is taken for HTML proper, whose entities mean something.
    Html html = Html::decode;
    while (!text.empty()) {
        const std::size_t line = text.find(U'\n');
        const std::size_t length = std::min(line == std::u32string_view::npos ? text.size() : line + 1, k_max_segment);
        const auto segment = text.substr(0, length);
        if (segment.find(U'<') != std::u32string_view::npos) html = Html::keep;
        result += fix_segment(std::u32string(segment), html);
        text.remove_prefix(length);
    }
    return result;
}

std::string clean_prompt(std::string_view prompt)
{
    const std::u32string text = unescape_html(unescape_html(fix_text(decode_utf8(prompt))));
    std::u32string result;
    for (char32_t c : text) {
        if (!is_python_space(c)) {
            result += c;
        } else if (!result.empty() && result.back() != U' ') {
            result += U' ';
        }
    }
    if (!result.empty() && result.back() == U' ') result.pop_back();
    return encode_utf8(result);
}

}  // namespace kinora::inference
