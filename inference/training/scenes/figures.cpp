#include "inference/training/scenes/figures.h"

#include <numbers>

namespace kinora::training {
namespace {

using Points = SpritePainter::Points;
constexpr float k_pi = std::numbers::pi_v<float>;

Points star_points(float x, float y, float outer, float inner)
{
    Points points;
    for (int i = 0; i < 10; ++i) {
        const float radius = i % 2 == 0 ? outer : inner;
        const float angle = k_pi * i / 5 - k_pi / 2;
        points.emplace_back(x + radius * std::cos(angle), y + radius * std::sin(angle));
    }
    return points;
}

/// The skin of a hot-air balloon: a circle above that tapers to the basket.
Points balloon_outline(float squeeze)
{
    Points points;
    for (int i = 0; i <= 40; ++i) {
        const float angle = k_pi * (0.92F + 1.16F * i / 40);
        points.emplace_back(32 + squeeze * 23 * std::cos(angle), 24 + 23 * std::sin(angle));
    }
    points.emplace_back(32 + squeeze * 17, 38);
    points.emplace_back(32 + squeeze * 6, 49);
    points.emplace_back(32 - squeeze * 6, 49);
    points.emplace_back(32 - squeeze * 17, 38);
    return points;
}

Sprite paint_balloon(const Tones& t)
{
    SpritePainter painter;
    const Pixel wood = rgb(128, 84, 50);
    painter.polygon({{26.5F, 48}, {29, 48}, {30.2F, 56}, {28, 56}}, {shaded(wood, 0.7F), shaded(wood, 0.7F)});
    painter.polygon({{37.5F, 48}, {35, 48}, {33.8F, 56}, {36, 56}}, {shaded(wood, 0.7F), shaded(wood, 0.7F)});
    painter.polygon(balloon_outline(1), {t.base, t.dark, 1, 0.25F});
    painter.polygon(balloon_outline(0.66F), {t.light, t.base, 1, 0.3F});
    painter.polygon(balloon_outline(0.30F), {mix(t.light, k_white_pixel, 0.35F), t.light, 0.2F, 1});
    painter.polygon({{26, 46}, {38, 46}, {37, 50}, {27, 50}}, {t.dark, t.dark});
    painter.polygon({{26.5F, 54.5F}, {37.5F, 54.5F}, {36, 63}, {28, 63}}, {rgb(176, 122, 72), wood});
    return painter.finish();
}

Sprite paint_boat(const Tones& t)
{
    SpritePainter painter;
    const Pixel mast = rgb(92, 66, 52);
    painter.polygon({{30.2F, 1}, {33, 1}, {33, 50}, {30.2F, 50}}, {mast, mast});
    painter.polygon(rounded({{34.5F, 3}, {46, 20}, {59, 43.5F}, {46, 45}, {34.5F, 45}, {36, 24}}),
                    {t.base, t.dark, 1, 0.3F});
    painter.polygon(rounded({{28.5F, 9}, {27.5F, 28}, {28.5F, 44}, {18, 44}, {7, 43}, {18, 28}}),
                    {t.light, t.base, 0.4F, 1});
    painter.polygon({{3, 47}, {62, 46}, {60, 50.5F}, {4.5F, 51.5F}}, {rgb(252, 248, 240), rgb(232, 226, 220)});
    painter.polygon({{4.2F, 51}, {60.2F, 50}, {56, 57}, {50, 61.5F}, {15, 61.5F}, {8, 58}}, {t.base, t.dark, 0.1F, 1});
    return painter.finish();
}

Sprite paint_kite(const Tones& t)
{
    SpritePainter painter;
    // The tail comes first: it hangs behind the sail.
    Points tail;
    for (int i = 0; i <= 24; ++i) {
        const float u = (i <= 12 ? i : 24 - i) / 12.0F;
        tail.emplace_back(33 + 5.5F * std::sin(u * 5.0F) + (i <= 12 ? -2.5F : 2.5F), 44 + 22 * u);
    }
    painter.polygon(tail, {t.dark, t.dark});
    for (const float u : {0.45F, 0.92F}) {
        const float x = 33 + 5.5F * std::sin(u * 5.0F), y = 44 + 22 * u;
        painter.polygon({{x - 8, y - 4.5F}, {x, y}, {x - 8, y + 4.5F}}, {t.light, t.base});
        painter.polygon({{x + 8, y - 4.5F}, {x, y}, {x + 8, y + 4.5F}}, {t.base, t.dark});
    }
    painter.polygon({{33, -4}, {10, 17}, {33, 17}}, {t.light, t.light});
    painter.polygon({{33, -4}, {56, 17}, {33, 17}}, {t.base, t.base});
    painter.polygon({{10, 17}, {33, 17}, {33, 48}}, {t.base, t.base});
    painter.polygon({{56, 17}, {33, 17}, {33, 48}}, {t.dark, t.dark});
    return painter.finish();
}

Sprite paint_plane(const Tones& t)
{
    SpritePainter painter;
    painter.polygon({{66, 20}, {22, 41}, {25, 58}, {34, 42}}, {t.dark, shaded(t.dark, 0.82F)});
    painter.polygon({{66, 20}, {-2, 25}, {20, 39}}, {t.light, mix(t.light, t.base, 0.4F), 1, 0});
    painter.polygon({{66, 20}, {20, 39}, {24.5F, 57}}, {shaded(t.dark, 0.8F), shaded(t.dark, 0.8F)});
    painter.polygon({{66, 20}, {29.5F, 42}, {47, 55}}, {t.base, t.base});
    return painter.finish();
}

Sprite paint_star(const Tones& t)
{
    SpritePainter painter;
    const float x = 32, y = 34;
    const Points points = star_points(x, y, 34, 15.5F);
    painter.polygon(points, {t.base, t.base});
    // Each ray is folded along its middle.
    for (std::size_t i = 0; i < 10; ++i) {
        const cv::Point2f a = points[i], b = points[(i + 1) % 10];
        const bool lit = i % 2 == 1;
        painter.polygon({{x, y}, a, b}, {lit ? t.light : t.base, lit ? t.light : t.base});
    }
    return painter.finish();
}

Sprite paint_ball(const Tones& t)
{
    SpritePainter painter;
    const Pixel stripe = mix(t.light, k_white_pixel, 0.55F);
    painter.sphere(32, 32, 29, 29, t.light, t.base, t.dark);
    painter.begin_inside();
    Points band;
    for (int i = 0; i <= 40; ++i) {
        const float u = (i <= 20 ? i : 40 - i) / 20.0F;
        const float x = 1 + 62 * u;
        band.emplace_back(x, 33 + 9 * std::sin(u * k_pi) + (i <= 20 ? -5.5F : 5.5F));
    }
    painter.polygon(band, {stripe, mix(stripe, t.base, 0.45F), 1, 0.2F});
    painter.ellipse(22, 17, 8.5F, 5.5F, {k_white_pixel, k_white_pixel}, 0.6F);
    painter.end_inside();
    return painter.finish();
}

Sprite paint_heart(const Tones& t)
{
    SpritePainter painter;
    const auto outline = [](float size, float y) {
        Points points;
        for (int i = 0; i < 72; ++i) {
            const float a = 2 * k_pi * i / 72;
            const float s = std::sin(a);
            points.emplace_back(32 + size * 16 * s * s * s,
                                y - size * (13 * std::cos(a) - 5 * std::cos(2 * a) - 2 * std::cos(3 * a) - std::cos(4 * a)));
        }
        return points;
    };
    painter.polygon(outline(1.95F, 29), {t.base, t.dark, 0.5F, 1});
    painter.polygon(outline(1.45F, 28.5F), {mix(t.light, t.base, 0.35F), t.base, 0.3F, 1}, 0.85F);
    painter.ellipse(16, 17, 6.5F, 5, {k_white_pixel, k_white_pixel}, 0.55F);
    return painter.finish();
}

Sprite paint_lantern(const Tones& t)
{
    SpritePainter painter;
    const Pixel gold = rgb(244, 196, 88);
    const Pixel warm = mix(t.light, rgb(255, 244, 206), 0.6F);
    painter.glow(mix(t.base, rgb(255, 226, 160), 0.45F), 32, 29, 36, 0.6F);
    painter.polygon({{29.5F, -6}, {34.5F, -6}, {34.5F, 4}, {29.5F, 4}}, {gold, shaded(gold, 0.8F)});
    painter.sphere(32, 27, 28, 23.5F, t.base, t.base, t.dark);
    painter.begin_inside();
    painter.ellipse(32, 29, 19, 24, {mix(t.base, warm, 0.45F), mix(t.base, warm, 0.35F)});
    painter.ellipse(32, 30, 9.5F, 24, {mix(t.base, warm, 0.75F), warm, 0, 1});
    painter.end_inside();
    painter.polygon({{21, 1}, {43, 1}, {44, 7}, {20, 7}}, {gold, shaded(gold, 0.78F)});
    painter.polygon({{20, 47}, {44, 47}, {43, 53}, {21, 53}}, {gold, shaded(gold, 0.78F)});
    painter.polygon({{28, 53}, {36, 53}, {37.5F, 66}, {26.5F, 66}}, {t.base, t.dark, 0, 1});
    return painter.finish();
}

Sprite paint_rocket(const Tones& t)
{
    SpritePainter painter;
    painter.polygon(rounded({{24, 47}, {32, 45}, {40, 47}, {38, 58}, {32, 70}, {26, 58}}),
                    {rgb(255, 190, 66), rgb(255, 130, 50), 0, 1});
    painter.polygon(rounded({{28, 47}, {32, 46}, {36, 47}, {35, 53}, {32, 60}, {29, 53}}),
                    {rgb(255, 248, 200), rgb(255, 226, 120), 0, 1});
    painter.polygon(rounded({{23, 26}, {13, 37}, {9, 53}, {17, 49}, {25, 46}}), {t.dark, shaded(t.dark, 0.8F)});
    painter.polygon(rounded({{41, 26}, {51, 37}, {55, 53}, {47, 49}, {39, 46}}), {t.dark, shaded(t.dark, 0.7F)});
    const Points body = rounded({{32, -6}, {42.5F, 10}, {45, 28}, {41, 47}, {32, 49}, {23, 47}, {19, 28}, {21.5F, 10}});
    painter.polygon(body, {t.light, t.base, 1, 0.05F});
    painter.begin_inside();
    painter.polygon({{36, -8}, {70, -8}, {70, 60}, {33, 60}, {39, 28}}, {t.base, t.dark, 1, 0}, 0.8F);
    painter.end_inside();
    painter.ellipse(32, 22, 8.2F, 8.2F, {k_white_pixel, rgb(220, 226, 236)});
    painter.ellipse(32, 22, 5.4F, 5.4F, {rgb(150, 214, 248), rgb(60, 130, 200)});
    return painter.finish();
}

Sprite paint_planet(const Tones& t)
{
    SpritePainter painter;
    const Pixel ring = mix(t.light, rgb(255, 240, 214), 0.6F);
    const auto half_ring = [](float from, float to) {
        Points points;
        const float tilt = -0.3F;
        const auto on = [&](float a, float rx, float ry) {
            const float x = rx * std::cos(a), y = ry * std::sin(a);
            points.emplace_back(32 + x * std::cos(tilt) - y * std::sin(tilt), 32 + x * std::sin(tilt) + y * std::cos(tilt));
        };
        for (int i = 0; i <= 30; ++i)
            on(from + (to - from) * i / 30, 39, 12.5F);
        for (int i = 30; i >= 0; --i)
            on(from + (to - from) * i / 30, 29.5F, 6.5F);
        return points;
    };
    painter.polygon(half_ring(k_pi, 2 * k_pi), {ring, shaded(ring, 0.75F), 1, 0});
    painter.sphere(32, 32, 24, 24, t.light, t.base, shaded(t.dark, 0.8F));
    painter.polygon(half_ring(0, k_pi), {mix(ring, k_white_pixel, 0.3F), shaded(ring, 0.85F), 1, 0});
    return painter.finish();
}

Sprite paint_fish(const Tones& t)
{
    SpritePainter painter;
    painter.polygon(rounded({{14, 32}, {3, 15}, {-5, 11}, {-2, 32}, {-5, 53}, {3, 49}}), {t.base, t.dark, 0.2F, 1});
    painter.polygon(rounded({{22, 20}, {30, 6}, {44, 5}, {50, 18}, {36, 22}}), {t.dark, t.base, 0, 1});
    painter.polygon(rounded({{26, 46}, {24, 58}, {34, 57}, {44, 47}}), {t.dark, t.dark});
    painter.polygon(rounded({{8, 32}, {22, 18}, {42, 13}, {58, 21}, {67, 33}, {57, 44}, {41, 51}, {22, 46}}),
                    {mix(t.light, t.base, 0.5F), mix(t.base, t.dark, 0.6F), 0.1F, 1});
    painter.begin_inside();
    painter.ellipse(38, 50, 30, 11, {mix(t.light, k_white_pixel, 0.25F), t.light, 0, 1}, 0.7F);
    painter.polygon(rounded({{33, 8}, {40, 30}, {34, 56}, {24, 54}, {30, 32}, {24, 12}}),
                    {mix(t.light, k_white_pixel, 0.3F), t.light, 0, 1}, 0.85F);
    painter.end_inside();
    painter.ellipse(54, 28, 5.4F, 5.4F, {k_white_pixel, rgb(236, 240, 246)});
    painter.ellipse(55.4F, 28.2F, 3, 3, {rgb(24, 26, 44), rgb(24, 26, 44)});
    return painter.finish();
}

}  // namespace

SpritePainter::Points rounded(const SpritePainter::Points& corners)
{
    SpritePainter::Points out;
    const std::size_t n = corners.size();
    for (std::size_t i = 0; i < n; ++i) {
        const cv::Point2f a = corners[(i + n - 1) % n], b = corners[i], c = corners[(i + 1) % n], d = corners[(i + 2) % n];
        for (int s = 0; s < 10; ++s) {
            const float t = s / 10.0F;
            out.push_back(0.5F * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * (t * t) +
                                  (3 * b - a - 3 * c + d) * (t * t * t)));
        }
    }
    return out;
}

