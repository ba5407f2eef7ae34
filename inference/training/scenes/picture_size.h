#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace kinora::training {

/// Size of a drawn picture in pixels. Pictures of other shapes aren't stretched: more or fewer things stand beside each
/// other, the horizon lies at the same share of the height, and figures keep their size.
struct PictureSize {
    int width = 320;
    int height = 192;

    friend bool operator==(const PictureSize&, const PictureSize&) = default;

    /// Width and height against those of 320 × 192, for what is laid out across or down the picture.
    [[nodiscard]] float across() const { return static_cast<float>(width) / 320.0F; }
    [[nodiscard]] float down() const { return static_cast<float>(height) / 192.0F; }

    /// How much higher mountains, houses and trees stand: less than the picture is higher, or they would be needles.
    [[nodiscard]] float tall() const { return std::sqrt(down()); }

    /// How much smaller figures are where the picture is too low for their whole size.
    [[nodiscard]] float roomy() const { return std::min(1.0F, static_cast<float>(std::min(width, height)) / 192.0F); }

    /// How many things stand beside each other where 320 pixels hold `count`.
    [[nodiscard]] int beside(int count) const
    {
        return std::max(1, static_cast<int>(std::lround(static_cast<float>(count) * across())));
    }
};

/// The shapes that are drawn and trained, all of about the same number of pixels and in multiples of 32: 5:3 (whose middle
/// is 16:9), 3:5 (whose middle is 9:16), square and wide (2.4:1). The first is the native one.
inline constexpr std::array k_picture_sizes{PictureSize{320, 192}, PictureSize{192, 320}, PictureSize{256, 256},
                                            PictureSize{384, 160}};

/// "320x192", for names of files and tables.
[[nodiscard]] std::string_view name(const PictureSize& size);

}  // namespace kinora::training
