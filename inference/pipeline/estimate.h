#pragma once

#include "core/generation/generator.h"
#include "core/generation/request.h"
#include "inference/pipeline/machine_speed.h"
#include "inference/pipeline/model_info.h"

namespace kinora::inference {

/// Operations of all sampling steps of a recipe.
[[nodiscard]] double sampling_operations(const WanModelInfo& info, const core::Recipe& recipe);
/// Work of decoding a recipe's clip, in `MachineSpeed::decoded_values`' unit.
[[nodiscard]] double decoding_work(const WanModelInfo& info, const core::Recipe& recipe);

}  // namespace kinora::inference
