#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

namespace kinora::inference {

/// What a sampler remembers between two steps, for checkpoints. Which tensors there are, in which order, is each sampler's
/// own; all are float32 in the shape of the sample.
struct SamplerState {
    int step_index = 0;  ///< steps done
    int order = 1;       ///< of the last prediction, of those that vary it
    std::vector<std::pair<std::string, at::Tensor>> tensors;
};

}  // namespace kinora::inference
