#pragma once

#include "core/generation/generator.h"
#include "core/generation/request.h"
#include "inference/pipeline/model_info.h"

namespace kinora::inference {

/// What a machine does in a second, measured in the last run or guessed before the first.
struct MachineSpeed {
    double sampling_flops = 0;  ///< operations of the transformer per second
    double decoded_values = 0;  ///< pixels of output × decoder width² per second
};

/// A guess from the number of cores and the type.
[[nodiscard]] MachineSpeed guess_speed(int cores, bool bfloat16);

/// Operations of all sampling steps of a recipe.
[[nodiscard]] double sampling_operations(const WanModelInfo& info, const core::Recipe& recipe);
/// Work of decoding a recipe's clip, in `MachineSpeed::decoded_values`' unit.
[[nodiscard]] double decoding_work(const WanModelInfo& info, const core::Recipe& recipe);

/// Time at this speed, and memory: weights, the widest activations of a step, or those of the decoder.
[[nodiscard]] core::Estimate estimate_run(const WanModelInfo& info, const core::Recipe& recipe, const MachineSpeed& speed,
                                          bool bfloat16);

}  // namespace kinora::inference
