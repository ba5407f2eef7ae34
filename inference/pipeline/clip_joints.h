#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "core/generation/clip_layout.h"
#include "inference/pipeline/decode.h"

namespace kinora::inference {

/// Latents, and how a clip is made of them.
struct JoinedLatents {
    at::Tensor latents;  ///< [1, channels, frames, height, width]
    core::ClipLayout layout;
};

/// Decodes latents as their layout says: every stretch by itself, then led to each other. [1, 3, frames, height, width]
/// within ±1. Precondition: `core::check_layout`.
[[nodiscard]] at::Tensor decode_clip(const WanVae& vae, const at::Tensor& latents, const core::ClipLayout& layout,
                                     DecodeRoute route, const std::function<void(double part)>& after_chunk = {});

/// Adds to `video` what it lacks to show `goal` [1, 3, 1, height, width] at frame `at`, in the frames behind it (before it,
/// if `frames` is negative), less and less with the distance. Exposed for tests.
void settle(at::Tensor& video, int at, const at::Tensor& goal, int frames);

/// Brings frame `at` of `video` so near to the frame beside it, `beside` [1, 3, 1, height, width], that the change between
/// both is `most` (root mean square) at most, and the frames behind `at` (before it, if `frames` is negative) with it, less
/// and less. Exposed for tests.
void ease(at::Tensor& video, int at, const at::Tensor& beside, int frames, double most);

}  // namespace kinora::inference
