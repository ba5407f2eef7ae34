#include "core/media/colour_space.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kinora::media {
namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

/// Linear BT.709 to linear P3-D65 and to linear BT.2020: both have the white point D65, so that a matrix made of the
/// primaries (SMPTE RP 177) is all there is to it.
constexpr Matrix k_to_p3{
    {{0.8224619687, 0.1775380313, 0.0}, {0.0331941989, 0.9668058011, 0.0}, {0.0170826307, 0.0723974407, 0.9105199286}}};
constexpr Matrix k_to_bt2020{{{0.6274038959, 0.3292830384, 0.0433130657},
                              {0.0690972894, 0.9195403951, 0.0113623156},
                              {0.0163914389, 0.0880133079, 0.8955952532}}};

/// A curve as a table: linear between its points, which is nearer than 1/20000 everywhere that 16 bits can tell apart.
class Curve {
public:
    explicit Curve(float (*curve)(float)) : values_(k_points + 2)
    {
        for (int i = 0; i <= k_points; ++i)
            values_[static_cast<std::size_t>(i)] = curve(static_cast<float>(i) / k_points);
        values_[k_points + 1] = values_[k_points];
    }
    float operator()(float value) const
    {
        const float place = std::clamp(value, 0.0F, 1.0F) * k_points;
        const auto index = static_cast<std::size_t>(place);
        const float part = place - static_cast<float>(index);
        return values_[index] + part * (values_[index + 1] - values_[index]);
    }

private:
    static constexpr int k_points = 1 << 16;
    std::vector<float> values_;
};

}  // namespace

ColourCodes video_codes(ColourSpace space)
{
    switch (space) {
        case ColourSpace::bt709:
            break;
        case ColourSpace::p3:
            return {12, 1, 1};
        case ColourSpace::bt2020:
            return {9, 14, 9};
    }
    return {1, 1, 1};
}

ColourCodes picture_codes(ColourSpace space)
{
    return {video_codes(space).primaries, 13, 0};
}

LumaWeights luma_weights(ColourSpace space)
{
    return space == ColourSpace::bt2020 ? LumaWeights{0.2627F, 0.0593F} : LumaWeights{};
}

std::array<float, 8> chromaticities(ColourSpace space)
{
    switch (space) {
        case ColourSpace::bt709:
            break;
        case ColourSpace::p3:
            return {0.680F, 0.320F, 0.265F, 0.690F, 0.150F, 0.060F, 0.3127F, 0.3290F};
        case ColourSpace::bt2020:
            return {0.708F, 0.292F, 0.170F, 0.797F, 0.131F, 0.046F, 0.3127F, 0.3290F};
    }
    return {0.640F, 0.330F, 0.300F, 0.600F, 0.150F, 0.060F, 0.3127F, 0.3290F};
}

float srgb_to_linear(float value)
{
    const float size = std::abs(value);
    const float linear = size <= 0.04045F ? size / 12.92F : std::pow((size + 0.055F) / 1.055F, 2.4F);
    return std::copysign(linear, value);
}

float linear_to_srgb(float value)
{
    const float size = std::abs(value);
    const float curved = size <= 0.0031308F ? size * 12.92F : 1.055F * std::pow(size, 1.0F / 2.4F) - 0.055F;
    return std::copysign(curved, value);
}

void to_space(std::span<float> rgb, ColourSpace space)
{
    if (space == ColourSpace::bt709) return;
    static const Curve open(srgb_to_linear);
    const Matrix& m = space == ColourSpace::p3 ? k_to_p3 : k_to_bt2020;
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) {
        const double r = open(rgb[i]), g = open(rgb[i + 1]), b = open(rgb[i + 2]);
        for (std::size_t c = 0; c < 3; ++c) {
            // Both targets are wider than BT.709: what is outside 0…1 here is a rounding.
            const double mixed = m[c][0] * r + m[c][1] * g + m[c][2] * b;
            rgb[i + c] = linear_to_srgb(static_cast<float>(std::clamp(mixed, 0.0, 1.0)));
        }
    }
}

std::string_view space_id(ColourSpace space)
{
    switch (space) {
        case ColourSpace::bt709:
            break;
        case ColourSpace::p3:
            return "p3";
        case ColourSpace::bt2020:
            return "bt2020";
    }
    return "bt709";
}

std::optional<ColourSpace> space_from_id(std::string_view id)
{
    for (const auto space : {ColourSpace::bt709, ColourSpace::p3, ColourSpace::bt2020})
        if (id == space_id(space)) return space;
    return std::nullopt;
}

}  // namespace kinora::media
