#pragma once

#include <ATen/core/Tensor.h>

#include "inference/training/scenes/portable_random.h"

namespace kinora::training {

/// Pictures to learn enlarging from.
struct UpscaleBatch {
    at::Tensor small;  ///< [batch, 3, side, side], worn
    at::Tensor large;  ///< [batch, 3, side·scale, side·scale]
};

/// Pieces of freshly drawn scenes at many scales, turned and mirrored.
[[nodiscard]] UpscaleBatch random_upscale_batch(PortableRandom& random, int batch, int side, int scale);

/// Neighbouring pictures to learn the one between from; float32 in 0…1, [batch, 3, side, side].
struct BetweenBatch {
    at::Tensor first;
    at::Tensor second;
    at::Tensor middle;
    at::Tensor moment;  ///< [batch, 1, 1, 1], where `middle` lies between the two
};

/// Pieces of freshly drawn moving scenes at many scales, mirrored and reversed; the two are 1 to 8 frames apart from it.
[[nodiscard]] BetweenBatch random_between_batch(PortableRandom& random, int batch, int side);

}  // namespace kinora::training
