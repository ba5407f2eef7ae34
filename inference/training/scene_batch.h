#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/generation/frames.h"
#include "inference/training/scenes/portable_random.h"
#include "inference/training/scenes/scene_drawer.h"

namespace kinora::training {

/// A stream of its own for every (seed, step), so that a run continued from a checkpoint draws what it would have drawn.
[[nodiscard]] PortableRandom stream(std::uint64_t seed, std::uint64_t step);

/// A clip as float32 in −1…1, [3, frames, height, width].
[[nodiscard]] at::Tensor to_tensor(const DrawnClip& clip);
[[nodiscard]] at::Tensor to_tensor(const core::FrameSequence& clip);

/// Random scenes with all places equally often, in pictures of all shapes, cut to random squares: float32 in −1…1,
/// [batch, 3, frames, crop, crop] in channels-last memory. `crop` 0 keeps whole frames, which then all have one shape.
[[nodiscard]] at::Tensor random_clips(PortableRandom& random, int batch, int frames, int crop);

/// Standard normal noise that is the same on every device: drawn on the CPU from `seed`.
[[nodiscard]] at::Tensor normal_noise(at::IntArrayRef shape, std::uint64_t seed);

}  // namespace kinora::training
