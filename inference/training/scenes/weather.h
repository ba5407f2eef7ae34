#pragma once

#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// What falls in front of the scene: few, large, soft drops or flakes in two depths; empty when the weather is dry.
[[nodiscard]] std::vector<Layer> paint_falling(Weather weather, const PictureSize& size, PortableRandom& random);

}  // namespace kinora::training
