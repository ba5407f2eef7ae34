#include "core/base/json_text.h"

#include <nlohmann/json.hpp>

namespace kinora::core {
namespace {

constexpr int k_deepest = 100;

/// Nesting of brackets outside of strings, without building anything.
bool is_too_deep(std::string_view text)
{
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > k_deepest) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

Result<nlohmann::json> parse_json(std::string_view text, std::string_view what)
{
    const auto corrupt = [&](const std::string& why) {
        return make_error(ErrorKind::corrupt, std::string(what) + " is damaged: " + why + ".");
    };
    if (is_too_deep(text)) return corrupt("it is nested too deeply");
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        return corrupt("it stops being JSON at byte " + std::to_string(error.byte) + " of " + std::to_string(text.size()));
    } catch (const std::exception& error) {
        return corrupt(error.what());
    }
}

std::string json_text(const nlohmann::json& json, int indent)
{
    return json.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace kinora::core
