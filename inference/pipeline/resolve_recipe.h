#pragma once

#include <string>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "core/generation/request.h"
#include "inference/models/wan/dit_config.h"

namespace kinora::inference {

/// Fills a request's open values with the model's own and checks everything that can be checked before work: size, length,
/// steps, sampler, prompt, references. Device, types, route, threads and the model's hash are left to whoever loads the
/// model. `invalid_argument` and `unsupported` say in one sentence what is possible.
[[nodiscard]] core::Result<core::Recipe> resolve_recipe(const core::GenerationRequest& request,
                                                        const core::ModelCapabilities& model);

/// `invalid_argument` if a side isn't a positive multiple of the model's; names the nearest possible values.
[[nodiscard]] core::Result<void> check_size(int width, int height, const core::ModelCapabilities& model);

/// `invalid_argument` if the length isn't 1 + n · frame_multiple within the model's limit; names the nearest possible
/// values.
[[nodiscard]] core::Result<void> check_length(int frames, const core::ModelCapabilities& model);

}  // namespace kinora::inference
