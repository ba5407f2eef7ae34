#pragma once

#include <algorithm>
#include <cmath>

namespace kinora::training {

/// Four floats (red, green, blue, alpha) that travel in one vector register; colours are premultiplied by alpha, 0 … 1.
struct Pixel {
    using Vector = float __attribute__((vector_size(16)));
    Vector v{0, 0, 0, 0};

    [[nodiscard]] float alpha() const { return v[3]; }
};

inline Pixel operator+(Pixel a, Pixel b)
{
    return {a.v + b.v};
}
inline Pixel operator*(Pixel a, Pixel b)
{
    return {a.v * b.v};
}
inline Pixel operator*(Pixel a, float k)
{
    return {a.v * k};
}

/// An opaque colour from 0 … 255 values.
inline Pixel rgb(float red, float green, float blue)
{
    return {Pixel::Vector{red / 255.0F, green / 255.0F, blue / 255.0F, 1.0F}};
}

/// From `a` (t = 0) to `b` (t = 1).
inline Pixel mix(Pixel a, Pixel b, float t)
{
    return {a.v + (b.v - a.v) * t};
}

/// `source` laid over `below`, both premultiplied.
inline Pixel over(Pixel source, Pixel below)
{
    const Pixel::Vector alpha = __builtin_shufflevector(source.v, source.v, 3, 3, 3, 3);
    return {source.v + below.v - below.v * alpha};
}

/// The light of `glow` added to `below` as two photographs would add (never above white); alpha of `below` stays.
inline Pixel screen(Pixel below, Pixel glow, float strength)
{
    Pixel out{1.0F - (1.0F - below.v) * (1.0F - glow.v * strength)};
    out.v[3] = below.v[3];
    return out;
}

/// Hermite step: 0 below 0, 1 above 1, smooth between.
inline float smooth(float x)
{
    x = std::clamp(x, 0.0F, 1.0F);
    return x * x * (3.0F - 2.0F * x);
}

/// The same colour brighter or darker; alpha stays.
inline Pixel shaded(Pixel colour, float factor)
{
    Pixel out{colour.v * factor};
    for (int i = 0; i < 3; ++i)
        out.v[i] = std::clamp(out.v[i], 0.0F, 1.0F);
    out.v[3] = colour.v[3];
    return out;
}

inline constexpr Pixel k_white_pixel{Pixel::Vector{1, 1, 1, 1}};

}  // namespace kinora::training
