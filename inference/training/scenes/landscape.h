#pragma once

#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// Paints the land of an outdoor place, farthest sheet first; `horizon` is its screen y at rest. Sea and cloudscape have
/// none or little.
[[nodiscard]] std::vector<Layer> paint_land(const Stage& stage, const SceneSpec& spec, float horizon,
                                            PortableRandom& random);

/// Where the horizon lies for a place, in pixels from the top.
[[nodiscard]] float random_horizon(Place place, const PictureSize& size, PortableRandom& random);

// The single places, each with its own hand.
[[nodiscard]] std::vector<Layer> paint_hills(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_desert(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_snow(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_mountains(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_forest(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_city(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_islands(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_shore(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_field(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);
[[nodiscard]] std::vector<Layer> paint_canyon(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random);

/// A gentle line: a sum of sines with the given wave lengths (pixels) and heights, at random phases.
struct Wave {
    float length;
    float height;
    float phase;
};
[[nodiscard]] std::vector<Wave> random_waves(PortableRandom& random,
                                             std::initializer_list<std::pair<float, float>> lengths_and_heights);
[[nodiscard]] float at(const std::vector<Wave>& waves, float x);

}  // namespace kinora::training
