#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/ridge.h"

namespace kinora::training {

/// A sheet cut out along polygons, in screen coordinates at rest; for what a height per column cannot describe (trees,
/// houses).
class Silhouette {
public:
    explicit Silhouette(const Stage& stage);

    void add_polygon(std::span<const cv::Point2f> points);
    void add_ellipse(cv::Point2f centre, float radius_x, float radius_y);
    void add_rectangle(float left, float top, float right, float bottom);

    /// Everything below the edge (world heights, one per column, as `heights` gives them).
    void add_ground(std::span<const float> edge);

    /// Paints the cut sheet: a gradient from `top_y` (screen) over `look.depth` pixels, and a soft shadow around it.
    [[nodiscard]] Layer layer(const EdgeLook& look, float top_y) const;

    /// The cut-out as 8-bit coverage, world-sized.
    [[nodiscard]] const cv::Mat& mask() const { return mask_; }

private:
    Stage stage_;
    cv::Mat mask_;
};

/// Mixes a colour into a layer where the 8-bit mask is set, scaled by `opacity`; the layer's own coverage stays.
void tint_layer(Layer& layer, const cv::Mat& mask, Pixel colour, float opacity);

}  // namespace kinora::training
