#include "core/models/model_card.h"

#include "core/base/file.h"

namespace kinora::core {
namespace {

constexpr std::uint64_t k_longest_card = 1U << 20U;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view k_blank = " \t\r\n";
    const auto first = text.find_first_not_of(k_blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(k_blank) - first + 1);
}

std::string_view without_quotes(std::string_view text)
{
    const bool quotes = text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'');
    return quotes ? text.substr(1, text.size() - 2) : text;
}

/// The next line without its end, which is taken off `text`.
std::string_view take_line(std::string_view& text)
{
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

/// The value of a line "key: value" at the outermost level; empty if it is another one.
std::string_view value_of(std::string_view line, std::string_view key)
{
    if (line.size() <= key.size() || line.substr(0, key.size()) != key || line[key.size()] != ':') return {};
    return without_quotes(trimmed(line.substr(key.size() + 1)));
}

}  // namespace

ModelCard parse_model_card(std::string_view readme)
{
    ModelCard card;
    std::string_view rest = readme;
    std::string name;
    if (trimmed(take_line(rest)) == "---") {
        while (!rest.empty()) {
            const std::string_view line = take_line(rest);
            if (trimmed(line) == "---") break;
            if (const auto value = value_of(line, "license"); !value.empty()) card.license = value;
            if (const auto value = value_of(line, "license_name"); !value.empty()) name = value;
        }
    } else {
        rest = readme;
    }
    // "other" only says that the name stands in the next field.
    if (!name.empty() && (card.license.empty() || card.license == "other")) card.license = name;
    card.text = trimmed(rest);
    std::string_view lines = card.text;
    while (!lines.empty() && card.title.empty()) {
        const std::string_view line = take_line(lines);
        if (line.substr(0, 2) == "# ") card.title = trimmed(line.substr(2));
    }
    return card;
}

ModelCard read_model_card(const std::filesystem::path& folder)
{
    const auto readme = read_file(folder / "README.md", k_longest_card);
    ModelCard card = readme ? parse_model_card(*readme) : ModelCard();
    for (const char* name : {"LICENSE", "LICENSE.txt", "LICENSE.md"}) {
        const auto text = read_file(folder / name, k_longest_card);
        if (!text) continue;
        card.license_file = folder / name;
        if (card.license.empty()) {
            std::string_view rest = trimmed(*text);
            card.license = trimmed(take_line(rest));
        }
        break;
    }
    return card;
}

}  // namespace kinora::core
