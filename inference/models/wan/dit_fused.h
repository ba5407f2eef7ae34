#pragma once

#include <ATen/core/Tensor.h>

#include "inference/models/wan/dit_rope.h"

/// What a block does between its linears, in one pass over memory each, for the CPU: the plain operations need five to ten
/// passes, which for a small model costs more than its linears. Computed in float32 whatever the tensors' type; equal to the
/// plain operations but for the order of sums. No gradients.
namespace kinora::inference::fused {

/// Whether the kernels below may be used: a CPU tensor in float32 or bfloat16, no gradients recorded, no autocast.
[[nodiscard]] bool usable(const at::Tensor& x);

/// norm(x)·scale + shift without the norm's own parameters. `x` [batch, tokens, width]; `shift` and `scale` float32
/// [batch or 1, groups, width], tokens being `groups` equal runs. `scale_offset` is added to scale (1 for modulation).
[[nodiscard]] at::Tensor norm_scale_shift(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift,
                                          float scale_offset, double eps, at::ScalarType result);

/// RMS norm over the width with a gain, then, with tables, turns neighbouring channel pairs of each head.
/// `x` [batch, tokens, width], rows contiguous; the result is contiguous, in x's type.
[[nodiscard]] at::Tensor rms_norm_rope(const at::Tensor& x, const at::Tensor& gain, double eps, const WanRope* rope);

/// x ← x + y·gate, in x's memory; without a gate x ← x + y. `gate` float32 [batch, groups, width].
void add_gated(at::Tensor& x, const at::Tensor& y, const at::Tensor& gate);

}  // namespace kinora::inference::fused
