#include "inference/training/scenes/weather.h"

#include <numeric>

namespace kinora::training {
namespace {

Pixel& wrapped_pixel(Layer& layer, int x, int y)
{
    const int width = layer.width(), height = layer.height();
    return layer.row((y % height + height) % height)[(x % width + width) % width];
}

void paint_flake(Layer& layer, float x, float y, float radius, float opacity)
{
    for (int py = static_cast<int>(y - radius - 2); py <= static_cast<int>(y + radius + 3); ++py) {
        for (int px = static_cast<int>(x - radius - 2); px <= static_cast<int>(x + radius + 3); ++px) {
            const float alpha = opacity * smooth((radius + 1.2F - std::hypot(px - x, py - y)) / 2.4F);
            Pixel& below = wrapped_pixel(layer, px, py);
            if (alpha > 0.0F) below = over(k_white_pixel * alpha, below);
        }
    }
}

void paint_drop(Layer& layer, float x, float y, float length, float opacity, float slant)
{
    const float half = 1.9F;
    for (int py = static_cast<int>(y - 3); py <= static_cast<int>(y + length + 3); ++py) {
        const float along = std::clamp((py - y) / length, 0.0F, 1.0F);
        const float centre = x - slant * (py - y);
        // A drop is thickest at its lower end and fades upwards.
        const float strength = opacity * smooth(along * 1.6F) * smooth((y + length + 2 - py) / 4.0F);
        for (int px = static_cast<int>(centre - 4); px <= static_cast<int>(centre + 5); ++px) {
            const float alpha = strength * smooth((half + 0.9F - std::abs(px - centre)) / 1.8F);
            Pixel& below = wrapped_pixel(layer, px, py);
            if (alpha > 0.0F) below = over(rgb(214, 230, 250) * alpha, below);
        }
    }
}

}  // namespace

std::vector<Layer> paint_falling(Weather weather, const PictureSize& size, PortableRandom& random)
{
    std::vector<Layer> layers;
    if (weather != Weather::rain && weather != Weather::snowfall) return layers;
    constexpr float k_slant = 0.16F;
    // A quarter larger than the picture, so that its repetition isn't seen.
    const int width = size.width * 5 / 4, height = size.height * 5 / 4;
    for (int i = 0; i < 2; ++i) {
        Layer layer(width, height, 0, 0);
        layer.wraps = true;
        layer.parallax = 0.5F + 0.35F * i;
        const bool rain = weather == Weather::rain;
        layer.velocity_y = rain ? 6.0F + 2.0F * i : 1.3F + 0.6F * i;
        layer.velocity_x = rain ? -k_slant * layer.velocity_y : 0.3F + 0.25F * i;
        // One thing falls in each field of a grid, so that none lies on another.
        const int columns = size.beside(rain ? 7 : 6);
        const int rows = std::max(1, static_cast<int>(std::lround(4 * size.down())));
        for (int c = 0; c < columns * rows; ++c) {
            const float x = (c % columns + random.uniform(0.1F, 0.9F)) * width / columns;
            const float y = (c / columns + random.uniform(0.1F, 0.9F)) * height / rows;
            if (rain) {
                paint_drop(layer, x, y, 22.0F + 8 * i, 0.34F + 0.1F * i, k_slant);
            } else {
                paint_flake(layer, x, y, 2.5F + 1.1F * i + random.uniform(0, 0.6F), 0.72F + 0.14F * i);
            }
        }
        layer.finish();
        layers.push_back(std::move(layer));
    }
    return layers;
}

}  // namespace kinora::training
