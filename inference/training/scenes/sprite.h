#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/palette.h"

namespace kinora::training {

/// A box in pixels; empty when width or height is 0.
struct Box {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

/// The smallest box around both.
[[nodiscard]] Box united(const Box& a, const Box& b);

/// A cut-out figure that can be laid anywhere into a picture, turned and scaled.
class Sprite {
public:
    /// Pixels of the sprite for each of the units in which figures are painted.
    static constexpr float k_density = 2;

    Sprite(int side, std::vector<Pixel> pixels);

    /// Half of the figure's own width and height in units, without its soft shadow.
    [[nodiscard]] float half_width() const { return half_width_; }
    [[nodiscard]] float half_height() const { return half_height_; }

    /// Mirrors the figure left to right.
    void flip();

    /// Where and how large it lies: the figure's middle in pixels, pixels per unit, turn in radians (clockwise).
    struct Placement {
        float x = 0;
        float y = 0;
        float scale = 1.5F;
        float angle = 0;
        float opacity = 1;
        bool upside_down = false;
    };

    /// Lays the sprite into a picture and gives the box of its opaque part inside the picture.
    Box draw(const Canvas& canvas, const Placement& placement) const;

private:
    int side_;
    std::vector<Pixel> pixels_;
    float half_width_ = 0;
    float half_height_ = 0;
    float middle_x_ = 0;
    float middle_y_ = 0;
};

/// Paints a sprite in units: a field of 64 × 64 with room for shadow and glow around it.
class SpritePainter {
public:
    using Points = std::vector<cv::Point2f>;

    SpritePainter();

    /// A colour that goes from one tone to another across the shape, from the upper left to the lower right.
    struct Shade {
        Pixel from;
        Pixel to;
        float direction_x = 0.5F;
        float direction_y = 0.85F;
    };

    SpritePainter& polygon(const Points& points, const Shade& shade, float opacity = 1);
    SpritePainter& ellipse(float x, float y, float radius_x, float radius_y, const Shade& shade, float opacity = 1);

    /// A ball: bright at the upper left, `edge` at the rim.
    SpritePainter& sphere(float x, float y, float radius_x, float radius_y, Pixel light, Pixel base, Pixel edge);

    /// The next shapes are painted only inside of what is covered so far (`end_inside` returns to normal).
    SpritePainter& begin_inside();
    SpritePainter& end_inside();

    /// A glow behind everything, added when the sprite is finished.
    SpritePainter& glow(Pixel colour, float x, float y, float radius, float strength);

    /// The finished sprite, with a soft shadow and a thin light rim that lift it off any backdrop.
    [[nodiscard]] Sprite finish() const;

private:
    void blend(const cv::Mat& mask, const cv::Rect& area, const Shade& shade, float opacity);
    [[nodiscard]] cv::Rect area_of(float left, float top, float right, float bottom) const;

    int side_;
    std::vector<Pixel> pixels_;
    cv::Mat stencil_;
    struct Glow {
        Pixel colour;
        float x;
        float y;
        float radius;
        float strength;
    };
    std::vector<Glow> glows_;
};

}  // namespace kinora::training
