// The figures that came with the grown world.
#include <numbers>

#include "inference/training/scenes/figures.h"

namespace kinora::training {
namespace {

using Points = SpritePainter::Points;
constexpr float k_pi = std::numbers::pi_v<float>;

/// The points mirrored at x = 32.
Points mirrored(Points points)
{
    for (cv::Point2f& point : points)
        point.x = 64 - point.x;
    return points;
}

Points turned(const Points& points, float angle)
{
    Points out;
    for (const cv::Point2f& point : points) {
        const float x = point.x - 32, y = point.y - 32;
        out.emplace_back(32 + x * std::cos(angle) - y * std::sin(angle), 32 + x * std::sin(angle) + y * std::cos(angle));
    }
    return out;
}

}  // namespace

Sprite paint_butterfly(const Tones& t, float spread)
{
    SpritePainter painter;
    const auto wing = [spread](Points points) {
        for (cv::Point2f& point : points)
            point.x = 32 + (point.x - 32) * spread;
        return rounded(points);
    };
    const Points lower = wing({{34, 34}, {50, 36}, {58, 46}, {52, 58}, {40, 56}, {34, 44}});
    const Points upper = wing({{34, 32}, {38, 14}, {54, 2}, {66, 6}, {64, 24}, {52, 36}, {38, 37}});
    for (const bool left : {false, true}) {
        const auto side = [left](const Points& points) { return left ? mirrored(points) : points; };
        painter.polygon(side(lower), {t.base, t.dark, 0.2F, 1});
        painter.polygon(side(upper), {t.light, t.base, 0.3F, 1});
    }
    const Pixel spot = mix(t.light, k_white_pixel, 0.7F);
    for (const float side : {-1.0F, 1.0F})
        painter.ellipse(32 + side * 22 * spread, 17, 5.5F * std::max(spread, 0.5F), 5.5F, {spot, spot}, 0.85F);
    const Pixel body = rgb(56, 44, 60);
    painter.polygon(rounded({{32, 14}, {35.5F, 24}, {34.5F, 44}, {32, 54}, {29.5F, 44}, {28.5F, 24}}), {body, body});
    return painter.finish();
}

Sprite paint_leaf(const Tones& t)
{
    SpritePainter painter;
    painter.polygon({{30.5F, 48}, {33.5F, 48}, {36, 68}, {33, 69}}, {t.dark, t.dark});
    painter.polygon(rounded({{32, -4}, {46, 10}, {52, 28}, {46, 44}, {32, 54}, {18, 44}, {12, 28}, {18, 10}}),
                    {t.light, t.base, 0.7F, 0.7F});
    painter.begin_inside();
    painter.polygon({{32, -8}, {70, -8}, {70, 60}, {32, 60}}, {t.base, t.dark, 0.6F, 1}, 0.75F);
    for (const float y : {14.0F, 27.0F, 40.0F}) {
        painter.polygon({{32, y + 5}, {54, y - 8}, {54, y - 4.5F}, {32, y + 8.5F}}, {t.light, t.light}, 0.6F);
        painter.polygon({{32, y + 5}, {10, y - 8}, {10, y - 4.5F}, {32, y + 8.5F}}, {t.dark, t.dark}, 0.4F);
    }
    painter.polygon({{30.6F, -4}, {33.4F, -4}, {33.4F, 56}, {30.6F, 56}}, {t.dark, t.dark}, 0.7F);
    painter.end_inside();
    return painter.finish();
}

Sprite paint_umbrella(const Tones& t)
{
    SpritePainter painter;
    const Pixel wood = rgb(122, 82, 54);
    painter.polygon({{30.4F, 4}, {33.6F, 4}, {33.6F, 60}, {30.4F, 60}}, {wood, wood});
    painter.polygon(rounded({{33.6F, 57}, {33, 64}, {38, 67}, {43, 63}, {42.5F, 58}, {39.5F, 58}, {38.5F, 62}, {36.5F, 61}}),
                    {wood, shaded(wood, 0.8F)});
    Points roof{};
    for (int i = 0; i <= 30; ++i) {
        const float angle = k_pi * (1 + i / 30.0F);
        roof.emplace_back(32 + 34 * std::cos(angle), 34 + 34 * std::sin(angle));
    }
    // Four scallops along the lower edge.
    for (int i = 0; i <= 32; ++i) {
        const float u = i / 32.0F;
        roof.emplace_back(66 - 68 * u, 34 - 6.5F * std::abs(std::sin(4 * k_pi * u)));
    }
    painter.polygon(roof, {t.base, t.dark, 1, 0.2F});
    painter.begin_inside();
    painter.polygon(rounded({{32, -4}, {14, 14}, {-3, 36}, {16, 36}, {22, 18}}), {t.light, t.base, 0.4F, 1}, 0.9F);
    painter.polygon(rounded({{32, -4}, {42, 16}, {49, 36}, {32, 36}, {31, 16}}), {t.light, t.base, 0.4F, 1}, 0.8F);
    painter.end_inside();
    painter.ellipse(32, 0, 2.6F, 3, {t.dark, t.dark});
    return painter.finish();
}

Sprite paint_flower(const Tones& t)
{
    SpritePainter painter;
    Points petal;
    for (int i = 0; i < 24; ++i) {
        const float angle = 2 * k_pi * i / 24;
        petal.emplace_back(32 + 11.5F * std::cos(angle), 13 + 16 * std::sin(angle));
    }
    for (int i = 0; i < 7; ++i) {
        const bool lit = i % 2 == 0;
        painter.polygon(turned(petal, 2 * k_pi * i / 7), {lit ? t.light : t.base, lit ? t.base : t.dark, 0.5F, 1});
    }
    painter.sphere(32, 32, 12, 12, rgb(255, 236, 150), rgb(250, 196, 60), rgb(206, 132, 30));
    return painter.finish();
}

Sprite paint_duck(const Tones& t)
{
    SpritePainter painter;
    painter.polygon(rounded({{57, 19}, {70, 20}, {72, 24}, {58, 27}}), {rgb(255, 168, 60), rgb(236, 126, 36)});
    painter.polygon(rounded({{-4, 30},
                             {8, 34},
                             {30, 33},
                             {40, 27},
                             {40, 18},
                             {46, 10},
                             {55, 10},
                             {61, 18},
                             {58, 28},
                             {56, 40},
                             {50, 52},
                             {36, 58},
                             {14, 57},
                             {2, 48}}),
                    {t.light, t.base, 0.2F, 1});
    painter.begin_inside();
    painter.ellipse(30, 62, 34, 12, {t.dark, t.dark}, 0.6F);
    painter.end_inside();
    painter.polygon(rounded({{10, 40}, {30, 38}, {42, 42}, {34, 51}, {18, 52}}), {t.base, t.dark, 0.4F, 1});
    painter.ellipse(53, 18, 2.8F, 2.8F, {rgb(24, 26, 44), rgb(24, 26, 44)});
    return painter.finish();
}

Sprite paint_car(const Tones& t)
{
    SpritePainter painter;
    painter.polygon(rounded({{12, 34}, {19, 20}, {26, 17}, {42, 17}, {50, 22}, {56, 35}, {34, 37}}),
                    {t.light, t.base, 0.2F, 1});
    const Pixel glass = rgb(190, 226, 246);
    painter.polygon({{18, 33}, {23, 22}, {32, 21}, {32, 33}}, {glass, shaded(glass, 0.8F)});
    painter.polygon({{35.5F, 33}, {35.5F, 21}, {43, 21.5F}, {50, 33}}, {glass, shaded(glass, 0.8F)});
    painter.polygon(rounded({{-3, 38}, {12, 33}, {54, 33}, {66, 38}, {68, 48}, {62, 53}, {2, 53}, {-4, 48}}),
                    {t.base, t.dark, 0.1F, 1});
    painter.ellipse(63, 42, 3.4F, 3, {rgb(255, 246, 190), rgb(255, 226, 130)});
    for (const float x : {14.0F, 50.0F}) {
        painter.ellipse(x, 53, 9.5F, 9.5F, {rgb(44, 42, 54), rgb(30, 28, 40)});
        painter.ellipse(x, 53, 4.4F, 4.4F, {rgb(226, 228, 236), rgb(176, 180, 194)});
    }
    return painter.finish();
}

}  // namespace kinora::training
