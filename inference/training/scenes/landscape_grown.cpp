// The outdoor places that came with the grown world.
#include <opencv2/imgproc.hpp>

#include "inference/training/scenes/landscape.h"
#include "inference/training/scenes/palette.h"
#include "inference/training/scenes/ridge.h"
#include "inference/training/scenes/silhouette.h"

namespace kinora::training {
namespace {

/// Round blossoms of one colour, a few pixels wide, scattered over a band of the ground.
cv::Mat paint_blossoms(const Stage& stage, const std::function<float(float)>& line, float size, float from, float to,
                       int count, PortableRandom& random)
{
    cv::Mat mask = cv::Mat::zeros(stage.height(), stage.width(), CV_8U);
    for (int i = 0; i < count; ++i) {
        const float x = -60 + (i + random.uniform(0.1F, 0.9F)) * (stage.size.width + 120) / count;
        const float y = line(x) + random.uniform(from, to);
        cv::ellipse(mask, cv::Point(cvRound((x + stage.margin_x) * 16), cvRound((y + stage.margin_y) * 16)),
                    cv::Size(cvRound(size * 16), cvRound(size * 13)), 0, 0, 360, 255, cv::FILLED, cv::LINE_AA, 4);
    }
    return mask;
}

/// A table mountain with steep sides and a flat top.
void add_mesa(Silhouette& sheet, float x, float top, float bottom, float width, PortableRandom& random)
{
    const float slope = 0.16F * (bottom - top);
    const float step = random.uniform(0.35F, 0.6F);
    const float ledge = top + (bottom - top) * step;
    sheet.add_polygon(std::vector<cv::Point2f>{{x - width / 2, top},
                                               {x + width / 2, top + random.uniform(-3, 3)},
                                               {x + width / 2 + slope * step, ledge},
                                               {x + width / 2 + slope + 8, ledge + 3},
                                               {x + width / 2 + 2 * slope + 12, bottom},
                                               {x - width / 2 - 2 * slope - 12, bottom},
                                               {x - width / 2 - slope - 8, ledge + 3},
                                               {x - width / 2 - slope * step, ledge}});
}

}  // namespace

std::vector<Layer> paint_shore(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers = paint_mountains(stage, time, horizon, random);
    layers.pop_back();  // the meadow lies where the water is
    const auto waves = random_waves(random, {{380, 9}, {170, 4}});
    const auto line = [&](float x) { return std::min(horizon + 1, horizon - 8 + at(waves, x)); };
    Silhouette wood(stage);
    wood.add_ground(heights(stage, line));
    for (float x = -60; x < stage.size.width + 60; x += random.uniform(16, 30)) {
        const float height = random.uniform(22, 36);
        const float half = 0.27F * height;
        wood.add_polygon(std::vector<cv::Point2f>{{x, line(x) - height}, {x + half, line(x) + 3}, {x - half, line(x) + 3}});
    }
    const LandPalette& land = land_palette(Place::forest);
    const EdgeLook look{seen_at(mix(land.top, land.bottom, 0.3F), time, 0.22F), seen_at(land.bottom, time, 0.2F), 40, 0.12F,
                        0.06F};
    layers.push_back(wood.layer(look, horizon - 44));
    layers.back().parallax = 0.3F;
    return layers;
}

std::vector<Layer> paint_field(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    const LandPalette& land = land_palette(Place::field);
    static const std::vector<Pixel> blossoms{rgb(232, 66, 60), rgb(250, 206, 60), rgb(250, 248, 244), rgb(214, 96, 190),
                                             rgb(250, 146, 60)};
    const Pixel first = random.pick(blossoms);
    const Pixel second = random.pick(blossoms);
    std::vector<Layer> layers;
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        const auto waves = random_waves(random, {{360, 7.0F - i}, {190, 4}});
        const auto line = [&](float x) { return horizon + 2 + 24.0F * i * stage.size.down() + at(waves, x); };
        EdgeLook look;
        look.top = seen_at(mix(land.top, land.bottom, 0.4F * u), time, 0.45F - 0.42F * u);
        look.bottom = seen_at(mix(land.top, land.bottom, 0.4F + 0.6F * u), time, 0.4F - 0.38F * u);
        look.depth = 60;
        Layer layer = ridge(stage, heights(stage, line), look);
        const float size = 2.4F + 1.6F * i;
        for (const Pixel& colour : {first, second}) {
            tint_layer(layer,
                       paint_blossoms(stage, line, size, 6, (12.0F + 14 * i) * stage.size.down(),
                                      stage.size.beside(16 - 3 * i), random),
                       seen_at(colour, time, 0.3F - 0.28F * u), 0.92F);
        }
        layer.finish();
        layer.parallax = 0.35F + 0.65F * u;
        layers.push_back(std::move(layer));
    }
    return layers;
}

std::vector<Layer> paint_canyon(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    const LandPalette& land = land_palette(Place::canyon);
    std::vector<Layer> layers;
    for (int i = 0; i < 2; ++i) {
        const float u = static_cast<float>(i);
        const float ground = horizon + 14 + 22.0F * i * stage.size.down();
        Silhouette mesas(stage);
        const int count = stage.size.beside(3 - i);
        for (int m = 0; m < count; ++m) {
            const float x = -40 + (m + random.uniform(0.2F, 0.8F)) * (stage.size.width + 80) / count;
            const float height = random.uniform(50, 84) * (1.05F - 0.2F * u) * stage.size.tall();
            add_mesa(mesas, x, ground - height, stage.size.height + 40.0F, random.uniform(34, 62), random);
        }
        const auto waves = random_waves(random, {{300, 5}, {140, 3}});
        mesas.add_ground(heights(stage, [&](float x) { return ground + at(waves, x); }));
        EdgeLook look;
        look.top = seen_at(mix(land.top, land.bottom, 0.25F + 0.3F * u), time, 0.38F - 0.3F * u);
        look.bottom = seen_at(mix(land.top, land.bottom, 0.7F + 0.3F * u), time, 0.34F - 0.28F * u);
        look.depth = 92;
        look.rim = 0.12F;
        layers.push_back(mesas.layer(look, ground - 84 * stage.size.tall()));
        layers.back().parallax = 0.3F + 0.3F * u;
    }
    const auto waves = random_waves(random, {{340, 8}, {170, 4}});
    const EdgeLook look{seen_at(mix(land.top, rgb(250, 196, 132), 0.4F), time, 0.05F), seen_at(land.bottom, time, 0.02F), 60,
                        0.22F, 0.12F};
    layers.push_back(
        ridge(stage, heights(stage, [&](float x) { return horizon + 46 * stage.size.down() + at(waves, x); }), look));
    return layers;
}

}  // namespace kinora::training
