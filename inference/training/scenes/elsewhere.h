#pragma once

#include <vector>

#include "inference/training/scenes/backdrop.h"
#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/ridge.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// Space: a soft nebula and two depths of few, large stars.
[[nodiscard]] std::vector<Layer> paint_space(const Stage& stage, PortableRandom& random);

/// Under water: light falling into the blue, two dunes of sand, weed; `paint_bubbles` gives what rises in front.
[[nodiscard]] std::vector<Layer> paint_underwater(const Stage& stage, PortableRandom& random);
[[nodiscard]] Layer paint_bubbles(const PictureSize& size, PortableRandom& random);

/// Shafts of sunlight that sway through water.
class LightShafts {
public:
    LightShafts(const PictureSize& size, PortableRandom& random);

    /// Computes the shafts of one frame.
    void prepare(int frame, const View& view);

    /// Adds them to row `y` of the picture.
    void add(int y, Pixel* out) const;

private:
    struct Shaft {
        float x;
        float width;
        float phase;
    };
    PictureSize size_;
    std::vector<Shaft> shafts_;
    std::vector<float> profile_;
};

/// Discs of light out of focus, drifting in a colour.
class BokehLights final : public Backdrop {
public:
    BokehLights(Colour theme, const PictureSize& size, PortableRandom& random);

    [[nodiscard]] Layer sheet(const Stage& stage) const override;
    void add(int frame, const View& view, Pixel* picture) const override;

private:
    struct Disc {
        float x;
        float y;
        float radius;
        float opacity;
        Pixel colour;
    };
    std::vector<Disc> discs_;
    Pixel top_;
    Pixel bottom_;
    float drift_x_ = 0;
    float drift_y_ = 0;
};

/// Flowing waves of cut paper in a colour.
class PaperWaves final : public Backdrop {
public:
    PaperWaves(Colour theme, const PictureSize& size, PortableRandom& random);

    [[nodiscard]] Layer sheet(const Stage& stage) const override;
    void add(int frame, const View& view, Pixel* picture) const override;

private:
    struct Swell {
        float height;
        float waves;
        float speed;
        float phase;
    };
    struct Band {
        float y;
        Swell large;
        Swell small;
        EdgeRamp ramp;
    };
    std::vector<Band> bands_;
    Pixel top_;
    Pixel bottom_;
};

}  // namespace kinora::training
