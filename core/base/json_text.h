#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// Parses JSON from outside: well-formed, valid UTF-8, nested at most 100 deep (the library's writer recurses). `corrupt`
/// names `what` ("The project /x/project.json") and where it goes wrong.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text, std::string_view what);

/// JSON as text; bytes that aren't UTF-8 are replaced rather than thrown over. `indent` -1: one line.
[[nodiscard]] std::string json_text(const nlohmann::json& json, int indent = -1);

}  // namespace kinora::core
