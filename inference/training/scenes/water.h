#pragma once

#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// The sea: everything above the horizon mirrored and rippled, in the colour of the water.
class Water {
public:
    Water(TimeOfDay time, float horizon, const PictureSize& size);

    /// The horizon's row on the screen (it lies at infinity, so the camera hardly moves it).
    [[nodiscard]] float horizon(const View& view) const;

    /// Fills the picture from the horizon down, reading the rows above it.
    void add(int frame, const View& view, Pixel* picture) const;

private:
    PictureSize size_;
    float horizon_;
    float brightness_;
    std::vector<Pixel> colours_;
};

}  // namespace kinora::training
