#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "inference/training/scenes/landscape.h"
#include "inference/training/scenes/palette.h"
#include "inference/training/scenes/ridge.h"
#include "inference/training/scenes/silhouette.h"

namespace kinora::training {
namespace {

struct Peak {
    float x;
    float y;
    float slope;
};

/// One range of folded-paper mountains: a lit and a shaded face on each peak, and caps of snow.
Layer paint_range(const Stage& stage, TimeOfDay time, const std::vector<Peak>& peaks, float u, PortableRandom& random)
{
    const LandPalette& land = land_palette(Place::mountains);
    const float haze = 0.42F - 0.3F * u;
    const Pixel lit = seen_at(mix(land.top, land.bottom, 0.15F + 0.3F * u), time, haze);
    const Pixel shade = seen_at(mix(land.top, land.bottom, 0.6F + 0.35F * u), time, haze);
    const Pixel snow_lit = seen_at(rgb(252, 253, 255), time, 0.2F - 0.12F * u);
    const Pixel snow_shade = seen_at(rgb(186, 204, 236), time, 0.22F - 0.12F * u);
    const Pixel foot = seen_at(mix(land.bottom, land.top, 0.2F), time, haze + 0.3F);
    const float phase = random.uniform(0, 6);
    Layer layer(stage);
    for (const Peak& peak : peaks) {
        const float slant = 1.0F / std::sqrt(1.0F + peak.slope * peak.slope);
        for (int j = std::max(0, static_cast<int>(peak.y) - 24 + stage.margin_y); j < layer.height(); ++j) {
            const float y = static_cast<float>(j - stage.margin_y);
            // The fold between the faces wanders down from the peak.
            const float fold = peak.x + 4.5F * std::sin((y - peak.y) * 0.11F + phase);
            const float faded = smooth((y - peak.y - 30) / 80);
            const float reach = (y - peak.y) / peak.slope + 24 / (slant * peak.slope);
            const int first = std::max(0, static_cast<int>(peak.x - reach) + stage.margin_x);
            const int last = std::min(layer.width(), static_cast<int>(peak.x + reach) + stage.margin_x);
            for (int i = first; i < last; ++i) {
                const float x = static_cast<float>(i - stage.margin_x);
                const float d = (y - peak.y - std::abs(x - peak.x) * peak.slope) * slant;
                if (d < -20) continue;
                const float alpha = std::clamp(d + 0.5F, 0.0F, 1.0F);
                const float shadow = d > 0 ? 0.0F : 0.18F * std::exp(d / 5.0F) * (1.0F - alpha);
                Pixel pixel;
                if (alpha > 0) {
                    const float side = smooth((x - fold) / 3.0F + 0.5F);
                    const float cap =
                        peak.y + 21 - 4 * u + 3.5F * std::sin((x - peak.x) * 0.42F + phase) + 0.12F * std::abs(x - peak.x);
                    const Pixel rock = mix(mix(lit, shade, side), foot, faded);
                    pixel = mix(rock, mix(snow_lit, snow_shade, side), smooth((cap - y) / 3.0F + 0.5F)) * alpha;
                }
                pixel.v[3] += shadow;
                layer.row(j)[i] = over(pixel, layer.row(j)[i]);
            }
        }
    }
    layer.finish();
    return layer;
}

struct House {
    float left;
    float right;
    float top;
};

/// Rows of large soft windows, some of them lit.
cv::Mat paint_windows(const Stage& stage, const std::vector<House>& houses, float lit_share, PortableRandom& random)
{
    cv::Mat mask = cv::Mat::zeros(stage.height(), stage.width(), CV_8U);
    for (const House& house : houses) {
        const int columns = std::max(1, static_cast<int>((house.right - house.left - 8) / 14));
        const float pitch = (house.right - house.left - 6) / columns;
        for (int c = 0; c < columns; ++c) {
            for (float y = house.top + 10; y < stage.size.height + 20; y += 18) {
                if (!random.chance(lit_share)) continue;
                const float x = house.left + 3 + pitch * (c + 0.5F);
                cv::rectangle(mask, cv::Rect(cvRound(x - 3.5F) + stage.margin_x, cvRound(y) + stage.margin_y, 7, 9), 255,
                              cv::FILLED);
            }
        }
    }
    cv::GaussianBlur(mask, mask, cv::Size(3, 3), 0.8);
    return mask;
}

}  // namespace

std::vector<Layer> paint_mountains(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    for (int i = 0; i < 2; ++i) {
        std::vector<Peak> peaks;
        const int count = std::max(2, static_cast<int>(std::lround((5 - i) * (stage.size.width + 180) / 500.0F)));
        for (int p = 0; p < count; ++p) {
            const float x = -90 + (p + random.uniform(0.25F, 0.75F)) * (stage.size.width + 180) / count;
            const float y = horizon + 8 - (i == 0 ? random.uniform(52, 84) : random.uniform(14, 44)) * stage.size.tall();
            peaks.push_back({x, y, random.uniform(0.72F, 0.98F)});
        }
        // Lower peaks stand in front of higher ones.
        std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.y < b.y; });
        layers.push_back(paint_range(stage, time, peaks, static_cast<float>(i), random));
        layers.back().parallax = 0.3F + 0.25F * i;
    }
    const auto waves = random_waves(random, {{320, 10}, {150, 6}, {90, 2}});
    const auto edge = heights(stage, [&](float x) { return horizon + 36 * stage.size.down() + at(waves, x); });
    const LandPalette& hills = land_palette(Place::hills);
    const EdgeLook look{seen_at(mix(hills.top, hills.bottom, 0.35F), time, 0.06F), seen_at(hills.bottom, time, 0.02F), 56,
                        0.22F, 0.12F};
    layers.push_back(ridge(stage, edge, look));
    return layers;
}

