#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "core/generation/enhance.h"

namespace kinora::inference {

/// A part of a frame [height, width, 3] as a tensor of its own, [1, 3, cut height, cut width] in float32.
[[nodiscard]] at::Tensor planes_of(std::span<const float> rgb, int width, const core::PictureCut& cut);

/// [1, 3, height, width] as a frame [height, width, 3], clamped to 0…1.
[[nodiscard]] std::vector<float> frame_of(const at::Tensor& planes);

/// [1, 3, height, width] in another size: areas averaged where it shrinks, Lanczos where it grows.
[[nodiscard]] at::Tensor fitted(const at::Tensor& planes, int width, int height);

}  // namespace kinora::inference
