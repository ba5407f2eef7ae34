#pragma once

#include <cstdint>
#include <vector>

#include "inference/training/scenes/picture_size.h"
#include "inference/training/scenes/pixel.h"

namespace kinora::training {

/// Where the camera stands in one frame. At rest zoom is 1 and the offsets are 0.
struct View {
    float x = 0;     ///< pixels to the right, as the nearest layer moves
    float y = 0;     ///< pixels downwards
    float zoom = 1;  ///< at least 1
    PictureSize size{};
};

/// A whole picture that figures are laid into: rows of `size.width` pixels.
struct Canvas {
    Pixel* pixels = nullptr;
    PictureSize size{};

    [[nodiscard]] Pixel* row(int y) const { return pixels + static_cast<std::size_t>(y) * size.width; }
};

/// The picture plus what the moving camera may uncover around it, in pixels. World pixel = screen pixel + margin.
struct Stage {
    PictureSize size{};
    int margin_x = 0;
    int margin_y = 0;

    [[nodiscard]] int width() const { return size.width + 2 * margin_x; }
    [[nodiscard]] int height() const { return size.height + 2 * margin_y; }
};

/// One sheet of paper of the scene, larger than the picture, which the camera moves against the other sheets.
class Layer {
public:
    /// A transparent layer. A wrapping layer repeats itself endlessly in both directions, with its own size as period.
    Layer(int width, int height, int margin_x, int margin_y);
    explicit Layer(const Stage& stage) : Layer(stage.width(), stage.height(), stage.margin_x, stage.margin_y) {}

    float parallax = 1;    ///< how much the camera moves it: 0 at infinity, 1 near
    float velocity_x = 0;  ///< own motion in pixels per frame
    float velocity_y = 0;
    bool wraps = false;

    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] int margin_x() const { return margin_x_; }
    [[nodiscard]] int margin_y() const { return margin_y_; }
    [[nodiscard]] bool moves() const { return velocity_x != 0 || velocity_y != 0; }
    [[nodiscard]] Pixel* row(int y) { return pixels_.data() + static_cast<std::size_t>(y) * (width_ + 1); }
    [[nodiscard]] const Pixel* row(int y) const { return pixels_.data() + static_cast<std::size_t>(y) * (width_ + 1); }

    /// Notes what is empty or opaque and prepares the right border. Call once after painting, before the first `compose`.
    void finish();

    /// What a row of the picture can expect from this layer.
    enum class Cover : std::uint8_t { empty, partial, opaque };
    [[nodiscard]] Cover cover(int y, const View& view, int frame) const;

    /// Lays the layer over one row of the picture (`out`: as wide as the view).
    void compose(int y, const View& view, int frame, Pixel* out) const;

    /// Lays another layer of the same size and margins over this one.
    void flatten(const Layer& above);

private:
    static constexpr int k_block = 16;
    [[nodiscard]] int blocks() const { return (width_ + k_block - 1) / k_block; }
    void compose_unscaled(int width, float start, const Pixel* upper, const Pixel* lower, float weight_y,
                          const std::uint8_t* filled_upper, const std::uint8_t* filled_lower, Pixel* out) const;
    struct Line {
        int first;
        int second;
        float weight;
    };
    [[nodiscard]] Line line(int y, const View& view, int frame) const;
    [[nodiscard]] float scale(const View& view) const
    {
        return 1.0F / (1.0F + (view.zoom - 1.0F) * (0.25F + 0.75F * parallax));
    }

    int width_;
    int height_;
    int margin_x_;
    int margin_y_;
    std::vector<Pixel> pixels_;  ///< rows of width + 1: the last column repeats what comes next
    std::vector<Cover> covers_;
    std::vector<std::uint8_t> filled_;  ///< per row and block of `k_block` pixels: 1 where something is painted
};

}  // namespace kinora::training
