#pragma once

#include "inference/training/scenes/pixel.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// Three stops of a sky from the zenith to the horizon, and the light that falls on the land.
struct SkyPalette {
    Pixel zenith;
    Pixel middle;
    Pixel horizon;
    Pixel light;       ///< colour of sun or moon
    float land_light;  ///< brightness of the land, 1 = as painted
};

/// Near and far tone of a kind of land.
struct LandPalette {
    Pixel top;
    Pixel bottom;
};

/// The three tones in which a subject is painted.
struct Tones {
    Pixel light;
    Pixel base;
    Pixel dark;
};

[[nodiscard]] const SkyPalette& sky_palette(TimeOfDay time);
[[nodiscard]] const LandPalette& land_palette(Place place);
[[nodiscard]] Pixel paint(Colour colour);
[[nodiscard]] Tones tones(Colour colour);

/// A companion of a theme's colour, near it in hue, so that a backdrop is rich but stays in its named colour.
[[nodiscard]] Pixel companion(Colour theme);

/// Aerial perspective: the colour as it looks at that time of day, in the distance `depth` (0 near … 1 far, melting into the
/// sky).
[[nodiscard]] Pixel seen_at(Pixel colour, TimeOfDay time, float depth);

}  // namespace kinora::training
