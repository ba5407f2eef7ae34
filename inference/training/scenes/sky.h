#pragma once

#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// Paints the backdrop of an outdoor scene down to the horizon (screen y at rest): gradient, stars, sun or moon with its
/// glow, and a veil when it rains or snows.
[[nodiscard]] Layer paint_sky(const Stage& stage, const SceneSpec& spec, float horizon, PortableRandom& random);

/// The drifting clouds of the scene's weather, farthest first; empty for a clear sky.
[[nodiscard]] std::vector<Layer> paint_clouds(const SceneSpec& spec, float horizon, PortableRandom& random);

/// The scalloped banks of cloud of the cloudscape, farthest first.
[[nodiscard]] std::vector<Layer> paint_cloud_banks(const SceneSpec& spec, PortableRandom& random);

/// Scatters soft round dots (stars) over a layer of a picture, at most down to `lowest` (screen y).
void scatter_stars(Layer& layer, const PictureSize& size, int count, float lowest, float smallest, float largest,
                   PortableRandom& random);

}  // namespace kinora::training
