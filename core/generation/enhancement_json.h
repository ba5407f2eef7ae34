#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "core/generation/enhancement.h"

namespace kinora::core {

/// As recipes, jobs and projects keep it: an object with `upscale`, `interpolate`, and the networks where they are named.
[[nodiscard]] nlohmann::json to_json(const Enhancement& enhancement);

/// Reads it back. The value comes from outside: what can't be meant by a size or a rate is refused. `corrupt` names the key.
[[nodiscard]] Result<Enhancement> enhancement_from_json(const nlohmann::json& object);

}  // namespace kinora::core
