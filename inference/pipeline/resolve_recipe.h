#pragma once

#include <string>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "core/generation/request.h"

namespace kinora::inference {

/// Fills a request's open values with the model's own and checks everything that can be checked before work: size, length,
/// steps, sampler, guidance, prompt, references. A size or length that the model can't make becomes the nearest that it can,
/// and a sentence in the recipe's `fallbacks` says so. Device, types, route, threads and the model's hash are left to
/// whoever loads the model. `invalid_argument` and `unsupported` say in one sentence what is possible, and which models can.
[[nodiscard]] core::Result<core::Recipe> resolve_recipe(const core::GenerationRequest& request,
                                                        const core::ModelCapabilities& model);

/// Rounds the sides to the nearest multiples of the model's, with a sentence. `invalid_argument` if one is below 1 or beyond
/// what any model can make.
[[nodiscard]] core::Result<void> fit_size(core::Recipe& recipe, const core::ModelCapabilities& model);

/// Rounds the length to the nearest 1 + n · frame_multiple, with a sentence. `invalid_argument` if it is below 1 or beyond
/// the model's limit.
[[nodiscard]] core::Result<void> fit_length(core::Recipe& recipe, const core::ModelCapabilities& model);

}  // namespace kinora::inference
