#pragma once

#include <vector>

#include "inference/training/scenes/picture_size.h"
#include "inference/training/scenes/pixel.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// True for the styles that need to know where the subject is: it keeps its colour where the rest loses its own.
[[nodiscard]] bool keeps_subject(Style style);

/// Gives a whole picture its look; `paper` leaves it alone. `subject`: how much of each pixel is the
/// subject, 0 … 1, or empty for none. Lines are drawn soft and some three pixels wide, which an autoencoder of 16 × 16 cells
/// can keep.
void apply_style(Style style, const PictureSize& size, const std::vector<float>& subject, std::vector<Pixel>& picture);

}  // namespace kinora::training
