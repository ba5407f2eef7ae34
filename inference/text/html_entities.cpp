#include "inference/text/html_entities.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "inference/text/html_entities_table.h"

namespace kinora::inference {
namespace {

struct Entities {
    std::unordered_map<std::string_view, std::u32string> values;
    std::unordered_set<std::string_view> without_semicolon;
};

const Entities& entities()
{
    static const Entities parsed = [] {
        Entities result;
        std::string_view rest = k_html_entities;
        while (!rest.empty()) {
            const std::string_view item = rest.substr(0, rest.find(','));
            const std::size_t equals = item.find('=');
            std::u32string value;
            for (const char* at = item.data() + equals; at != item.data() + item.size();) {
                std::uint32_t code = 0;
                at = std::from_chars(at + 1, item.data() + item.size(), code, 16).ptr;
                value += static_cast<char32_t>(code);
            }
            result.values.emplace(item.substr(0, equals), std::move(value));
            rest.remove_prefix(item.size() + 1);
        }
        rest = k_html_entities_without_semicolon;
        while (!rest.empty()) {
            const std::string_view name = rest.substr(0, rest.find(','));
            result.without_semicolon.insert(name);
            rest.remove_prefix(name.size() + 1);
        }
        return result;
    }();
    return parsed;
}

const std::u32string* find_value(std::string_view name)
{
    const auto found = entities().values.find(name);
    return found == entities().values.end() ? nullptr : &found->second;
}

bool is_ascii_digit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}

bool is_hex_digit(char32_t c)
{
    return is_ascii_digit(c) || (c >= U'a' && c <= U'f') || (c >= U'A' && c <= U'F');
}

bool is_ascii_letter(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

/// What a number stands for: Windows-1252 for 0x80 to 0x9F, nothing for what isn't a character.
std::u32string numbered(std::uint32_t number)
{
    static constexpr std::array<char16_t, 32> k_windows{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
    if (number >= 0x80 && number <= 0x9F) return {k_windows[number - 0x80]};
    if (number == 0 || (number >= 0xD800 && number <= 0xDFFF) || number > 0x10FFFF) return U"\uFFFD";
    const bool control =
        (number < 0x20 && number != 0x09 && number != 0x0A && number != 0x0C && number != 0x0D) || number == 0x7F;
    const bool no_character = (number >= 0xFDD0 && number <= 0xFDEF) || (number & 0xFFFEU) == 0xFFFE;
    if (control || no_character) return {};
    return {static_cast<char32_t>(number)};
}

/// A reference that was recognised: how many characters it took and what it stands for.
struct Reference {
    std::size_t length = 0;
    std::u32string value;
};

/// "&#…" at the start of `text`.
std::optional<Reference> numeric_reference(std::u32string_view text)
{
    std::size_t at = 2;
    const bool hex = at < text.size() && (text[at] == U'x' || text[at] == U'X');
    if (hex) ++at;
    const std::size_t start = at;
    std::uint32_t number = 0;
    while (at < text.size() && (hex ? is_hex_digit(text[at]) : is_ascii_digit(text[at]))) {
        const char32_t c = text[at] | 0x20U;
        const std::uint32_t digit = c >= U'a' ? c - U'a' + 10U : c - U'0';
        number = std::min<std::uint32_t>(number * (hex ? 16U : 10U) + digit, 0x110000);
        ++at;
    }
    if (at == start) return std::nullopt;
    if (at < text.size() && text[at] == U';') ++at;
    return Reference{at, numbered(number)};
}

/// "&name" at the start of `text`. A name that isn't known as a whole may begin with one that is known without semicolon.
std::optional<Reference> named_reference(std::u32string_view text)
{
    std::string name;
    std::size_t at = 1;
    while (at < text.size() && at <= 32 && std::u32string_view(U"\t\n\f <&#;").find(text[at]) == std::u32string_view::npos) {
        name += text[at] < 0x80 ? static_cast<char>(text[at]) : '\x7f';  // no name holds such a character
        ++at;
    }
    if (name.empty()) return std::nullopt;
    if (at < text.size() && text[at] == U';') {
        if (const auto* value = find_value(name)) return Reference{at + 1, *value};
    }
    for (std::size_t length = name.size(); length > 1; --length) {
        const auto prefix = std::string_view(name).substr(0, length);
        if (entities().without_semicolon.contains(prefix)) return Reference{1 + length, *find_value(prefix)};
    }
    return std::nullopt;
}

std::u32string in_capitals(std::string_view name, const std::u32string& value)
{
    // Letters whose capital form is more than one letter.
    static const std::unordered_map<std::string_view, std::u32string> k_special{
        {"szlig", U"SS"},   {"filig", U"FI"},   {"fllig", U"FL"},     {"fflig", U"FF"},
        {"ffilig", U"FFI"}, {"ffllig", U"FFL"}, {"napos", U"\u02BCN"}};
    if (const auto special = k_special.find(name); special != k_special.end()) return special->second;
    std::u32string result;
    for (char32_t c : value)
        result += static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
    return result;
}

/// "&name;" in ftfy's reading, or nothing.
std::optional<std::u32string> careful_value(std::u32string_view reference)
{
    if (reference[1] == U'#') {
        const auto number = numeric_reference(reference);
        if (!number || number->length != reference.size() || number->value.find(U';') != std::u32string::npos)
            return std::nullopt;
        return number->value;
    }
    const std::string name(reference.begin() + 1, reference.end() - 1);
    if (const auto* value = find_value(name)) return *value;
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool capitals = std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const auto* value = find_value(lower);
    if (!capitals || value == nullptr || named_reference(reference)) return std::nullopt;
    return in_capitals(lower, *value);
}

}  // namespace

std::u32string unescape_html(std::u32string_view text)
{
    std::u32string result;
    while (!text.empty()) {
        std::optional<Reference> reference;
        if (text[0] == U'&' && text.size() > 1)
            reference = text[1] == U'#' ? numeric_reference(text) : named_reference(text);
        result += reference ? reference->value : std::u32string(1, text[0]);
        text.remove_prefix(reference ? reference->length : 1);
    }
    return result;
}

std::u32string unescape_html_carefully(std::u32string_view text)
{
    std::u32string result;
    while (!text.empty()) {
        std::optional<std::u32string> value;
        std::size_t end = 1;
        if (text[0] == U'&') {
            if (end < text.size() && text[end] == U'#') ++end;
            const std::size_t start = end;
            while (end < text.size() && end - start < 24 && (is_ascii_digit(text[end]) || is_ascii_letter(text[end])))
                ++end;
            if (end > start && end < text.size() && text[end] == U';') value = careful_value(text.substr(0, ++end));
        }
        result += value ? *value : std::u32string(1, text[0]);
        text.remove_prefix(value ? end : 1);
    }
    return result;
}

}  // namespace kinora::inference
