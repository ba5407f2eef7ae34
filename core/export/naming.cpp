#include "core/export/naming.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/utf8.h"
#include "core/export/presets.h"

namespace kinora::media {
namespace {

constexpr std::size_t k_longest_name = 200;
constexpr std::size_t k_longest_file_name = 255;

std::string padded(std::uint64_t number, std::string_view format)
{
    std::string digits = std::to_string(number);
    std::size_t width = 0;
    std::from_chars(format.data(), format.data() + format.size(), width);
    width = std::min<std::size_t>(width, 20);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

std::optional<std::string> value_of(std::string_view field, const NameFields& fields)
{
    const auto colon = field.find(':');
    const std::string_view name = field.substr(0, colon);
    const std::string_view format = colon == std::string_view::npos ? std::string_view() : field.substr(colon + 1);
    if (name == "project") return fields.project;
    if (name == "shot") return padded(static_cast<std::uint64_t>(std::max(fields.shot, 0)), format);
    if (name == "take") return fields.take;
    if (name == "seed") return padded(fields.seed, format);
    if (name == "preset") return fields.preset;
    return std::nullopt;
}

}  // namespace

std::string safe_name(std::string_view text)
{
    constexpr std::string_view k_refused = "/\\:*?\"<>|";
    std::string name;
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        const bool control = code < 0x20 || code == 0x7f;
        name += control || k_refused.find(letter) != std::string_view::npos ? '_' : letter;
    }
    const auto start = name.find_first_not_of(". ");
    name = start == std::string::npos ? std::string()
                                      : std::string(core::utf8_prefix(std::string_view(name).substr(start), k_longest_name));
    while (!name.empty() && (name.back() == ' ' || name.back() == '.'))
        name.pop_back();
    return name.empty() ? "clip" : name;
}

std::string fill_pattern(std::string_view pattern, const NameFields& fields)
{
    std::string text;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        text += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        pattern.remove_prefix(open);
        const auto close = pattern.find('}');
        const auto value = close == std::string_view::npos ? std::nullopt : value_of(pattern.substr(1, close - 1), fields);
        text += value ? *value : "{";
        pattern.remove_prefix(value ? close + 1 : 1);
    }
    return safe_name(text);
}

std::filesystem::path unique_file(const std::filesystem::path& folder, const std::string& name, const std::string& extension)
{
    for (int number = 1;; ++number) {
        std::string ending;
        if (number > 1) ending.append(" ").append(std::to_string(number));
        if (!extension.empty()) ending.append(".").append(extension);
        const std::string file =
            std::string(core::utf8_prefix(safe_name(name), k_longest_file_name - ending.size())) + ending;
        const std::filesystem::path path = folder / file;
        std::error_code ignored;
        if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) return path;
    }
}

std::filesystem::path unique_target(const std::filesystem::path& folder, const std::string& name, const Preset& preset)
{
    return unique_file(folder, name, preset.encoder.pictures() ? std::string() : preset.extension);
}

}  // namespace kinora::media
