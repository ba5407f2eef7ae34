#pragma once

#include <string_view>

#include "core/generation/generator.h"

namespace kinora::core {

/// The strength of guidance within the attention (mode "nag") that its authors use; it has nothing in common with the
/// scale of a second pass (Chen et al. 2025, arXiv:2505.21179).
inline constexpr float k_attention_guidance = 11.0F;

/// What a guidance mode ("cfg", "cfg-zero", "nag") uses with a model if nothing else is asked for.
[[nodiscard]] constexpr float usual_guidance(const ModelCapabilities& model, std::string_view mode)
{
    return mode == "nag" ? k_attention_guidance : model.default_guidance;
}

}  // namespace kinora::core
