#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

#include "inference/models/layers.h"
#include "inference/models/wan/dit_attention.h"
#include "inference/models/wan/dit_observer.h"

namespace kinora::inference {

/// Rows (tokens of all passes) that go through a block's feed-forward at a time, where no gradients are recorded.
inline constexpr std::int64_t k_feed_forward_rows = 8192;

/// One transformer block: modulated self-attention, cross-attention to the prompt, modulated feed-forward.
struct WanBlock {
    at::Tensor scale_shift_table;    ///< [1, 6, width]: shift, scale, gate of attention, then of the feed-forward
    WanAttention attn1;              ///< self
    WanAttention attn2;              ///< cross
    std::optional<LayerNorm> norm2;  ///< before cross-attention, where `cross_attn_norm` asks for it
    Linear ffn_up, ffn_down;         ///< `ffn.net.0.proj`, `ffn.net.2`
};

/// `x` [batch, tokens, width] → the same. `modulation` float32 [batch, groups, 6, width]: tokens are `groups` equal runs,
/// each with its own time step. Norms, modulation, gates and the residuals of self-attention and feed-forward run in
/// float32; the cross-attention's residual in x's type. Where no gradients are recorded on the CPU, the result is written
/// into x's memory. The parts are observed as `name.attn1`, `name.attn2`, `name.ffn` (before their gates).
[[nodiscard]] at::Tensor apply_block(const WanBlock& block, const WanDitConfig& config, at::Tensor x,
                                     const at::Tensor& modulation, const WanRope& rope, const CrossContext& context,
                                     const std::string& name, const TensorObserver& observer);

/// norm(x)·(1 + scale) + shift, computed in float32 and returned as `dtype` [batch, tokens, width]; scale and shift
/// [batch, groups, width].
[[nodiscard]] at::Tensor modulated_norm(const at::Tensor& x, const at::Tensor& shift, const at::Tensor& scale, double eps,
                                        at::ScalarType dtype);

[[nodiscard]] WanBlock outline_block(const WanDitConfig& config);
void visit(WanBlock& block, const std::string& name, const ParameterVisitor& visitor);

}  // namespace kinora::inference
