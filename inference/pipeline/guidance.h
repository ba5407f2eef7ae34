#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/models/wan/attention_guidance.h"

namespace kinora::inference {

/// How the negative prompt acts.
enum class GuidanceMode {
    cfg,       ///< classifier-free guidance: a second pass, negative + g·(prompt − negative)
    cfg_zero,  ///< CFG-Zero* (Fan et al. 2025, arXiv 2503.18886): the negative pass scaled to fit, the first step left out
    nag,       ///< normalised attention guidance: within the cross-attention, no second pass
};

/// All about the guidance of one run.
struct GuidanceSettings {
    GuidanceMode mode = GuidanceMode::cfg;
    float strength = 1.0F;        ///< 1: none; of CFG also anything less, and then there is no second pass
    float strength_low = 1.0F;    ///< of the low-noise expert
    AttentionGuidance attention;  ///< tau and alpha of `nag`; its scale is the strength

    /// Strength of the expert's own.
    [[nodiscard]] float strength_of(int expert) const { return expert == 0 ? strength : strength_low; }
    /// Whether the expert runs the negative prompt in a pass of its own.
    [[nodiscard]] bool two_passes(int expert) const { return mode != GuidanceMode::nag && strength_of(expert) > 1.0F; }
    /// The attention guidance of the expert's own; nullopt: none.
    [[nodiscard]] std::optional<AttentionGuidance> attention_of(int expert) const;
    /// Whether anything reads the negative prompt.
    [[nodiscard]] bool reads_negative() const;
};

/// "cfg", "cfg-zero", "nag".
[[nodiscard]] const std::vector<std::string>& guidance_mode_names();
/// `invalid_argument` says which there are.
[[nodiscard]] core::Result<GuidanceMode> guidance_mode(const std::string& name);

/// Steps at the start of a CFG-Zero* run in which nothing moves.
inline constexpr int k_zero_steps = 1;

/// The flow to follow from those of the prompt and of the negative prompt, both [1, channels, frames, height, width] in
/// float32.
[[nodiscard]] at::Tensor guided_flow(const at::Tensor& prompt, const at::Tensor& negative, GuidanceMode mode,
                                     float strength);

}  // namespace kinora::inference
