#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "core/generation/origin.h"

namespace kinora::core {

/// An origin as a JSON object, for recipes and for jobs in the queue.
[[nodiscard]] nlohmann::json to_json(const Origin& origin);

/// Reads it back. The value comes from outside: every number is checked to be possible by itself. `corrupt` names the
/// key that is wrong.
[[nodiscard]] Result<Origin> origin_from_json(const nlohmann::json& json);

}  // namespace kinora::core
