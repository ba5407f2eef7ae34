#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::core {

/// The recipe as JSON, for takes, the metadata of latents and of exported clips. One flat object with `"format": 1`;
/// rates are strings ("12/1", "24000/1001"), paths UTF-8 strings. Every field is written, so a reader needs no defaults.
[[nodiscard]] nlohmann::json to_json(const Recipe& recipe);

/// Reads what `to_json` wrote. Unknown keys are ignored (a newer Kinora may have written them), missing ones keep the
/// defaults of `Recipe`, but the model, size, length, rate and steps must be there and be possible. `corrupt` names the
/// key that is wrong; the value comes from outside and is never trusted.
[[nodiscard]] Result<Recipe> recipe_from_json(const nlohmann::json& json);

/// The request that repeats a recipe. Reference pictures carry their source and hash but no pixels: the caller loads them.
/// `latents_file` is empty.
[[nodiscard]] Result<GenerationRequest> request_from_recipe(const Recipe& recipe);

}  // namespace kinora::core