Sprite paint_bird(const Tones& t, float lift)
{
    SpritePainter painter;
    // A wing: broad at the shoulder (x), swept back to its tip, raised by `up`.
    const auto wing = [lift](float x, float y, float sweep, float up) {
        const float rise = up * lift;
        return rounded({{x + 9, y},
                        {x + 2, y - 0.6F * rise - 3},
                        {x - 0.55F * sweep, y - 0.9F * rise - 2},
                        {x - sweep, y - rise},
                        {x - 0.75F * sweep, y - 0.55F * rise + 5},
                        {x - 12, y + 5}});
    };
    painter.polygon(wing(44, 36, 20, 36), {t.dark, shaded(t.dark, 0.85F)});
    painter.polygon(rounded({{14, 38}, {2, 33}, {-8, 31}, {-5, 38}, {-8, 46}, {2, 45}, {14, 44}}), {t.base, t.dark, 0, 1});
    painter.polygon(
        rounded({{6, 40}, {20, 34}, {38, 31}, {50, 27}, {58, 26}, {63, 31}, {59, 38}, {48, 45}, {30, 48}, {16, 45}}),
        {t.base, t.dark, 0, 1});
    painter.polygon(rounded({{61, 28}, {72, 33}, {60, 36}}), {rgb(250, 176, 64), rgb(240, 150, 50)});
    painter.polygon(wing(38, 39, 36, 40), {t.light, t.base, 1, 0.4F});
    painter.ellipse(56, 31, 2.6F, 2.6F, {rgb(24, 26, 44), rgb(24, 26, 44)});
    return painter.finish();
}

Sprite paint_figure(Subject subject, const Tones& tones)
{
    switch (subject) {
        case Subject::boat:
            return paint_boat(tones);
        case Subject::kite:
            return paint_kite(tones);
        case Subject::plane:
            return paint_plane(tones);
        case Subject::star:
            return paint_star(tones);
        case Subject::ball:
            return paint_ball(tones);
        case Subject::heart:
            return paint_heart(tones);
        case Subject::lantern:
            return paint_lantern(tones);
        case Subject::rocket:
            return paint_rocket(tones);
        case Subject::planet:
            return paint_planet(tones);
        case Subject::fish:
            return paint_fish(tones);
        case Subject::birds:
            return paint_bird(tones, 0.4F);
        case Subject::butterfly:
            return paint_butterfly(tones, 1);
        case Subject::leaf:
            return paint_leaf(tones);
        case Subject::umbrella:
            return paint_umbrella(tones);
        case Subject::flower:
            return paint_flower(tones);
        case Subject::duck:
            return paint_duck(tones);
        case Subject::car:
            return paint_car(tones);
        default:
            return paint_balloon(tones);
    }
}

}  // namespace kinora::training
