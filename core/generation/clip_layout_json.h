#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "core/generation/clip_layout.h"

namespace kinora::core {

/// As it is kept with the latents.
[[nodiscard]] nlohmann::json to_json(const ClipLayout& layout);

/// Reads it back. The value comes from outside; whether it fits its latents says `check_layout`. `corrupt` names the key.
[[nodiscard]] Result<ClipLayout> layout_from_json(const nlohmann::json& object);

/// Stretches have to add up to `latent_frames`, and what refers to a stretch has to lie within it, for a model that makes
/// `stride` frames of a latent frame. `corrupt` otherwise.
[[nodiscard]] Result<void> check_layout(const ClipLayout& layout, int latent_frames, int stride);

/// Frames of the clip that so many latent frames make.
[[nodiscard]] int clip_frames(const ClipLayout& layout, int latent_frames, int stride);

}  // namespace kinora::core
