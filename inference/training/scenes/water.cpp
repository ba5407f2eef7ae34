#include "inference/training/scenes/water.h"

#include "inference/training/scenes/palette.h"

namespace kinora::training {
namespace {

/// Averages each pixel with its neighbours up to `radius` away: rough water scatters what it mirrors sideways.
void smear(std::vector<Pixel>& row, int radius)
{
    const int count = static_cast<int>(row.size());
    const std::vector<Pixel> source = row;
    const auto at = [&](int x) { return source[static_cast<std::size_t>(std::clamp(x, 0, count - 1))]; };
    Pixel sum;
    for (int x = -radius; x <= radius; ++x)
        sum = sum + at(x);
    const float share = 1.0F / (2 * radius + 1);
    for (int x = 0; x < count; ++x) {
        row[static_cast<std::size_t>(x)] = sum * share;
        sum = sum + at(x + radius + 1) + at(x - radius) * -1.0F;
    }
}

}  // namespace

Water::Water(TimeOfDay time, float horizon, const PictureSize& size)
    : size_(size), horizon_(horizon), brightness_(0.5F + 0.5F * sky_palette(time).land_light)
{
    const LandPalette& sea = land_palette(Place::sea);
    Pixel far = seen_at(sea.top, time, 0.2F);
    Pixel near = seen_at(sea.bottom, time, 0.04F);
    if (time == TimeOfDay::sunset) {
        far = rgb(196, 96, 104);
        near = rgb(66, 50, 112);
    }
    if (time == TimeOfDay::dusk) {
        far = rgb(150, 92, 150);
        near = rgb(44, 44, 104);
    }
    for (int d = 0; d < size.height; ++d)
        colours_.push_back(mix(far, near, smooth(d / (95.0F * size.down()))));
}

float Water::horizon(const View& view) const
{
    return (horizon_ - view.y * 0.08F - size_.height / 2.0F) * (1 + (view.zoom - 1) * 0.3F) + size_.height / 2.0F;
}

void Water::add(int frame, const View& view, Pixel* picture) const
{
    const float line = horizon(view);
    std::vector<Pixel> mirrored(static_cast<std::size_t>(size_.width));
    for (int y = std::max(0, static_cast<int>(std::floor(line))); y < size_.height; ++y) {
        const float d = std::max(0.0F, y - line);
        // Ripples are dense and flat far away, wide and high near by.
        const float ripple = d * (17.0F / (d + 7) + 0.16F);
        const float sway = (1.2F + d * 0.05F) * std::sin(ripple + frame * 0.30F) + view.x * 0.02F;
        const float bend = (0.6F + 0.05F * d) * std::sin(ripple * 0.6F + frame * 0.22F);
        const float source = std::clamp(line - 1.5F - d * 1.02F + bend, 0.0F, line - 1.0F);
        const int above = static_cast<int>(source);
        const Pixel* upper = picture + static_cast<std::size_t>(above) * size_.width;
        const Pixel* lower = picture + static_cast<std::size_t>(std::min(above + 1, size_.height - 1)) * size_.width;
        const float weight = source - above;
        for (int x = 0; x < size_.width; ++x)
            mirrored[x] = mix(upper[x], lower[x], weight);
        smear(mirrored, 2 + static_cast<int>(d * 0.14F));
        const Pixel colour = colours_[std::min(static_cast<int>(d), size_.height - 1)];
        const float mirror = 0.62F - 0.36F * smooth(d / (90 * size_.down()));
        const float light = 0.035F * brightness_ * std::sin(ripple * 1.4F + frame * 0.26F + 1.0F);
        const Pixel shimmer{Pixel::Vector{light, light, light, 0}};
        const float cover = std::clamp(y - line + 0.5F, 0.0F, 1.0F);
        Pixel* row = picture + static_cast<std::size_t>(y) * size_.width;
        for (int x = 0; x < size_.width; ++x) {
            const float moved = std::clamp(x + sway, 0.0F, size_.width - 1.001F);
            const int left = static_cast<int>(moved);
            const Pixel seen = mix(mirrored[left], mirrored[left + 1], moved - left);
            row[x] = mix(row[x], mix(colour, seen, mirror) + shimmer, cover);
        }
    }
}

}  // namespace kinora::training
