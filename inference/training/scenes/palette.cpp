#include "inference/training/scenes/palette.h"

#include <array>

namespace kinora::training {

const SkyPalette& sky_palette(TimeOfDay time)
{
    static const std::array<SkyPalette, 6> palettes{{
        {rgb(96, 150, 220), rgb(150, 196, 236), rgb(220, 236, 246), rgb(255, 252, 232), 1.0F},
        {rgb(118, 160, 220), rgb(206, 204, 224), rgb(255, 220, 184), rgb(255, 240, 200), 0.98F},
        {rgb(38, 118, 222), rgb(104, 184, 246), rgb(206, 236, 252), rgb(255, 250, 214), 1.08F},
        {rgb(58, 44, 112), rgb(214, 84, 98), rgb(255, 180, 92), rgb(255, 226, 150), 0.84F},
        {rgb(34, 38, 100), rgb(112, 80, 156), rgb(236, 142, 150), rgb(255, 206, 176), 0.64F},
        {rgb(8, 14, 44), rgb(18, 36, 88), rgb(46, 78, 140), rgb(240, 242, 255), 0.48F},
    }};
    return palettes.at(static_cast<std::size_t>(time));
}

const LandPalette& land_palette(Place place)
{
    static const LandPalette hills{rgb(128, 192, 84), rgb(36, 112, 66)};
    static const LandPalette mountains{rgb(132, 146, 186), rgb(60, 76, 120)};
    static const LandPalette desert{rgb(246, 200, 126), rgb(202, 122, 66)};
    static const LandPalette forest{rgb(70, 142, 102), rgb(16, 66, 58)};
    static const LandPalette city{rgb(112, 124, 164), rgb(42, 48, 86)};
    static const LandPalette snow{rgb(244, 249, 255), rgb(158, 188, 226)};
    static const LandPalette sea{rgb(56, 154, 196), rgb(12, 66, 128)};
    static const LandPalette field{rgb(176, 206, 92), rgb(66, 132, 58)};
    static const LandPalette canyon{rgb(236, 150, 96), rgb(158, 66, 50)};
    switch (place) {
        case Place::mountains:
            return mountains;
        case Place::desert:
            return desert;
        case Place::forest:
            return forest;
        case Place::city:
            return city;
        case Place::snow:
            return snow;
        case Place::sea:
        case Place::lake:
            return sea;
        case Place::field:
            return field;
        case Place::canyon:
            return canyon;
        default:
            return hills;
    }
}

Pixel paint(Colour colour)
{
    static const std::array<Pixel, 8> paints{rgb(224, 42, 40),  rgb(248, 134, 22), rgb(252, 212, 40),  rgb(46, 168, 76),
                                             rgb(36, 100, 228), rgb(134, 62, 196), rgb(248, 118, 178), rgb(248, 248, 246)};
    return paints.at(static_cast<std::size_t>(colour));
}

Pixel companion(Colour theme)
{
    switch (theme) {
        case Colour::red:
            return rgb(236, 92, 60);
        case Colour::orange:
            return rgb(252, 176, 60);
        case Colour::yellow:
            return rgb(252, 190, 60);
        case Colour::green:
            return rgb(40, 170, 130);
        case Colour::blue:
            return rgb(52, 150, 236);
        case Colour::purple:
            return rgb(110, 84, 220);
        case Colour::pink:
            return rgb(240, 140, 150);
        default:
            return rgb(206, 216, 232);
    }
}

Tones tones(Colour colour)
{
    const Pixel base = paint(colour);
    if (colour == Colour::white) return {rgb(255, 255, 255), rgb(240, 242, 246), rgb(188, 198, 216)};
    if (colour == Colour::yellow) return {rgb(255, 238, 140), base, rgb(224, 160, 20)};
    if (colour == Colour::orange) return {rgb(255, 190, 112), base, rgb(208, 94, 14)};
    return {mix(base, k_white_pixel, 0.42F), base, shaded(base, 0.66F)};
}

Pixel seen_at(Pixel colour, TimeOfDay time, float depth)
{
    const SkyPalette& sky = sky_palette(time);
    Pixel lit = shaded(colour, sky.land_light) *
                mix(k_white_pixel, sky.light, time == TimeOfDay::night || time == TimeOfDay::dusk ? 0.1F : 0.35F);
    if (time == TimeOfDay::night) lit = mix(lit, rgb(20, 32, 74), 0.42F);
    if (time == TimeOfDay::dusk) lit = mix(lit, rgb(70, 62, 130), 0.12F);
    return mix(lit, mix(sky.middle, sky.horizon, 0.6F), depth);
}

}  // namespace kinora::training
