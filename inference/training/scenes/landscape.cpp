#include "inference/training/scenes/landscape.h"

#include <numbers>

#include "inference/training/scenes/palette.h"
#include "inference/training/scenes/ridge.h"
#include "inference/training/scenes/silhouette.h"

namespace kinora::training {
namespace {

/// Colours of sheet `u` (0 far … 1 near) of a land.
EdgeLook sheet_look(const LandPalette& land, TimeOfDay time, float u)
{
    EdgeLook look;
    look.top = seen_at(mix(land.top, land.bottom, 0.55F * u), time, 0.55F - 0.53F * u);
    look.bottom = seen_at(mix(land.top, land.bottom, 0.4F + 0.6F * u), time, 0.46F - 0.44F * u);
    look.rim = time == TimeOfDay::night ? 0.06F : 0.14F;
    return look;
}

/// Snow takes the colour of the light instead of darkening like earth: lit top and shadowed foot of sheet `u`.
LandPalette snow_in_light(TimeOfDay time, float u)
{
    LandPalette snow{rgb(252, 253, 255), rgb(168, 198, 234)};
    if (time == TimeOfDay::morning) snow = {rgb(255, 246, 238), rgb(196, 196, 226)};
    if (time == TimeOfDay::sunset) snow = {rgb(255, 222, 204), rgb(204, 148, 172)};
    if (time == TimeOfDay::dusk) snow = {rgb(214, 190, 226), rgb(130, 108, 176)};
    if (time == TimeOfDay::night) snow = {rgb(150, 172, 220), rgb(70, 94, 158)};
    const SkyPalette& sky = sky_palette(time);
    const Pixel air = mix(sky.middle, sky.horizon, 0.6F);
    return {mix(mix(snow.top, snow.bottom, 0.18F * (1 - u)), air, 0.3F * (1 - u)), mix(snow.bottom, air, 0.3F * (1 - u))};
}

/// A round leafy tree that stands on the ground at (x, y).
void add_round_tree(Silhouette& sheet, float x, float y, float size)
{
    sheet.add_rectangle(x - 2.2F * size, y - 12 * size, x + 2.2F * size, y + 4);
    sheet.add_ellipse({x, y - 20 * size}, 11.5F * size, 13 * size);
}

/// A fir of three soft tiers that stands on the ground at (x, y).
void add_fir(Silhouette& sheet, float x, float y, float height)
{
    const float w = height * 0.27F;
    sheet.add_rectangle(x - height * 0.04F, y - height * 0.2F, x + height * 0.04F, y + 4);
    sheet.add_polygon(
        std::vector<cv::Point2f>{{x, y - height}, {x + w * 0.62F, y - height * 0.56F}, {x - w * 0.62F, y - height * 0.56F}});
    sheet.add_polygon(std::vector<cv::Point2f>{
        {x, y - height * 0.8F}, {x + w * 0.84F, y - height * 0.32F}, {x - w * 0.84F, y - height * 0.32F}});
    sheet.add_polygon(
        std::vector<cv::Point2f>{{x, y - height * 0.6F}, {x + w, y - height * 0.08F}, {x - w, y - height * 0.08F}});
}

}  // namespace

std::vector<Wave> random_waves(PortableRandom& random, std::initializer_list<std::pair<float, float>> lengths_and_heights)
{
    std::vector<Wave> waves;
    for (const auto& [length, height] : lengths_and_heights) {
        const float stretched = length * random.uniform(0.85F, 1.15F);
        waves.push_back(
            {stretched, height * random.uniform(0.75F, 1.15F), random.uniform(0, 2 * std::numbers::pi_v<float>)});
    }
    return waves;
}

float at(const std::vector<Wave>& waves, float x)
{
    float sum = 0;
    for (const Wave& wave : waves)
        sum += wave.height * std::sin(2 * std::numbers::pi_v<float> * x / wave.length + wave.phase);
    return sum;
}

float random_horizon(Place place, const PictureSize& size, PortableRandom& random)
{
    switch (place) {
        case Place::sea:
        case Place::lake:
            return random.uniform(106, 120) * size.down();
        case Place::sky:
            return 172 * size.down();
        default:
            return random.uniform(116, 130) * size.down();
    }
}

std::vector<Layer> paint_hills(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        const auto waves = random_waves(random, {{330, 12.0F - 2 * i}, {170, 8}, {95, 2.5F}});
        const auto line = [&](float x) { return horizon - 6 + 25.0F * i * stage.size.down() + at(waves, x); };
        // Green against the pink of dusk turns grey, so the hills are painted bluer then.
        const LandPalette dusky{rgb(104, 196, 140), rgb(30, 122, 104)};
        const EdgeLook look = sheet_look(time == TimeOfDay::dusk ? dusky : land_palette(Place::hills), time,
                                         time == TimeOfDay::dusk ? 0.2F + 0.8F * u : u);
        if (i == 1) {
            Silhouette trees(stage);
            const int count = stage.size.beside(3);
            for (int t = 0; t < count; ++t) {
                const float x = random.uniform(-20, stage.size.width + 20.0F);
                add_round_tree(trees, x, line(x), random.uniform(0.85F, 1.15F));
            }
            EdgeLook leaves = look;
            leaves.top = seen_at(rgb(60, 140, 76), time, 0.2F);
            leaves.bottom = seen_at(rgb(30, 100, 64), time, 0.15F);
            leaves.depth = 40;
            layers.push_back(trees.layer(leaves, line(stage.size.width / 2.0F) - 30));
            layers.back().parallax = 0.35F + 0.65F * u;
        }
        layers.push_back(ridge(stage, heights(stage, line), look));
        layers.back().parallax = 0.35F + 0.65F * u;
    }
    return layers;
}

