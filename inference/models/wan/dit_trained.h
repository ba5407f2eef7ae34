#pragma once

#include <ATen/core/Tensor.h>

#include "inference/models/wan/dit_rope.h"

/// What a block does between its linears while it is trained on the CPU: each step with its gradients in one pass over
/// memory. As plain operations, most of them in float32, these take as long as all linears together. Computed in float32
/// whatever the tensors' type; the same for any number of threads.
namespace kinora::inference::trained {

/// Whether the functions below may be used: a CPU tensor [batch, tokens, width] in float32 or bfloat16, width a multiple of
/// sixteen, and that wants a gradient, without autocast.
[[nodiscard]] bool usable(const at::Tensor& x);

struct Normed {
    at::Tensor x;       ///< the input, for the way around: its gradient is added in the same pass
    at::Tensor normed;  ///< in x's type
};

/// norm(x)·(scale + scale_offset) + shift. `x` [batch, tokens, width]; `scale` and `shift` float32 [batch or 1, groups,
/// width], tokens being `groups` equal runs.
[[nodiscard]] Normed norm_scale_shift(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift,
                                      double scale_offset, double eps);

/// RMS norm over the width with a gain, then, with tables, turns neighbouring channel pairs of each head.
[[nodiscard]] at::Tensor rms_norm_rope(const at::Tensor& x, const at::Tensor& gain, double eps, const WanRope* rope);

/// x + y·gate. `gate` float32 [batch, groups, width].
[[nodiscard]] at::Tensor add_gated(const at::Tensor& x, const at::Tensor& y, const at::Tensor& gate);

/// GELU in its tanh form.
[[nodiscard]] at::Tensor gelu(const at::Tensor& x);

}  // namespace kinora::inference::trained
