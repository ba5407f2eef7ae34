#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace kinora::media {

/// What colours a file is made for. Frames come as BT.709 primaries with a display-referred curve; the others are reached
/// by conversion in linear light and a tag.
enum class ColourSpace {
    bt709,   ///< HD and the web
    p3,      ///< P3 primaries, D65 white: phones, tablets, cinema grading
    bt2020,  ///< Rec. 2020 primaries and matrix: UHD
};

/// Numbers of ITU-T H.273 (the same as FFmpeg's AVCOL_…), as they are written into stream and container.
struct ColourCodes {
    int primaries = 1;
    int transfer = 1;
    int matrix = 1;
};

/// Codes of Y'CbCr pictures. The curve is tagged as BT.709's: frames are display-referred, and suites and players show both
/// alike (the usual re-tag).
[[nodiscard]] ColourCodes video_codes(ColourSpace space);
/// Codes of R'G'B' pictures (PNG, TIFF): the sRGB curve, no matrix.
[[nodiscard]] ColourCodes picture_codes(ColourSpace space);

/// Weights of red and blue in luma.
struct LumaWeights {
    float red = 0.2126F;
    float blue = 0.0722F;
};
[[nodiscard]] LumaWeights luma_weights(ColourSpace space);

/// CIE 1931 x, y of red, green, blue and white.
[[nodiscard]] std::array<float, 8> chromaticities(ColourSpace space);

/// The sRGB curve (IEC 61966-2-1) for 0…1, both ways; below 0 it is mirrored, above 1 it goes on.
[[nodiscard]] float srgb_to_linear(float value);
[[nodiscard]] float linear_to_srgb(float value);

/// Converts R'G'B' of BT.709 primaries to those of `space`, in place, by the sRGB curve and linear light. What the target
/// can't show is clipped. Nothing happens for `bt709`.
void to_space(std::span<float> rgb, ColourSpace space);

/// "bt709", "p3", "bt2020", for files and the command line.
[[nodiscard]] std::string_view space_id(ColourSpace space);
[[nodiscard]] std::optional<ColourSpace> space_from_id(std::string_view id);

}  // namespace kinora::media
