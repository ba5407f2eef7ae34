#pragma once

#include <ATen/core/Tensor.h>

#include "inference/models/wan/vae_cache.h"

namespace kinora::inference {

/// How many earlier frames a causal convolution of three frames sees.
constexpr std::int64_t k_past_frames = 2;

/// `x` behind the frames before it, of which there are none at a clip's start, then one, then two: those that the slot
/// remembers. The slot then remembers the last two. Without a slot `x` is a whole clip, behind two frames of zeros. x:
/// [batch, channels, frames, height, width].
[[nodiscard]] at::Tensor prepend_past(const at::Tensor& x, at::Tensor* slot);

/// `prepend_past` of silu(norm(x)): what the VAE's residual blocks feed to their convolutions. Differentiable.
[[nodiscard]] at::Tensor activate_and_prepend_past(const at::Tensor& x, const at::Tensor& gamma, at::Tensor* slot);

/// x / ‖x‖ · √channels · gamma for every pixel.
[[nodiscard]] at::Tensor normalise_channels(const at::Tensor& x, const at::Tensor& gamma);

/// The last `count` frames in memory of their own, so that the chunk they come from can be freed.
[[nodiscard]] at::Tensor last_frames(const at::Tensor& x, std::int64_t count);

/// `frames` frames of zeros before `x`.
[[nodiscard]] at::Tensor pad_front(const at::Tensor& x, std::int64_t frames);

}  // namespace kinora::inference
