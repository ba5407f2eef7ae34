#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/models/layers.h"
#include "inference/models/wan/attention_guidance.h"
#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/dit_rope.h"

namespace kinora::inference {

/// One attention of a block. Query and key norms run over the full width, before the heads are split.
struct WanAttention {
    Linear to_q, to_k, to_v, to_out;
    RmsNorm norm_q, norm_k;
    std::optional<Linear> add_k_proj,
        add_v_proj;  ///< keys and values of image rows (2.1 image-to-video, cross-attention only)
    std::optional<RmsNorm> norm_added_k;
};

/// Keys and values `[batch, heads, rows, head_dim]` of one context: of cross-attention they depend only on the prompt, so
/// they are computed once per run.
struct KeysAndValues {
    at::Tensor keys;
    at::Tensor values;
};

/// Keys and values that a stretch of the latent frames attends to, half-open.
struct TimedKeys {
    KeysAndValues text;
    std::int64_t first_frame = 0;
    std::int64_t end_frame = 0;
};

/// What normalised attention guidance leads away from.
struct AvoidedKeys {
    KeysAndValues text;
    AttentionGuidance guidance;
};

/// What cross-attention of one block reads: the prompt's rows and, with an image, the image's rows.
struct CrossContext {
    KeysAndValues text;
    std::optional<KeysAndValues> image;
    std::vector<TimedKeys> timed;  ///< in place of `text`, where the prompt changes in time: all latent frames, in order
    std::optional<AvoidedKeys> avoided;
};

/// `x` [batch, tokens, width] attends to itself; the result passed `to_out`. Moved in, it is freed as soon as it was read.
[[nodiscard]] at::Tensor self_attention(const WanAttention& attention, const WanDitConfig& config, at::Tensor x,
                                        const WanRope& rope);

/// Keys and values of embedded text `[batch, rows, width]` and, where `image` is defined, of embedded images.
[[nodiscard]] CrossContext make_cross_context(const WanAttention& attention, const WanDitConfig& config,
                                              const at::Tensor& text, const at::Tensor& image);

/// `x` [batch, tokens, width] attends to the context; the result passed `to_out`.
[[nodiscard]] at::Tensor cross_attention(const WanAttention& attention, const WanDitConfig& config, const at::Tensor& x,
                                         const CrossContext& context);

enum class AttentionKind { self, cross };
[[nodiscard]] WanAttention outline_attention(const WanDitConfig& config, AttentionKind kind);
void visit(WanAttention& attention, const std::string& name, const ParameterVisitor& visitor);

}  // namespace kinora::inference
