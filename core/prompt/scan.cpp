#include "core/prompt/scan.h"

#include <algorithm>

namespace kinora::core::prompt {
namespace {

constexpr std::string_view k_en_dash = "\xE2\x80\x93";
constexpr std::int64_t k_ten_thousand = 10'000;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// "12", "1.5", ".5" in ten-thousandths; nothing for anything else, more than 4 decimals or more than 7 digits before the
/// point.
std::optional<std::int64_t> parse_decimal(std::string_view text)
{
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() && part.empty()) return std::nullopt;
    if (whole.size() > 7 || part.size() > 4) return std::nullopt;
    if (!std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(part.begin(), part.end(), is_digit))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : whole)
        value = value * 10 + (c - '0');
    for (std::size_t i = 0; i < 4; ++i)
        value = value * 10 + (i < part.size() ? part[i] - '0' : 0);
    return value;
}

struct Time {
    PromptTime time;
    bool has_unit = false;
};

std::optional<Time> parse_time(std::string_view text)
{
    Time result;
    text = trimmed(text);
    if (!text.empty() && (text.back() == 's' || text.back() == 'f')) {
        result.has_unit = true;
        result.time.unit = text.back() == 'f' ? PromptTime::Unit::frames : PromptTime::Unit::seconds;
        text = trimmed(text.substr(0, text.size() - 1));
    }
    const auto value = parse_decimal(text);
    if (!value) return std::nullopt;
    result.time.ten_thousandths = *value;
    return result;
}

bool is_whole(const PromptTime& time)
{
    return time.unit == PromptTime::Unit::seconds || time.ten_thousandths % k_ten_thousand == 0;
}

}  // namespace

bool is_escape(std::string_view text, std::size_t at)
{
    return text[at] == '\\' && at + 1 < text.size() && k_special.find(text[at + 1]) != std::string_view::npos;
}

Brackets pair_brackets(std::string_view text)
{
    Brackets brackets;
    brackets.partner.assign(text.size(), Brackets::k_none);
    brackets.colon.assign(text.size(), Brackets::k_none);
    std::vector<std::size_t> open;
    std::size_t open_braces = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_escape(text, i)) {
            ++i;
        } else if (c == '(' || c == '{') {
            open.push_back(i);
            open_braces += c == '{' ? 1 : 0;
        } else if (c == ':' && !open.empty() && text[open.back()] == '(') {
            brackets.colon[open.back()] = i;
        } else if (c == ')' && !open.empty() && text[open.back()] == '(') {
            brackets.partner[open.back()] = i;
            open.pop_back();
        } else if (c == '}' && open_braces > 0) {
            // Round brackets that are still open inside the braces are never closed: they are plain text.
            while (text[open.back()] != '{')
                open.pop_back();
            brackets.partner[open.back()] = i;
            brackets.partner[i] = open.back();
            open.pop_back();
            --open_braces;
        }
    }
    return brackets;
}

bool Brackets::is_weight(std::string_view text, std::size_t at) const
{
    if (partner[at] == k_none || colon[at] == k_none) return false;
    const std::string_view number = trimmed(text.substr(colon[at] + 1, partner[at] - colon[at] - 1));
    return !number.empty() && (is_digit(number[0]) || number[0] == '+' || number[0] == '-' || number[0] == '.');
}

std::size_t name_end(std::string_view text, std::size_t at)
{
    if (at >= text.size() || !is_letter(text[at])) return at;
    const auto belongs = [&](std::size_t i) { return i < text.size() && (is_letter(text[i]) || is_digit(text[i])); };
    std::size_t end = at;
    while (belongs(end) || (end < text.size() && text[end] == '_' && belongs(end + 1)))
        ++end;
    return end;
}

std::optional<std::size_t> wildcard_end(std::string_view text, std::size_t at)
{
    if (text.substr(at, 2) != "__") return std::nullopt;
    const std::size_t end = name_end(text, at + 2);
    if (end == at + 2 || text.substr(end, 2) != "__") return std::nullopt;
    return end + 2;
}

std::optional<std::size_t> time_mark_end(std::string_view text, std::size_t at)
{
    std::size_t i = at + 1;
    while (i < text.size() && text[i] == ' ')
        ++i;
    if (i >= text.size() || !is_digit(text[i])) return std::nullopt;
    bool dash = false;
    for (; i < text.size() && text[i] != '\n' && text[i] != '['; ++i) {
        if (text[i] == ']') return dash ? std::optional(i) : std::nullopt;
        dash = dash || text[i] == '-' || text.substr(i, k_en_dash.size()) == k_en_dash;
    }
    return std::nullopt;
}

std::optional<float> parse_weight(std::string_view number)
{
    const auto value = parse_decimal(trimmed(number));
    if (!value || *value > 4 * k_ten_thousand) return std::nullopt;
    return static_cast<float>(static_cast<double>(*value) / static_cast<double>(k_ten_thousand));
}

std::optional<TimeMark> parse_time_mark(std::string_view inside)
{
    std::size_t dash = inside.find('-');
    std::size_t dash_size = 1;
    if (const std::size_t en = inside.find(k_en_dash); en < dash) {
        dash = en;
        dash_size = k_en_dash.size();
    }
    if (dash == std::string_view::npos) return std::nullopt;
    auto from = parse_time(inside.substr(0, dash));
    const std::string_view end = trimmed(inside.substr(dash + dash_size));
    if (!from) return std::nullopt;
    if (end == "end") {
        if (!from->has_unit || !is_whole(from->time)) return std::nullopt;
        return TimeMark{from->time, std::nullopt};
    }
    const auto to = parse_time(end);
    if (!to || !to->has_unit) return std::nullopt;
    if (!from->has_unit) from->time.unit = to->time.unit;
    if (!is_whole(from->time) || !is_whole(to->time)) return std::nullopt;
    return TimeMark{from->time, to->time};
}

std::string decimal_text(std::int64_t ten_thousandths)
{
    std::string part = std::to_string(k_ten_thousand + ten_thousandths % k_ten_thousand).substr(1);
    while (!part.empty() && part.back() == '0')
        part.pop_back();
    const std::string whole = std::to_string(ten_thousandths / k_ten_thousand);
    return part.empty() ? whole : whole + "." + part;
}

}  // namespace kinora::core::prompt
