#pragma once

#include <ATen/core/Tensor.h>

#include "inference/training/scenes/portable_random.h"

namespace kinora::training {

/// What is done to a picture on the way to a small, worn copy.
struct Wear {
    enum class Shrink { area, bilinear, bicubic };
    float blur = 0;   ///< standard deviation in pixels of the small picture
    float noise = 0;  ///< standard deviation, of 1
    float step = 0;   ///< quantisation of 8×8 cosine blocks, of 1; 0: not compressed
    Shrink shrink = Shrink::area;
};

/// Wear as clips have it: mostly some blur, half of them compressed, a few noisy, a quarter clean.
[[nodiscard]] Wear random_wear(PortableRandom& random);

/// A picture [channels 3, height, width] in 0…1 made smaller by `scale` and worn; float32. Height and width are multiples of
/// 16 · scale where it is compressed.
[[nodiscard]] at::Tensor worn(const at::Tensor& picture, int scale, const Wear& wear, PortableRandom& random);

/// Luma and halved chroma quantised in blocks of 8×8, as video encoders do.
[[nodiscard]] at::Tensor compressed(const at::Tensor& picture, float step);

}  // namespace kinora::training