std::vector<Layer> paint_desert(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        const auto waves = random_waves(random, {{360, 7}, {190, 5}});
        const float length = random.uniform(150, 190) + 20 * i;
        const float shift = random.uniform(0, length);
        const float steep = random.sign();
        const auto line = [&](float x) {
            // A dune rises gently on the windward side and falls off sharply behind its crest.
            float t = (x + shift) / length;
            t -= std::floor(t);
            if (steep < 0) t = 1 - t;
            const float rise = t < 0.68F ? smooth(t / 0.68F) : (1 - t) / 0.32F;
            return horizon + 6 + 25.0F * i * stage.size.down() + at(waves, x) - 24 * rise * (1.25F - 0.25F * rise);
        };
        EdgeLook look = sheet_look(land_palette(Place::desert), time, 0.4F + 0.6F * u);
        look.top = mix(look.top, seen_at(rgb(255, 214, 146), time, 0.3F), 0.45F * (1 - u));
        look.depth = 58;
        layers.push_back(ridge(stage, heights(stage, line), look));
        layers.back().parallax = 0.35F + 0.65F * u;
    }
    return layers;
}

std::vector<Layer> paint_snow(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        const auto waves = random_waves(random, {{310, 11}, {160, 6}, {90, 2}});
        const auto line = [&](float x) { return horizon - 4 + 24.0F * i * stage.size.down() + at(waves, x); };
        const LandPalette snow = snow_in_light(time, u);
        EdgeLook look{snow.top, snow.bottom};
        look.rim = time == TimeOfDay::night ? 0.12F : 0.35F;
        if (i == 1) {
            Silhouette trees(stage);
            for (int t = 0; t < stage.size.beside(4); ++t) {
                const float x = random.uniform(-20, stage.size.width + 20.0F);
                add_fir(trees, x, line(x) + 2, random.uniform(34, 46) * stage.size.tall());
            }
            const EdgeLook firs{seen_at(rgb(196, 216, 236), time, 0.1F), seen_at(rgb(58, 104, 116), time, 0.15F), 30, 0.2F,
                                0.1F};
            layers.push_back(trees.layer(firs, line(stage.size.width / 2.0F) - 42));
            layers.back().parallax = 0.35F + 0.65F * u;
        }
        layers.push_back(ridge(stage, heights(stage, line), look));
        layers.back().parallax = 0.35F + 0.65F * u;
    }
    return layers;
}

std::vector<Layer> paint_forest(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    for (int i = 0; i < 3; ++i) {
        const float u = i / 2.0F;
        const auto waves = random_waves(random, {{300, 8}, {150, 4}});
        const auto line = [&](float x) { return horizon + 14 + 26.0F * i * stage.size.down() + at(waves, x); };
        Silhouette trees(stage);
        trees.add_ground(heights(stage, line));
        const float gap = 21.0F + 9 * i;
        for (float x = -80; x < stage.size.width + 80; x += gap * random.uniform(0.75F, 1.25F)) {
            add_fir(trees, x, line(x) + 3, (40.0F + 12 * i) * stage.size.tall() * random.uniform(0.8F, 1.25F));
        }
        const LandPalette& land = land_palette(Place::forest);
        EdgeLook look;
        look.top = seen_at(mix(land.top, land.bottom, 0.65F * u), time, 0.56F - 0.5F * u);
        look.bottom = seen_at(mix(land.top, land.bottom, 0.3F + 0.7F * u), time, 0.6F - 0.57F * u);
        look.depth = 62;
        look.rim = 0.06F;
        layers.push_back(trees.layer(look, horizon - 30 + 20 * i * stage.size.down()));
        layers.back().parallax = 0.35F + 0.65F * u;
    }
    return layers;
}

std::vector<Layer> paint_islands(const Stage& stage, TimeOfDay time, float horizon, PortableRandom& random)
{
    std::vector<Layer> layers;
    if (!random.chance(0.6F)) return layers;
    const auto waves = random_waves(random, {{420, 15}, {180, 7}, {80, 2}});
    const auto line = [&](float x) { return std::min(horizon + 2, horizon - 5 + at(waves, x)); };
    const EdgeLook look{seen_at(rgb(112, 126, 170), time, 0.42F), seen_at(rgb(76, 96, 146), time, 0.5F), 26, 0.06F, 0.1F};
    layers.push_back(ridge(stage, heights(stage, line), look));
    layers.back().parallax = 0.1F;
    return layers;
}

std::vector<Layer> paint_land(const Stage& stage, const SceneSpec& spec, float horizon, PortableRandom& random)
{
    switch (spec.place) {
        case Place::mountains:
            return paint_mountains(stage, spec.time, horizon, random);
        case Place::desert:
            return paint_desert(stage, spec.time, horizon, random);
        case Place::forest:
            return paint_forest(stage, spec.time, horizon, random);
        case Place::city:
            return paint_city(stage, spec.time, horizon, random);
        case Place::snow:
            return paint_snow(stage, spec.time, horizon, random);
        case Place::sea:
            return paint_islands(stage, spec.time, horizon, random);
        case Place::hills:
            return paint_hills(stage, spec.time, horizon, random);
        case Place::lake:
            return paint_shore(stage, spec.time, horizon, random);
        case Place::field:
            return paint_field(stage, spec.time, horizon, random);
        case Place::canyon:
            return paint_canyon(stage, spec.time, horizon, random);
        default:
            return {};
    }
}

}  // namespace kinora::training
