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

/// How a picture of other proportions gets the clip's: its middle is cut out, or it is stretched, as the reference does it.
enum class PictureFit { cover, stretch };

/// Pictures [frames, height, width, 3] within 0…1 as a video [1, 3, frames, height, width] within ±1. Scaled as the
/// reference scales them (Pillow's Lanczos, 8 bits); pictures of the target's size are only converted, with all their bits.
[[nodiscard]] at::Tensor fit_pictures(const core::FrameSequence& pictures, int width, int height,
                                      PictureFit fit = PictureFit::cover);

/// Encodes the pictures that a clip has to show into clean latent frames, for models with a time step per frame.
///
/// Pictures at frame 0 give the latent frames they fill completely (1 + 4n pictures give 1 + n). A picture elsewhere is held
/// for the four frames of its latent frame, with a still before it, since the encoder looks back in time.
/// `invalid_argument` if a place lies outside the clip, a picture is missing or empty, or two claim the same latent frame.
[[nodiscard]] core::Result<CleanFrames> encode_conditioning(const WanVae& vae,
                                                            std::span<const core::ConditioningFrame> frames,
                                                            const ClipShape& clip, PictureFit fit = PictureFit::cover);

/// The clip as far as its pictures tell it, [1, 3, frames, height, width] within ±1 and grey (0) elsewhere, and which frames
/// are given.
struct GivenVideo {
    at::Tensor video;
    std::vector<bool> given;  ///< one per output frame
};

/// Puts the pictures in their places. Errors as `encode_conditioning`.
[[nodiscard]] core::Result<GivenVideo> place_pictures(std::span<const core::ConditioningFrame> frames, const ClipShape& clip,
                                                      PictureFit fit = PictureFit::cover);

/// The channels that image-to-video models read beside the noise [1, stride + channels, frames, height, width]: which of a
/// latent frame's output frames are given (the first counts for a whole latent frame), then the video's normalised latents.
[[nodiscard]] at::Tensor condition_channels(const WanVae& vae, const GivenVideo& given);

/// The pictures as CLIP sees them, the first of each reference in the order of their places, as 8-bit pictures of their own
/// size.
[[nodiscard]] std::vector<core::Picture8> pictures_to_look_at(std::span<const core::ConditioningFrame> frames,
                                                              const ClipShape& clip);

}  // namespace kinora::inference
