#include "inference/training/scenes/sky.h"

#include "inference/training/scenes/palette.h"
#include "inference/training/scenes/ridge.h"

namespace kinora::training {
namespace {

Pixel gradient(const SkyPalette& sky, float t)
{
    return t < 0.55F ? mix(sky.zenith, sky.middle, smooth(t / 0.55F))
                     : mix(sky.middle, sky.horizon, smooth((t - 0.55F) / 0.45F));
}

struct LightDisc {
    float x;
    float y;
    float radius;
    bool crescent;
};

LightDisc place_light(const SceneSpec& spec, float horizon, PortableRandom& random)
{
    LightDisc disc{};
    disc.x = spec.picture.width / 2.0F + random.sign() * random.uniform(46, 112) * spec.picture.across();
    disc.y = random.uniform(36, 60) * spec.picture.down();
    disc.radius = spec.light == Light::moon ? 19.0F : 23.0F;
    disc.crescent = spec.light == Light::moon && random.chance(0.5F);
    const bool low = spec.time == TimeOfDay::sunset || spec.time == TimeOfDay::morning || spec.time == TimeOfDay::dusk;
    // The banks of the cloudscape hide what stands near its horizon.
    const float seen = std::min(horizon, 104.0F * spec.picture.down());
    if (spec.light == Light::sun && low) disc.y = seen - random.uniform(14, 40);
    return disc;
}

void paint_light(Layer& layer, const LightDisc& disc, const SceneSpec& spec, float veil)
{
    const Pixel colour = spec.light == Light::moon ? rgb(240, 242, 255) : sky_palette(spec.time).light;
    const Pixel face = mix(colour, k_white_pixel, spec.light == Light::moon ? 0.1F : 0.3F);
    const float strength = (spec.light == Light::moon ? 0.5F : 1.0F) * veil;
    std::vector<float> glow(600);
    for (std::size_t i = 0; i < glow.size(); ++i) {
        const float distance = static_cast<float>(i);
        glow[i] = strength * (0.5F * std::exp(distance / -44.0F) + 0.26F * std::exp(distance / -110.0F));
    }
    const float cx = disc.x + layer.margin_x();
    const float cy = disc.y + layer.margin_y();
    for (int y = 0; y < layer.height(); ++y) {
        Pixel* pixels = layer.row(y);
        for (int x = 0; x < layer.width(); ++x) {
            const float distance = std::hypot(x - cx, y - cy);
            pixels[x] = screen(pixels[x], colour, glow[std::min<std::size_t>(static_cast<std::size_t>(distance), 599)]);
            float cover = std::clamp(disc.radius - distance + 0.5F, 0.0F, 1.0F);
            if (cover > 0.0F && disc.crescent) {
                const float bite = std::hypot(x - cx - disc.radius * 0.52F, y - cy + disc.radius * 0.22F);
                cover *= 1.0F - smooth((disc.radius * 0.9F - bite + 1.0F) / 2.0F);
            }
            if (cover > 0.0F) pixels[x] = mix(pixels[x], face, cover * veil);
        }
    }
}

/// One puffy cloud: circles on a common base, painted into a wrapping layer.
struct Cloud {
    float x;
    float base;
    float size;
    Pixel light;
    Pixel dark;
    float opacity;
};

void paint_cloud(Layer& layer, const Cloud& cloud, PortableRandom& random)
{
    struct Puff {
        float x;
        float y;
        float radius;
    };
    std::vector<Puff> puffs;
    const float s = cloud.size;
    const int count = 5;
    for (int i = 0; i < count; ++i) {
        const float across = (i - (count - 1) / 2.0F) / ((count - 1) / 2.0F);
        const float radius = s * (random.uniform(17, 21) - 8.0F * std::abs(across));
        puffs.push_back({cloud.x + across * 36 * s + random.uniform(-3, 3), cloud.base - radius * 0.62F, radius});
    }
    const int top = static_cast<int>(cloud.base - 42 * s);
    for (int y = std::max(0, top); y < std::min(layer.height(), static_cast<int>(cloud.base) + 4); ++y) {
        for (int i = static_cast<int>(cloud.x - 62 * s); i < static_cast<int>(cloud.x + 62 * s); ++i) {
            float inside = -10;
            for (const Puff& puff : puffs) {
                inside = std::max(inside, puff.radius - std::hypot(i - puff.x, y - puff.y));
            }
            inside = std::min(inside, cloud.base - y);
            const float alpha = smooth((inside + 1.2F) / 2.8F) * cloud.opacity;
            if (alpha <= 0.0F) continue;
            const float up = (cloud.base - y) / (34 * s);
            Pixel colour = mix(cloud.dark, cloud.light, smooth(up * 1.25F));
            Pixel& below = layer.row(y)[(i % layer.width() + layer.width()) % layer.width()];
            below = over(colour * alpha, below);
        }
    }
}

struct CloudTones {
    Pixel light;
    Pixel dark;
};

CloudTones cloud_tones(const SceneSpec& spec)
{
    const SkyPalette& sky = sky_palette(spec.time);
    CloudTones tones{mix(mix(sky.light, k_white_pixel, 0.5F), sky.middle, 0.06F), mix(sky.middle, sky.horizon, 0.6F)};
    if (spec.time == TimeOfDay::sunset) tones = {rgb(255, 206, 168), rgb(226, 112, 116)};
    if (spec.time == TimeOfDay::dusk) tones = {rgb(214, 150, 186), rgb(126, 88, 156)};
    if (spec.time == TimeOfDay::night) tones = {rgb(86, 108, 164), rgb(36, 54, 108)};
    if (spec.weather == Weather::rain) {
        const float k = spec.time == TimeOfDay::night ? 0.9F : 0.74F;
        tones = {shaded(mix(tones.light, rgb(150, 160, 180), 0.45F), k),
                 shaded(mix(tones.dark, rgb(110, 120, 145), 0.5F), k)};
    }
    if (spec.weather == Weather::snowfall) tones.dark = mix(tones.dark, tones.light, 0.4F);
    return tones;
}

constexpr int k_cloud_period = 480;

}  // namespace

void scatter_stars(Layer& layer, const PictureSize& size, int count, float lowest, float smallest, float largest,
                   PortableRandom& random)
{
    for (int i = 0; i < count; ++i) {
        // The draw is the same whatever the margins are, so that the camera does not decide where stars stand.
        const float x = random.uniform(-60, size.width + 60.0F) + layer.margin_x();
        const float y = random.uniform(-30, lowest) + layer.margin_y();
        const float radius = random.uniform(smallest, largest);
        const float brightness = random.uniform(0.5F, 0.95F);
        for (int py = std::max(0, static_cast<int>(y - 8)); py < std::min(layer.height(), static_cast<int>(y + 9)); ++py) {
            for (int px = std::max(0, static_cast<int>(x - 8)); px < std::min(layer.width(), static_cast<int>(x + 9));
                 ++px) {
                const float d2 = ((px - x) * (px - x) + (py - y) * (py - y)) / (radius * radius);
                if (d2 > 7.0F) continue;
                layer.row(py)[px] = over(rgb(255, 250, 236) * (brightness * std::exp(-d2)), layer.row(py)[px]);
            }
        }
    }
}

Layer paint_sky(const Stage& stage, const SceneSpec& spec, float horizon, PortableRandom& random)
{
    const SkyPalette& sky = sky_palette(spec.time);
    Layer layer(stage);
    layer.parallax = 0.08F;
    const bool wet = spec.weather == Weather::rain || spec.weather == Weather::snowfall;
    const Pixel grey = spec.weather == Weather::rain ? shaded(mix(sky.middle, rgb(128, 138, 156), 0.4F), 0.82F)
                                                     : mix(sky.middle, sky.horizon, 0.5F);
    for (int y = 0; y < layer.height(); ++y) {
        const float screen_y = static_cast<float>(y - stage.margin_y);
        Pixel colour = gradient(sky, std::clamp(screen_y / horizon, 0.0F, 1.0F));
        if (wet) colour = mix(colour, grey, 0.25F + 0.4F * smooth(1.0F - screen_y / (horizon + 20)));
        std::fill_n(layer.row(y), layer.width(), colour);
    }
    if (spec.time == TimeOfDay::night) scatter_stars(layer, stage.size, 30, horizon - 16, 1.9F, 2.9F, random);
    if (spec.time == TimeOfDay::dusk) scatter_stars(layer, stage.size, 9, horizon - 60, 1.8F, 2.6F, random);
    if (spec.light != Light::none) paint_light(layer, place_light(spec, horizon, random), spec, wet ? 0.82F : 1.0F);
    layer.finish();
    return layer;
}

std::vector<Layer> paint_clouds(const SceneSpec& spec, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    if (spec.weather == Weather::clear) return layers;
    const CloudTones tones = cloud_tones(spec);
    const float drift = random.sign();
    const bool wet = spec.weather != Weather::clouds;
    for (int i = 0; i < 2; ++i) {
        Layer layer(k_cloud_period, spec.picture.height * 2, 0, 0);
        layer.wraps = true;
        layer.parallax = 0.16F + 0.12F * i;
        layer.velocity_x = drift * (0.35F + 0.35F * i);
        const int count = wet ? 6 : 3;
        for (int c = 0; c < count; ++c) {
            const float x = (c + random.uniform(0.2F, 0.8F)) * k_cloud_period / count;
            const float base =
                wet ? random.uniform(18, 30) + 18 * i : random.uniform(34, std::max(50.0F, horizon - 62)) + 12 * i;
            const float size = (wet ? random.uniform(1.1F, 1.4F) : random.uniform(0.72F, 0.9F) + 0.22F * i);
            paint_cloud(layer, {x, base, size, tones.light, tones.dark, 0.94F}, random);
        }
        layer.finish();
        layers.push_back(std::move(layer));
    }
    return layers;
}

std::vector<Layer> paint_cloud_banks(const SceneSpec& spec, PortableRandom& random)
{
    std::vector<Layer> layers;
    const CloudTones tones = cloud_tones(spec);
    const SkyPalette& sky = sky_palette(spec.time);
    const Pixel air = mix(sky.middle, sky.horizon, 0.6F);
    const float drift = random.sign();
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        Layer layer(k_cloud_period, spec.picture.height * 2, 0, 0);
        layer.wraps = true;
        layer.parallax = 0.35F + 0.3F * i;
        layer.velocity_x = drift * (0.25F + 0.3F * i);
        // How deep inside the bank each pixel lies: in one of its round heads, or below their common line.
        const float base = (122.0F + 27.0F * i) * spec.picture.down();
        const int bottom_row = spec.picture.height + spec.picture.height / 2;
        std::vector<float> depth(static_cast<std::size_t>(k_cloud_period) * bottom_row);
        for (int y = 0; y < bottom_row; ++y)
            std::fill_n(depth.begin() + static_cast<std::ptrdiff_t>(y) * k_cloud_period, k_cloud_period, y - base - 14);
        const int count = 10 - 2 * i;
        for (int c = 0; c < count; ++c) {
            const float cx = (c + random.uniform(0.3F, 0.7F)) * k_cloud_period / count;
            const float radius = random.uniform(28, 40) + 6 * i;
            const float cy = base + random.uniform(4, 18);
            const int reach = static_cast<int>(radius) + 21;
            for (int y = std::max(0, static_cast<int>(cy) - reach); y < std::min(bottom_row, static_cast<int>(cy) + reach);
                 ++y) {
                for (int x = static_cast<int>(cx) - reach; x < static_cast<int>(cx) + reach; ++x) {
                    float& d = depth[static_cast<std::size_t>(y) * k_cloud_period + (x + k_cloud_period) % k_cloud_period];
                    d = std::max(d, radius - std::hypot(x - cx, y - cy));
                }
            }
        }
        const Pixel top = mix(air, tones.light, 0.4F + 0.6F * u);
        const Pixel bottom = mix(air, mix(tones.light, tones.dark, 0.8F), 0.5F + 0.5F * u);
        for (int y = 0; y < bottom_row; ++y) {
            const Pixel colour = mix(top, bottom, smooth((y - base + 34) / 78));
            const EdgeRamp ramp({colour, mix(colour, bottom, 0.35F), 26, 0.15F, 0.3F});
            for (int x = 0; x < k_cloud_period; ++x)
                layer.row(y)[x] = ramp.at(depth[static_cast<std::size_t>(y) * k_cloud_period + x]);
        }
        layer.finish();
        layers.push_back(std::move(layer));
    }
    return layers;
}

}  // namespace kinora::training
