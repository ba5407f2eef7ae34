#include "inference/training/scenes/scene_drawer.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

#include "inference/training/scenes/actor.h"
#include "inference/training/scenes/backdrop.h"
#include "inference/training/scenes/camera.h"
#include "inference/training/scenes/elsewhere.h"
#include "inference/training/scenes/landscape.h"
#include "inference/training/scenes/sky.h"
#include "inference/training/scenes/style.h"
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
    std::unique_ptr<Backdrop> backdrop;
    float horizon = 0;
};

void append(std::vector<Layer>& to, std::vector<Layer> from)
{
    for (Layer& layer : from)
        to.push_back(std::move(layer));
}

void build_outdoors(Set& set, const SceneSpec& spec, const Stage& stage, PortableRandom& random)
{
    set.horizon = random_horizon(spec.place, spec.picture, random);
    // Where the time changes, each part has numbers of its own: the stars of one hour must not move the land of the other.
    PortableRandom of_sky(random), of_land(random);
    if (spec.later != TimeOfDay::none) {
        of_sky = PortableRandom(random.next());
        of_land = PortableRandom(random.next());
    }
    PortableRandom& sky = spec.later != TimeOfDay::none ? of_sky : random;
    PortableRandom& land = spec.later != TimeOfDay::none ? of_land : random;
    set.sheets.push_back(paint_sky(stage, spec, set.horizon, sky));
    append(set.sheets, paint_clouds(spec, set.horizon, land));
    if (spec.place == Place::sky) append(set.sheets, paint_cloud_banks(spec, land));
    append(set.sheets, paint_land(stage, spec, set.horizon, land));
    if (spec.place == Place::sea || spec.place == Place::lake) set.water.emplace(spec.time, set.horizon, spec.picture);
    set.falling = paint_falling(spec.weather, spec.picture, random);
}

Set build(const SceneSpec& spec, const Stage& stage, PortableRandom& random)
{
    Set set;
    set.horizon = spec.picture.height / 2.0F;
    if (has_theme(spec.place)) {
        set.backdrop = make_backdrop(spec.place, spec.theme, spec.picture, random);
        set.sheets.push_back(set.backdrop->sheet(stage));
        if (spec.place == Place::waves) set.horizon = 120 * spec.picture.down();
        return set;
    }
    switch (spec.place) {
        case Place::space:
            set.sheets = paint_space(stage, random);
            break;
        case Place::underwater:
            set.sheets = paint_underwater(stage, random);
            set.shafts.emplace(spec.picture, random);
            set.falling.push_back(paint_bubbles(spec.picture, random));
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
        Pixel* row = picture + static_cast<std::size_t>(y) * view.size.width;
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

/// How much of each pixel changed when the subject was laid over it.
void find_subject(const std::vector<Pixel>& before, const std::vector<Pixel>& after, std::vector<float>& subject)
{
    subject.resize(after.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        float change = 0;
        for (int c = 0; c < 3; ++c)
            change = std::max(change, std::abs(after[i].v[c] - before[i].v[c]));
        subject[i] = smooth((change - 0.06F) / 0.16F);
    }
}

/// A scene at one time of day, drawn frame by frame.
class Scene {
public:
    Scene(const SceneSpec& spec, int frames) : spec_(spec), camera_(spec, frames)
    {
        PortableRandom random(spec.seed);
        set_ = build(spec, camera_.stage(), random);
        if (camera_.still()) glue(set_.sheets);
        if (spec.subject != Subject::none) actor_.emplace(spec, frames, set_.horizon, random);
    }

    /// Draws frame `f`; gives the subject's box.
    Box draw(int f, std::vector<Pixel>& picture)
    {
        const View view = camera_.view(f);
        const Canvas canvas{picture.data(), view.size};
        const int height = view.size.height;
        // What was in the picture would show through by a trace: sheets that are blended are opaque but for rounding.
        std::fill(picture.begin(), picture.end(), Pixel{});
        const int bottom = set_.water ? std::min(height, static_cast<int>(set_.water->horizon(view)) + 2) : height;
        lay_sheets(set_.sheets, view, f, bottom, picture.data());
        if (set_.shafts) {
            set_.shafts->prepare(f, view);
            for (int y = 0; y < height; ++y)
                set_.shafts->add(y, canvas.row(y));
        }
        if (set_.backdrop) set_.backdrop->add(f, view, picture.data());
        if (set_.water) set_.water->add(f, view, picture.data());
        Box box;
        subject_.clear();
        if (actor_) {
            if (keeps_subject(spec_.style)) before_ = picture;
            box = actor_->draw(f, view, canvas);
            if (keeps_subject(spec_.style)) find_subject(before_, picture, subject_);
        }
        for (const Layer& layer : set_.falling) {
            for (int y = 0; y < height; ++y) {
                if (layer.cover(y, view, f) == Layer::Cover::empty) continue;
                layer.compose(y, view, f, canvas.row(y));
            }
        }
        apply_style(spec_.style, spec_.picture, subject_, picture);
        return box;
    }

private:
    SceneSpec spec_;
    CameraPath camera_;
    Set set_;
    std::optional<Actor> actor_;
    std::vector<Pixel> before_;
    std::vector<float> subject_;
};

}  // namespace

DrawnClip draw(const SceneSpec& spec, int frames)
{
    std::vector<int> all(static_cast<std::size_t>(frames));
    std::iota(all.begin(), all.end(), 0);
    return draw(spec, frames, all);
}

DrawnClip draw(const SceneSpec& spec, int frames, std::span<const int> chosen)
{
    Scene scene(spec, frames);
    std::optional<Scene> later;
    if (spec.later != TimeOfDay::none) {
        SceneSpec then = spec;
        then.time = spec.later;
        later.emplace(then, frames);
    }
    DrawnClip clip;
    clip.frames = static_cast<int>(chosen.size());
    clip.width = spec.picture.width;
    clip.height = spec.picture.height;
    clip.rgb.resize(clip.frame_size() * chosen.size());
    std::vector<Pixel> picture(clip.frame_size() / 3);
    std::vector<Pixel> other(later ? picture.size() : 0);
    std::uint8_t* out = clip.rgb.data();
    for (const int f : chosen) {
        clip.subject_boxes.push_back(scene.draw(f, picture));
        if (later) {
            (void)later->draw(f, other);
            const float share = smooth(static_cast<float>(f) / static_cast<float>(std::max(1, frames - 1)));
            for (std::size_t i = 0; i < picture.size(); ++i)
                picture[i] = mix(picture[i], other[i], share);
        }
        to_bytes(picture, out);
        out += clip.frame_size();
    }
    return clip;
}

}  // namespace kinora::training
