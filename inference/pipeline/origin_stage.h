#pragma once

#include <ATen/core/Tensor.h>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "inference/pipeline/clip_joints.h"
#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/denoise.h"
#include "inference/pipeline/wan_model.h"

namespace kinora::inference {

/// Adds what a clip is made from, if it is made from another: that one's latents, as the start that is noised to `sigma`, or
/// as frames that are kept. Where a stretch from within the source stands at the start of what is sampled, its first latent
/// frame is made anew from its last picture: a clip's first latent frame holds one picture, the others hold more.
/// `invalid_argument` if something doesn't fit.
[[nodiscard]] core::Result<void> add_origin(const WanModel& model, const core::GenerationRequest& request, DenoiseJob& job,
                                            float sigma);

/// Adds what the pictures say, in the form that the model reads. What the origin keeps counts as pictures for models that
/// read pictures beside the noise.
[[nodiscard]] core::Result<void> add_pictures(const WanModel& model, const core::GenerationRequest& request,
                                              const ClipShape& clip, DenoiseJob& job);

/// Steps that aren't done, since the sampling begins with a clip that is only noised in part.
[[nodiscard]] int left_out_of(const core::Recipe& recipe);

/// The latents of what a clip is made from, as one piece: those of its pictures, where it was put together itself.
[[nodiscard]] at::Tensor source_latents(const WanModel& model, const core::GenerationRequest& request);

/// The latents of the whole clip: what was sampled, behind the source's where the request has an origin, and how both are
/// put together. What the source shows is decoded as it always was, so it stays as it is.
[[nodiscard]] JoinedLatents joined_latents(const WanModel& model, const core::GenerationRequest& request,
                                           const at::Tensor& sampled);

/// A view of a clip's values, [1, channels, frames, height, width]; the clip has to outlive it.
[[nodiscard]] at::Tensor tensor_of(const core::LatentClip& clip);

}  // namespace kinora::inference
