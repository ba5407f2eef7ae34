#pragma once

#include <ATen/core/Tensor.h>

namespace kinora::inference {

/// Strength of normalised attention guidance (Chen et al. 2025, arXiv 2505.21179), with the values used for Wan.
struct AttentionGuidance {
    double scale = 11.0;  ///< 1: no guidance
    double tau = 2.5;     ///< a guided vector's 1-norm grows by this factor at most
    double alpha = 0.25;  ///< share of the guided vector in the result, 0…1
};

/// Leads what was attended in the prompt away from what was attended in the negative prompt:
/// z = scale·z₊ − (scale − 1)·z₋, cut to tau times the 1-norm of z₊, then alpha·z + (1 − alpha)·z₊. Both [batch, tokens,
/// width]; computed in float32, returned in the type of `attended`. With a scale of 1, or equal prompts, z₊ comes back.
[[nodiscard]] at::Tensor guide_away(const at::Tensor& attended, const at::Tensor& avoided,
                                    const AttentionGuidance& guidance);

}  // namespace kinora::inference
