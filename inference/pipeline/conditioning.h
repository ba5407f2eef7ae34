#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "inference/models/wan/vae.h"
#include "inference/pipeline/denoise.h"

namespace kinora::inference {

/// The size of a clip in pixels and output frames.
struct ClipShape {
    int width = 0;
    int height = 0;
    int frames = 0;
};

/// Pictures [frames, height, width, 3] within 0…1 as a video [1, 3, frames, height, width] within ±1, scaled (antialiased
/// bicubic) to cover the target and cut to its middle. A picture of the target's size is only converted.
[[nodiscard]] at::Tensor fit_pictures(const core::FrameSequence& pictures, int width, int height);

/// Encodes the pictures that a clip has to show into clean latent frames.
///
/// Pictures at frame 0 give the latent frames they fill completely (1 + 4n pictures give 1 + n). A picture elsewhere is held
/// for the four frames of its latent frame, with a still before it, since the encoder looks back in time.
/// `invalid_argument` if a place lies outside the clip, a picture is missing or empty, or two claim the same latent frame.
[[nodiscard]] core::Result<CleanFrames> encode_conditioning(const WanVae& vae,
                                                            std::span<const core::ConditioningFrame> frames,
                                                            const ClipShape& clip);

}  // namespace kinora::inference