std::vector<Layer> paint_city(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    const float lit_share = time == TimeOfDay::night    ? 0.5F
                            : time == TimeOfDay::dusk   ? 0.42F
                            : time == TimeOfDay::sunset ? 0.3F
                                                        : 0.55F;
    const bool lamps = time == TimeOfDay::night || time == TimeOfDay::dusk || time == TimeOfDay::sunset;
    const LandPalette& land = land_palette(Place::city);
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        const float ground = horizon + 40 * stage.size.down() + 18.0F * i * stage.size.down();
        Silhouette blocks(stage);
        std::vector<House> houses;
        for (float x = -90; x < stage.size.width + 90;) {
            const float width = random.uniform(30, 48);
            const float height = random.uniform(46, 104) * (1.06F - 0.24F * i) * stage.size.tall();
            const House house{x, x + width, ground - height};
            blocks.add_rectangle(house.left, house.top, house.right, stage.size.height + 60.0F);
            if (random.chance(0.35F))
                blocks.add_rectangle(x + width * 0.24F, house.top - 9, x + width * 0.76F, house.top + 1);
            if (random.chance(0.2F)) {
                const float middle = x + width / 2;
                blocks.add_polygon(std::vector<cv::Point2f>{
                    {x, house.top + 0.5F}, {middle, house.top - 15}, {x + width, house.top + 0.5F}});
            }
            houses.push_back(house);
            x += width + (i == 0 ? 0.0F : random.uniform(0, 7));
        }
        EdgeLook look;
        look.top = seen_at(mix(land.top, land.bottom, u), time, 0.56F - 0.48F * u);
        look.bottom = seen_at(mix(land.top, land.bottom, std::min(1.0F, u + 0.2F)), time, 0.66F - 0.52F * u);
        look.depth = 100;
        look.rim = 0.08F;
        Layer layer = blocks.layer(look, ground - 100 * stage.size.tall());
        if (i > 0) {
            const Pixel pane = lamps ? rgb(255, 208, 116) : seen_at(rgb(196, 222, 246), time, 0.2F);
            tint_layer(layer, paint_windows(stage, houses, lit_share, random), pane, lamps ? 0.55F + 0.3F * u : 0.34F);
        }
        layer.parallax = 0.35F + 0.65F * u;
        layers.push_back(std::move(layer));
    }
    return layers;
}

}  // namespace kinora::training
