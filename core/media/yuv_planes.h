#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/media/encoder_settings.h"

namespace kinora::media {

/// Where the planes of a picture are written. Samples above 8 bit are 16-bit words in the machine's (little) byte order.
struct PlaneTarget {
    PixelLayout layout = PixelLayout::yuv420_8;
    int width = 0;   ///< of the luma plane, even
    int height = 0;  ///< of the luma plane, even
    std::array<unsigned char*, 3> data{};
    std::array<std::ptrdiff_t, 3> stride{};  ///< bytes
    LumaWeights weights{};                   ///< BT.709's unless told
};

/// Of the Y'CbCr layouts.
[[nodiscard]] int bits_of(PixelLayout layout);
/// Columns of luma to one of chroma, as a shift.
[[nodiscard]] int chroma_shift_x(PixelLayout layout);
[[nodiscard]] int chroma_shift_y(PixelLayout layout);

/// Bayer's threshold at a place, strictly between 0 and 1: `floor(value + threshold)` dithers below one step and leaves
/// exact values alone.
[[nodiscard]] float dither_threshold(int x, int y);

/// Display-referred R'G'B' (0…1, full range, `[height, width, 3]`) to limited-range Y'CbCr (ITU-R BT.709-6,
/// items 3.2–3.5; BT.2020-2 differs in the weights of luma only), in float up to the last rounding. Chroma is filtered 1-2-1
/// across (sited on the even columns) and averaged over row pairs (sited between them). 8-bit samples get an ordered dither
/// below one step, which leaves exact values alone; deeper ones are rounded. The target may be one column or row larger than
/// the source: the edge is repeated, in RGB. NaN reads as 0.
void rgb_to_planes(std::span<const float> rgb, int width, int height, const PlaneTarget& target);

}  // namespace kinora::media
