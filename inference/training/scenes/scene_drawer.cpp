#include "inference/training/scenes/scene_drawer.h"

#include <optional>

#include "inference/training/scenes/actor.h"
#include "inference/training/scenes/camera.h"
#include "inference/training/scenes/elsewhere.h"
#include "inference/training/scenes/landscape.h"
#include "inference/training/scenes/sky.h"
#include "inference/training/scenes/water.h"
#include "inference/training/scenes/weather.h"

namespace kinora::training {
namespace {

/// Everything of a scene that does not change from frame to frame.
struct Set {
    std::vector<Layer> sheets;   ///< behind the subject, farthest first
    std::vector<Layer> falling;  ///< in front of it
    std::optional<Water> water;
    std::optional<LightShafts> shafts;
    std::optional<BokehLights> lights;
    std::optional<PaperWaves> waves;
    float horizon = k_scene_height / 2.0F;
};

void append(std::vector<Layer>& to, std::vector<Layer> from)
{
    for (Layer& layer : from)
        to.push_back(std::move(layer));
}

void build_outdoors(Set& set, const SceneSpec& spec, const Stage& stage, PortableRandom& random)
{
    set.horizon = random_horizon(spec.place, random);
    set.sheets.push_back(paint_sky(stage, spec, set.horizon, random));
    append(set.sheets, paint_clouds(spec, set.horizon, random));
    if (spec.place == Place::sky) append(set.sheets, paint_cloud_banks(spec, random));
    append(set.sheets, paint_land(stage, spec, set.horizon, random));
    if (spec.place == Place::sea) set.water.emplace(spec.time, set.horizon);
    set.falling = paint_falling(spec.weather, random);
}

Set build(const SceneSpec& spec, const Stage& stage, PortableRandom& random)
{
    Set set;
    switch (spec.place) {
        case Place::space:
            set.sheets = paint_space(stage, random);
            break;
        case Place::underwater:
            set.sheets = paint_underwater(stage, random);
            set.shafts.emplace(random);
            set.falling.push_back(paint_bubbles(random));
            break;
        case Place::bokeh:
            set.lights.emplace(spec.theme, random);
            set.sheets.push_back(set.lights->backdrop(stage));
            break;
        case Place::waves:
            set.waves.emplace(spec.theme, random);
            set.sheets.push_back(set.waves->backdrop(stage));
            set.horizon = 120;
            break;
        default:
            build_outdoors(set, spec, stage, random);
    }
    return set;
}

/// Glues sheets together that never move against each other, so that each frame has less to lay down.
void glue(std::vector<Layer>& sheets)
{
    std::vector<Layer> glued;
    for (Layer& sheet : sheets) {
        const bool joins = !glued.empty() && !sheet.moves() && !glued.back().moves();
        if (joins) {
            glued.back().flatten(sheet);
        } else {
            glued.push_back(std::move(sheet));
        }
    }
    sheets = std::move(glued);
}

void lay_sheets(const std::vector<Layer>& sheets, const View& view, int frame, int bottom, Pixel* picture)
{
    for (int y = 0; y < bottom; ++y) {
        std::size_t first = sheets.size() - 1;
        while (first > 0 && sheets[first].cover(y, view, frame) != Layer::Cover::opaque)
            --first;
        Pixel* row = picture + static_cast<std::size_t>(y) * k_scene_width;
        for (std::size_t i = first; i < sheets.size(); ++i) {
            if (sheets[i].cover(y, view, frame) != Layer::Cover::empty) sheets[i].compose(y, view, frame, row);
        }
    }
}

void to_bytes(const std::vector<Pixel>& picture, std::uint8_t* out)
{
    using Whole = int __attribute__((vector_size(16)));
    for (const Pixel& pixel : picture) {
        const Whole values = __builtin_convertvector(pixel.v * 255.0F + 0.5F, Whole);
        for (int c = 0; c < 3; ++c)
            *out++ = static_cast<std::uint8_t>(std::clamp(values[c], 0, 255));
    }
}

}  // namespace

DrawnClip draw(const SceneSpec& spec, int frames)
{
    PortableRandom random(spec.seed);
    const CameraPath camera(spec.camera, frames);
    Set set = build(spec, camera.stage(), random);
    if (spec.camera == Camera::still) glue(set.sheets);
    std::optional<Actor> actor;
    if (spec.subject != Subject::none) actor.emplace(spec, frames, set.horizon, random);

    DrawnClip clip;
    clip.frames = frames;
    clip.rgb.resize(clip.frame_size() * static_cast<std::size_t>(frames));
    clip.subject_boxes.resize(static_cast<std::size_t>(frames));
    std::vector<Pixel> picture(static_cast<std::size_t>(k_scene_width) * k_scene_height);
    for (int f = 0; f < frames; ++f) {
        const View view = camera.view(f);
        const int bottom =
            set.water ? std::min(k_scene_height, static_cast<int>(set.water->horizon(view)) + 2) : k_scene_height;
        lay_sheets(set.sheets, view, f, bottom, picture.data());
        if (set.shafts) {
            set.shafts->prepare(f, view);
            for (int y = 0; y < k_scene_height; ++y)
                set.shafts->add(y, picture.data() + static_cast<std::size_t>(y) * k_scene_width);
        }
        if (set.lights) set.lights->add(f, view, picture.data());
        if (set.waves) set.waves->add(f, view, picture.data());
        if (set.water) set.water->add(f, view, picture.data());
        if (actor) clip.subject_boxes[static_cast<std::size_t>(f)] = actor->draw(f, view, picture.data());
        for (const Layer& layer : set.falling) {
            for (int y = 0; y < k_scene_height; ++y) {
                if (layer.cover(y, view, f) == Layer::Cover::empty) continue;
                layer.compose(y, view, f, picture.data() + static_cast<std::size_t>(y) * k_scene_width);
            }
        }
        to_bytes(picture, clip.rgb.data() + clip.frame_size() * static_cast<std::size_t>(f));
    }
    return clip;
}

}  // namespace kinora::training
