#pragma once

#include <memory>
#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// An abstract background that moves by itself: a sheet behind, and what is laid over it in every frame.
class Backdrop {
public:
    virtual ~Backdrop() = default;

    /// What lies behind everything.
    [[nodiscard]] virtual Layer sheet(const Stage& stage) const = 0;

    /// Adds what moves to a whole picture.
    virtual void add(int frame, const View& view, Pixel* picture) const = 0;
};

/// The backdrop of a place that has a theme, in its colour.
[[nodiscard]] std::unique_ptr<Backdrop> make_backdrop(Place place, Colour theme, const PictureSize& size,
                                                      PortableRandom& random);

/// Large clouds of related colours that flow into each other.
class ColourClouds final : public Backdrop {
public:
    ColourClouds(Colour theme, const PictureSize& size, PortableRandom& random);
    [[nodiscard]] Layer sheet(const Stage& stage) const override;
    void add(int frame, const View& view, Pixel* picture) const override;

private:
    struct Cloud {
        float x, y, radius;
        float swing_x, swing_y, speed, phase;
        Pixel colour;
    };
    std::vector<Cloud> clouds_;
    Pixel ground_;
};

/// Small soft lights that rise and sway before a dark ground.
class Particles final : public Backdrop {
public:
    Particles(Colour theme, const PictureSize& size, PortableRandom& random);
    [[nodiscard]] Layer sheet(const Stage& stage) const override;
    void add(int frame, const View& view, Pixel* picture) const override;

private:
    struct Particle {
        float x, y, radius, rise, phase, strength;
        Pixel colour;
    };
    std::vector<Particle> particles_;
    Pixel top_;
    Pixel bottom_;
};

/// Bands of silk that flow across the picture.
class Ribbons final : public Backdrop {
public:
    Ribbons(Colour theme, const PictureSize& size, PortableRandom& random);
    [[nodiscard]] Layer sheet(const Stage& stage) const override;
    void add(int frame, const View& view, Pixel* picture) const override;

private:
    struct Ribbon {
        float y, half;
        float height, waves, speed, phase;
        Pixel light, dark;
    };
    std::vector<Ribbon> ribbons_;
    Pixel top_;
    Pixel bottom_;
};

/// Rays of two tones around a point, turning slowly.
class SunRays final : public Backdrop {
public:
    SunRays(Colour theme, const PictureSize& size, PortableRandom& random);
    [[nodiscard]] Layer sheet(const Stage& stage) const override;
    void add(int frame, const View& view, Pixel* picture) const override;

private:
    float x_ = 0;
    float y_ = 0;
    int rays_ = 12;
    float speed_ = 0;
    float start_ = 0;
    Pixel light_;
    Pixel dark_;
};

}  // namespace kinora::training
