#include "inference/training/scenes/elsewhere.h"

#include <array>
#include <opencv2/core.hpp>

#include "inference/training/scenes/landscape.h"
#include "inference/training/scenes/silhouette.h"
#include "inference/training/scenes/sky.h"

namespace kinora::training {

std::vector<Layer> paint_space(const Stage& stage, PortableRandom& random)
{
    static const std::array<Pixel, 5> clouds{rgb(140, 56, 176), rgb(44, 88, 206), rgb(204, 64, 132), rgb(40, 150, 184),
                                             rgb(110, 70, 200)};
    std::vector<Layer> layers;
    Layer sky(stage);
    sky.parallax = 0.12F;
    for (int y = 0; y < sky.height(); ++y) {
        std::fill_n(sky.row(y), sky.width(),
                    mix(rgb(12, 10, 38), rgb(34, 22, 80), smooth(y / static_cast<float>(sky.height()))));
    }
    for (int i = 0; i < 4; ++i) {
        const float x = random.uniform(-20, stage.size.width + 20.0F) + stage.margin_x;
        const float y = random.uniform(0, static_cast<float>(stage.size.height)) + stage.margin_y;
        const float radius = random.uniform(60, 110);
        const Pixel colour = random.pick(clouds);
        std::vector<float> across(static_cast<std::size_t>(sky.width()));
        for (int px = 0; px < sky.width(); ++px)
            across[px] = std::exp(-(px - x) * (px - x) / (2 * radius * radius));
        for (int py = 0; py < sky.height(); ++py) {
            const float down = 0.42F * std::exp(-2.2F * (py - y) * (py - y) / (2 * radius * radius));
            if (down < 0.004F) continue;
            for (int px = 0; px < sky.width(); ++px)
                sky.row(py)[px] = screen(sky.row(py)[px], colour, across[px] * down);
        }
    }
    scatter_stars(sky, stage.size, 34, stage.size.height + 30.0F, 1.8F, 2.6F, random);
    sky.finish();
    layers.push_back(std::move(sky));
    Layer near(stage);
    near.parallax = 0.4F;
    scatter_stars(near, stage.size, 10, stage.size.height + 30.0F, 2.8F, 3.8F, random);
    near.finish();
    layers.push_back(std::move(near));
    return layers;
}

std::vector<Layer> paint_underwater(const Stage& stage, PortableRandom& random)
{
    std::vector<Layer> layers;
    Layer water(stage);
    water.parallax = 0.1F;
    for (int y = 0; y < water.height(); ++y) {
        const float t = (y - stage.margin_y) / static_cast<float>(stage.size.height);
        const Pixel colour = t < 0.5F ? mix(rgb(128, 226, 228), rgb(30, 146, 196), smooth(t * 2))
                                      : mix(rgb(30, 146, 196), rgb(10, 58, 122), smooth(t * 2 - 1));
        std::fill_n(water.row(y), water.width(), colour);
    }
    water.finish();
    layers.push_back(std::move(water));
    for (int i = 0; i < 2; ++i) {
        const auto waves = random_waves(random, {{300, 9}, {150, 5}});
        const auto line = [&](float x) { return (150.0F + 18 * i) * stage.size.down() + at(waves, x); };
        const float parallax = 0.55F + 0.45F * i;
        Silhouette weed(stage);
        for (int k = 0; k < 2; ++k) {
            const float x = random.sign() * random.uniform(70, 170) * stage.size.across() + stage.size.width / 2.0F;
            for (int blade = -1; blade <= 1; ++blade) {
                const float height = random.uniform(36, 62) * stage.size.tall() - 10.0F * std::abs(blade);
                const float lean = blade * 14 + random.uniform(-4, 4);
                std::vector<cv::Point2f> outline;
                const float foot = line(x) + 6;
                for (int s = 0; s <= 16; ++s) {
                    const float t = (s <= 8 ? s : 16 - s) / 8.0F;
                    const float half = (s <= 8 ? -1 : 1) * 5.0F * std::sin(3.1F * (0.25F + 0.72F * t));
                    outline.emplace_back(x + blade * 5 + lean * t * t + 4 * std::sin(t * 4 + k) + half, foot - height * t);
                }
                weed.add_polygon(outline);
            }
        }
        const EdgeLook green{i == 0 ? rgb(40, 150, 150) : rgb(44, 160, 120), i == 0 ? rgb(18, 96, 130) : rgb(14, 92, 96), 60,
                             0.16F, 0.1F};
        layers.push_back(weed.layer(green, (100.0F + 18 * i) * stage.size.down()));
        layers.back().parallax = parallax;
        const float u = static_cast<float>(i);
        const EdgeLook sand{mix(rgb(44, 132, 164), rgb(222, 202, 150), 0.25F + 0.55F * u),
                            mix(rgb(14, 76, 130), rgb(130, 124, 116), 0.2F + 0.4F * u), 56, 0.2F, 0.16F};
        layers.push_back(ridge(stage, heights(stage, line), sand));
        layers.back().parallax = parallax;
    }
    return layers;
}

Layer paint_bubbles(const PictureSize& size, PortableRandom& random)
{
    Layer layer(size.width * 3 / 2, size.height * 3 / 2, 0, 0);
    layer.wraps = true;
    layer.parallax = 0.8F;
    layer.velocity_y = -1.6F;
    for (int i = 0; i < 11; ++i) {
        const float radius = random.uniform(4.5F, 9.5F);
        const float x = random.uniform(14, layer.width() - 14.0F);
        const float y = random.uniform(14, layer.height() - 14.0F);
        for (int py = static_cast<int>(y - radius - 2); py <= static_cast<int>(y + radius + 2); ++py) {
            for (int px = static_cast<int>(x - radius - 2); px <= static_cast<int>(x + radius + 2); ++px) {
                const float d = std::hypot(px - x, py - y);
                const float inside = std::clamp(radius - d + 0.5F, 0.0F, 1.0F) * (0.16F + 0.34F * smooth(d / radius));
                const float spot = std::hypot(px - x + radius * 0.35F, py - y + radius * 0.38F) / (radius * 0.4F);
                const float alpha = std::max(inside, 0.8F * std::exp(-spot * spot));
                if (alpha > 0.01F) layer.row(py)[px] = over(rgb(228, 250, 255) * alpha, layer.row(py)[px]);
            }
        }
    }
    layer.finish();
    return layer;
}

LightShafts::LightShafts(const PictureSize& size, PortableRandom& random) : size_(size)
{
    const int count = size.beside(4);
    for (int i = 0; i < count; ++i) {
        const float x = i * 95.0F + random.uniform(-40, 40);
        const float width = random.uniform(15, 28);
        shafts_.push_back({x, width, random.uniform(0, 6)});
    }
}

void LightShafts::prepare(int frame, const View& view)
{
    profile_.assign(static_cast<std::size_t>(size_.width + size_.height), 0.0F);
    for (const Shaft& shaft : shafts_) {
        const float centre = shaft.x + 7 * std::sin(frame * 0.08F + shaft.phase) - view.x * 0.3F;
        for (std::size_t i = 0; i < profile_.size(); ++i) {
            const float d = (static_cast<float>(i) - size_.height * 0.4F - centre) / shaft.width;
            profile_[i] += 0.17F * std::exp(-d * d);
        }
    }
}

void LightShafts::add(int y, Pixel* out) const
{
    const float fade = std::clamp(1.0F - y / (165.0F * size_.down()), 0.0F, 1.0F);
    if (fade == 0.0F) return;
    const Pixel light = rgb(220, 255, 250) * fade;
    const int shift = static_cast<int>(size_.height * 0.4F - 0.38F * y);
    for (int x = 0; x < size_.width; ++x) {
        Pixel glow = light * profile_[x + shift];
        glow.v[3] = 0;
        out[x] = out[x] + glow;
    }
}

}  // namespace kinora::training
