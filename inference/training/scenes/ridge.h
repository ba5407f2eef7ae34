#pragma once

#include <functional>
#include <span>
#include <vector>

#include "inference/training/scenes/layer.h"

namespace kinora::training {

/// How a cut edge of paper looks along its depth: a soft shadow thrown above it, a lit rim, then a gradient.
struct EdgeLook {
    Pixel top;
    Pixel bottom;
    float depth = 70;      ///< pixels until the gradient has reached `bottom`
    float shadow = 0.22F;  ///< darkness of the shadow right above the edge
    float rim = 0.10F;     ///< how much lighter the very edge is
};

/// A table of an edge's colour over the signed distance below it, so that drawing needs no exponentials.
class EdgeRamp {
public:
    explicit EdgeRamp(const EdgeLook& look);

    /// Pixels above the edge that the shadow reaches.
    static constexpr float k_reach = 20;

    /// Colour `distance` pixels below the edge (negative above it).
    [[nodiscard]] const Pixel& at(float distance) const
    {
        const float index = std::clamp((distance + k_reach) * k_steps, 0.0F, last_);
        return table_[static_cast<std::size_t>(index)];
    }

    /// Depth below which the colour does not change any more.
    [[nodiscard]] float depth() const { return depth_; }

private:
    static constexpr float k_steps = 4;
    std::vector<Pixel> table_;
    float last_ = 0;
    float depth_ = 0;
};

/// Heights (world y of the edge) for every column of a layer; `height` gets the column's x on the screen at rest.
[[nodiscard]] std::vector<float> heights(const Stage& stage, const std::function<float(float)>& height);

/// Paints a ridge: everything below the heights in the look's gradient, with its shadow above. Steep edges are equally
/// crisp.
[[nodiscard]] Layer ridge(const Stage& stage, std::span<const float> edge, const EdgeLook& look);

}  // namespace kinora::training
