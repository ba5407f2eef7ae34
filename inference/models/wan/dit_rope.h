#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>

#include "inference/models/wan/dit_config.h"

namespace kinora::inference {

/// Rotary positions of a latent clip's tokens: the angle of each pair of channels, as cosine and sine.
/// Both float32 `[tokens, head_dim / 2]`, tokens in the order frame, row, column; computed in float64 as the reference does.
/// The channels of a head belong to time, height and width in this order; height and width have 2 * (head_dim / 6) each.
struct WanRope {
    at::Tensor cos;
    at::Tensor sin;
};

/// Tables for a grid of tokens (frames, rows, columns after patching). Deterministic and cheap beside one block.
[[nodiscard]] WanRope make_rope(const WanDitConfig& config, const std::array<std::int64_t, 3>& grid,
                                const at::Device& device);

/// Turns neighbouring channel pairs of `x` `[batch, tokens, heads, head_dim]`; computed in float32, returned in x's type.
[[nodiscard]] at::Tensor apply_rope(const at::Tensor& x, const WanRope& rope);

}  // namespace kinora::inference
