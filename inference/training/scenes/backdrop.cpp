#include "inference/training/scenes/backdrop.h"

#include <numbers>
#include <opencv2/imgproc.hpp>

#include "inference/training/scenes/elsewhere.h"
#include "inference/training/scenes/palette.h"

namespace kinora::training {
namespace {

constexpr float k_turn = 2 * std::numbers::pi_v<float>;
// Waves are as long in every picture; they are counted across 320 pixels.
constexpr float k_wave_base = 320;

/// Where a point at rest is seen through a zooming camera.
struct Seen {
    explicit Seen(const View& view) : zoom(view.zoom), middle_x(view.size.width / 2.0F), middle_y(view.size.height / 2.0F) {}
    [[nodiscard]] float x(float home) const { return (home - middle_x) * zoom + middle_x; }
    [[nodiscard]] float y(float home) const { return (home - middle_y) * zoom + middle_y; }

    float zoom;
    float middle_x;
    float middle_y;
};

Layer graded(const Stage& stage, Pixel top, Pixel bottom)
{
    Layer layer(stage);
    layer.parallax = 0.1F;
    for (int y = 0; y < layer.height(); ++y) {
        const float t = (y - stage.margin_y) / static_cast<float>(stage.size.height);
        std::fill_n(layer.row(y), layer.width(), mix(top, bottom, smooth(t)));
    }
    layer.finish();
    return layer;
}

}  // namespace

std::unique_ptr<Backdrop> make_backdrop(Place place, Colour theme, const PictureSize& size, PortableRandom& random)
{
    switch (place) {
        case Place::bokeh:
            return std::make_unique<BokehLights>(theme, size, random);
        case Place::waves:
            return std::make_unique<PaperWaves>(theme, size, random);
        case Place::particles:
            return std::make_unique<Particles>(theme, size, random);
        case Place::ribbons:
            return std::make_unique<Ribbons>(theme, size, random);
        case Place::rays:
            return std::make_unique<SunRays>(theme, size, random);
        default:
            return std::make_unique<ColourClouds>(theme, size, random);
    }
}

ColourClouds::ColourClouds(Colour theme, const PictureSize& size, PortableRandom& random)
{
    const bool pale = theme == Colour::white;
    const Pixel base = pale ? rgb(196, 206, 224) : paint(theme);
    const Pixel second = companion(theme);
    ground_ = mix(base, second, 0.5F);
    const std::vector<Pixel> colours{shaded(base, 0.55F),
                                     base,
                                     second,
                                     mix(base, k_white_pixel, pale ? 0.9F : 0.55F),
                                     shaded(second, 0.7F),
                                     mix(second, k_white_pixel, 0.3F)};
    const std::size_t columns = size.width < size.height ? 2 : 3, rows = colours.size() / columns;
    for (std::size_t i = 0; i < colours.size(); ++i) {
        Cloud cloud{};
        cloud.x = (static_cast<float>(i % columns) + random.uniform(0.2F, 0.8F)) * size.width / static_cast<float>(columns);
        cloud.y = (static_cast<float>(i / columns) + random.uniform(0.2F, 0.8F)) * size.height / static_cast<float>(rows);
        cloud.radius = random.uniform(52, 84);
        cloud.swing_x = random.uniform(24, 60) * random.sign();
        cloud.swing_y = random.uniform(14, 36) * random.sign();
        cloud.speed = random.uniform(0.05F, 0.085F);
        cloud.phase = random.uniform(0, k_turn);
        cloud.colour = colours[(i * 5 + 1) % colours.size()];
        clouds_.push_back(cloud);
    }
}

Layer ColourClouds::sheet(const Stage& stage) const
{
    return graded(stage, ground_, ground_);
}

void ColourClouds::add(int frame, const View& view, Pixel* picture) const
{
    // The clouds are so soft that an eighth of the size tells all of them.
    constexpr int k_step = 8;
    const Seen seen(view);
    cv::Mat small(view.size.height / k_step, view.size.width / k_step, CV_32FC4);
    for (int y = 0; y < small.rows; ++y) {
        auto* row = reinterpret_cast<Pixel*>(small.ptr<float>(y));
        for (int x = 0; x < small.cols; ++x) {
            const float px = (x + 0.5F) * k_step, py = (y + 0.5F) * k_step;
            Pixel sum = ground_ * 0.25F;
            float weight = 0.25F;
            for (const Cloud& cloud : clouds_) {
                const float angle = cloud.speed * frame + cloud.phase;
                const float cx = seen.x(cloud.x + cloud.swing_x * std::cos(angle) - view.x * 0.5F);
                const float cy = seen.y(cloud.y + cloud.swing_y * std::sin(angle) - view.y * 0.5F);
                const float radius = cloud.radius * view.zoom;
                const float w = std::exp(-((px - cx) * (px - cx) + (py - cy) * (py - cy)) / (2 * radius * radius));
                sum = sum + cloud.colour * w;
                weight += w;
            }
            row[x] = sum * (1.0F / weight);
        }
    }
    cv::Mat whole(view.size.height, view.size.width, CV_32FC4, picture);
    cv::resize(small, whole, whole.size(), 0, 0, cv::INTER_CUBIC);
}

Particles::Particles(Colour theme, const PictureSize& size, PortableRandom& random)
{
    const bool pale = theme == Colour::white;
    const Pixel base = pale ? rgb(120, 130, 156) : paint(theme);
    top_ = mix(shaded(base, 0.2F), rgb(10, 10, 26), 0.35F);
    bottom_ = mix(shaded(companion(theme), 0.5F), rgb(16, 14, 34), 0.25F);
    for (int i = 0; i < 30; ++i) {
        Particle particle{};
        particle.x = random.uniform(0, static_cast<float>(size.width));
        particle.y = random.uniform(0, size.height + 40.0F);
        particle.radius = random.uniform(3.0F, 7.5F);
        particle.rise = random.uniform(0.5F, 1.1F) * (0.4F + particle.radius / 7);
        particle.phase = random.uniform(0, k_turn);
        particle.strength = random.uniform(0.6F, 1.0F);
        particle.colour =
            mix(mix(paint(theme), companion(theme), random.uniform()), k_white_pixel, random.uniform(0.2F, 0.6F));
        particles_.push_back(particle);
    }
}

Layer Particles::sheet(const Stage& stage) const
{
    return graded(stage, top_, bottom_);
}

void Particles::add(int frame, const View& view, Pixel* picture) const
{
    const auto around = [](float value, float period) { return value - period * std::floor(value / period) - 20; };
    const Seen seen(view);
    const int width = view.size.width, height = view.size.height;
    for (const Particle& particle : particles_) {
        const float depth = 0.3F + particle.radius / 9;
        const float home_x =
            around(particle.x + 6 * std::sin(frame * 0.09F + particle.phase) - view.x * depth, width + 40.0F);
        const float home_y = around(particle.y - particle.rise * frame - view.y * depth, height + 40.0F);
        const float cx = seen.x(home_x);
        const float cy = seen.y(home_y);
        const float radius = particle.radius * view.zoom;
        const float reach = 3 * radius;
        const float strength = particle.strength * (0.8F + 0.2F * std::sin(frame * 0.2F + 2 * particle.phase));
        const int x0 = std::max(0, static_cast<int>(cx - reach)), x1 = std::min(width, static_cast<int>(cx + reach) + 1);
        const int y0 = std::max(0, static_cast<int>(cy - reach)), y1 = std::min(height, static_cast<int>(cy + reach) + 1);
        for (int y = y0; y < y1; ++y) {
            Pixel* row = picture + static_cast<std::size_t>(y) * view.size.width;
            for (int x = x0; x < x1; ++x) {
                const float d2 = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (radius * radius);
                row[x] =
                    screen(row[x], particle.colour, strength * (0.75F * std::exp(-2 * d2) + 0.25F * std::exp(-0.6F * d2)));
            }
        }
    }
}

Ribbons::Ribbons(Colour theme, const PictureSize& size, PortableRandom& random)
{
    const bool pale = theme == Colour::white;
    const Pixel base = paint(theme);
    const Pixel second = companion(theme);
    top_ = pale ? rgb(150, 160, 184) : shaded(base, 0.3F);
    bottom_ = pale ? rgb(196, 204, 220) : shaded(second, 0.5F);
    const float flow = random.sign();
    for (int i = 0; i < 4; ++i) {
        const Pixel tone = mix(base, second, i / 3.0F);
        Ribbon ribbon{};
        ribbon.y = (34.0F + 42 * i) * size.down() + random.uniform(-8, 8);
        ribbon.half = random.uniform(11, 19);
        ribbon.height = random.uniform(14, 26);
        ribbon.waves = random.uniform(0.8F, 1.5F);
        ribbon.speed = flow * random.uniform(0.012F, 0.022F);
        ribbon.phase = random.uniform(0, k_turn);
        ribbon.light = mix(tone, k_white_pixel, pale ? 0.9F : 0.5F);
        ribbon.dark = pale ? rgb(210, 216, 228) : shaded(tone, 0.8F);
        ribbons_.push_back(ribbon);
    }
}

Layer Ribbons::sheet(const Stage& stage) const
{
    return graded(stage, top_, bottom_);
}

void Ribbons::add(int frame, const View& view, Pixel* picture) const
{
    const Pixel shadow{Pixel::Vector{0, 0, 0, 1}};
    const Seen seen(view);
    const Canvas canvas{picture, view.size};
    for (std::size_t i = 0; i < ribbons_.size(); ++i) {
        const Ribbon& ribbon = ribbons_[i];
        const float depth = 0.4F + 0.15F * static_cast<float>(i);
        for (int x = 0; x < view.size.width; ++x) {
            const float source = ((x - seen.middle_x) / view.zoom + seen.middle_x + view.x * depth) / k_wave_base;
            const float angle = k_turn * (ribbon.waves * source + ribbon.speed * frame) + ribbon.phase;
            const float home =
                ribbon.y + ribbon.height * std::sin(angle) + 0.3F * ribbon.height * std::sin(2.3F * angle) - view.y * depth;
            const float middle = seen.y(home);
            // A band of silk is narrow where it turns away.
            const float half = ribbon.half * view.zoom * (0.62F + 0.38F * std::cos(angle + 0.9F));
            const int y0 = std::max(0, static_cast<int>(middle - half - 3)),
                      y1 = std::min(view.size.height, static_cast<int>(middle + half + 12));
            for (int y = y0; y < y1; ++y) {
                Pixel& below = canvas.row(y)[x];
                const float beneath = y - middle - half;
                if (beneath > 0) below = over(shadow * (0.22F * std::exp(-beneath / 4)), below);
                const float cover = smooth((half + 1 - std::abs(y - middle)) / 2);
                const float t = (y - middle + half) / (2 * half + 0.01F);
                if (cover > 0) below = mix(below, mix(ribbon.light, ribbon.dark, smooth(t)), cover * 0.94F);
            }
        }
    }
}

SunRays::SunRays(Colour theme, const PictureSize& size, PortableRandom& random)
{
    const bool pale = theme == Colour::white;
    const Pixel base = pale ? rgb(206, 214, 228) : paint(theme);
    x_ = size.width / 2.0F + random.uniform(-60, 60) * size.across();
    y_ = (random.chance(0.5F) ? random.uniform(-20, 20) : random.uniform(80, 150)) * size.down();
    rays_ = 8 + static_cast<int>(random.index(5));
    speed_ = random.sign() * random.uniform(0.008F, 0.016F);
    start_ = random.uniform(0, k_turn);
    light_ = mix(base, k_white_pixel, pale ? 0.8F : 0.38F);
    dark_ = pale ? rgb(176, 188, 210) : mix(base, shaded(companion(theme), 0.75F), 0.55F);
}

Layer SunRays::sheet(const Stage& stage) const
{
    return graded(stage, dark_, dark_);
}

void SunRays::add(int frame, const View& view, Pixel* picture) const
{
    const Seen seen(view);
    const float cx = seen.x(x_ - view.x * 0.5F);
    const float cy = seen.y(y_ - view.y * 0.5F);
    const float turn = start_ + speed_ * frame;
    const auto rays = static_cast<float>(rays_);
    for (int y = 0; y < view.size.height; ++y) {
        Pixel* row = picture + static_cast<std::size_t>(y) * view.size.width;
        for (int x = 0; x < view.size.width; ++x) {
            const float distance = std::hypot(x - cx, y - cy);
            // How far inside a ray, in pixels across it, so that all edges are equally soft.
            const float wave = std::sin(rays * (std::atan2(y - cy, x - cx) + turn));
            const float inside = wave * distance / rays;
            const float glow = 0.5F * std::exp(-distance / 70);
            const Pixel tone = mix(dark_, light_, smooth(inside / 3.0F + 0.5F));
            row[x] = mix(tone, k_white_pixel, glow);
        }
    }
}

}  // namespace kinora::training
