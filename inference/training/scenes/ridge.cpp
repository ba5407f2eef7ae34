#include "inference/training/scenes/ridge.h"

namespace kinora::training {

EdgeRamp::EdgeRamp(const EdgeLook& look) : depth_(look.depth)
{
    const int count = static_cast<int>((k_reach + look.depth) * k_steps) + 1;
    table_.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const float d = i / k_steps - k_reach;
        const float alpha = std::clamp(d + 0.5F, 0.0F, 1.0F);
        Pixel colour = mix(look.top, look.bottom, smooth(d / look.depth));
        colour = mix(colour, k_white_pixel, look.rim * std::exp(-std::max(d, 0.0F) / 3.0F));
        Pixel pixel = colour * alpha;
        if (d > -k_reach) pixel.v[3] += look.shadow * std::exp(std::min(d, 0.0F) / 5.0F) * (1.0F - alpha);
        table_.push_back(pixel);
    }
    table_.front() = Pixel{};
    last_ = static_cast<float>(count - 1);
}

std::vector<float> heights(const Stage& stage, const std::function<float(float)>& height)
{
    std::vector<float> out(static_cast<std::size_t>(stage.width()));
    for (int x = 0; x < stage.width(); ++x)
        out[x] = height(static_cast<float>(x - stage.margin_x)) + stage.margin_y;
    return out;
}

Layer ridge(const Stage& stage, std::span<const float> edge, const EdgeLook& look)
{
    Layer layer(stage);
    const EdgeRamp ramp(look);
    std::vector<float> slant(edge.size(), 1.0F);
    for (std::size_t x = 1; x + 1 < edge.size(); ++x) {
        const float slope = (edge[x + 1] - edge[x - 1]) * 0.5F;
        slant[x] = 1.0F / std::sqrt(1.0F + slope * slope);
    }
    for (int y = 0; y < layer.height(); ++y) {
        Pixel* pixels = layer.row(y);
        for (int x = 0; x < layer.width(); ++x) {
            const float d = y - edge[x];
            // Near the edge the distance is measured across it, further inside straight down.
            pixels[x] = ramp.at(d < 6.0F ? d * slant[x] : d - 6.0F * (1.0F - slant[x]));
        }
    }
    layer.finish();
    return layer;
}

}  // namespace kinora::training
