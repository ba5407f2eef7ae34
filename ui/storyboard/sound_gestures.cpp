#include <algorithm>
#include <cmath>
#include <optional>

#include "core/storyboard/sound_edits.h"
#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/storyboard/storyboard_view.h"

// Drags of sound clips: place and track, ends, fades, gain.
namespace kinora::ui {

namespace {

using Gesture = std::unique_ptr<StoryboardGesture>;

/// What is held of a sound clip, as it was when the hand took it.
struct Held {
    StoryboardView& view;
    core::SoundClip clip;
    core::FrameRange frames;
    double grip;  ///< project frame under the pointer
    std::vector<std::int64_t> points;

    [[nodiscard]] std::int64_t moved(const QPointF& at) const
    {
        return static_cast<std::int64_t>(std::lround(view.geometry_now().frame_at(at.x()) - grip));
    }
    [[nodiscard]] core::FrameRate rate() const { return view.project()->rate; }
};

template <typename Value>
core::Result<void> outcome(const core::Result<Value>& done)
{
    if (!done) return done.error();
    return {};
}

EditAttempt move_attempt(const Held& held, const QPointF& at)
{
    // Either end sticks, whichever is nearer to something.
    const std::int64_t length = held.frames.length();
    const std::int64_t wanted = std::max<std::int64_t>(0, held.frames.first + held.moved(at));
    const std::int64_t by_end = held.view.snapped_frame(wanted + length, held.points) - length;
    const auto end_guide = held.view.overlay().snapped;
    std::int64_t start = held.view.snapped_frame(wanted, held.points);
    const bool end_sticks = end_guide && by_end >= 0;
    const bool start_sticks = held.view.overlay().snapped.has_value();
    if (end_sticks && (!start_sticks || std::llabs(by_end - wanted) < std::llabs(start - wanted))) {
        start = by_end;
        held.view.overlay().snapped = end_guide;
    }
    std::string track;
    if (const auto lane = held.view.geometry_now().lane_at(at.y()); lane && *lane < held.view.project()->sound_tracks.size())
        track = held.view.project()->sound_tracks[*lane]->id;
    return {[id = held.clip.id, track, start](core::Project& project) {
                return outcome(core::move_sound(project, id, track, start));
            },
            change_text(start - held.frames.first, held.rate())};
}

EditAttempt slip_attempt(const Held& held, const QPointF& at)
{
    const std::int64_t frames = held.moved(at);
    const std::int64_t samples = -core::sample_of_frame(frames, held.rate());
    return {[id = held.clip.id, samples](core::Project& project) { return outcome(core::slip_sound(project, id, samples)); },
            StoryboardView::tr("Slip %1").arg(change_text(-frames, held.rate()))};
}

EditAttempt trim_attempt(const Held& held, const QPointF& at, bool start)
{
    const std::int64_t before = start ? held.frames.first : held.frames.end;
    const std::int64_t frame = held.view.snapped_frame(std::max<std::int64_t>(0, before + held.moved(at)), held.points);
    return {
        [id = held.clip.id, frame, start](core::Project& project) {
            return outcome(start ? core::trim_sound_start(project, id, frame) : core::trim_sound_end(project, id, frame));
        },
        change_text(frame - before, held.rate())};
}

EditAttempt fade_attempt(const Held& held, const QPointF& at, bool in)
{
    const std::int64_t moved = held.moved(at);
    const std::int64_t longest = held.frames.length();
    std::int64_t fade_in = held.clip.fade_in;
    std::int64_t fade_out = held.clip.fade_out;
    if (in) fade_in = std::clamp<std::int64_t>(fade_in + moved, 0, longest - fade_out);
    if (!in) fade_out = std::clamp<std::int64_t>(fade_out - moved, 0, longest - fade_in);
    const QString text = in ? StoryboardView::tr("Fade in %1") : StoryboardView::tr("Fade out %1");
    return {[id = held.clip.id, fade_in, fade_out](core::Project& project) {
                return core::fade_sound(project, id, fade_in, fade_out);
            },
            text.arg(change_text(in ? fade_in : fade_out, held.rate()).mid(1))};
}

EditAttempt gain_attempt(const Held& held, const QRectF& area, const QPointF& pressed, const QPointF& at)
{
    const double line = StoryboardGeometry::gain_y(area, held.clip.gain_db);
    const float wanted = StoryboardGeometry::gain_at(area, line + at.y() - pressed.y());
    const float half = std::round(wanted * 2) / 2;
    return {[id = held.clip.id, half](core::Project& project) { return core::set_sound_gain(project, id, half); },
            gain_text(half)};
}

/// One and the same drag for all of a clip's parts: what it comes to is decided by what was taken hold of.
EditGesture::Attempts attempts_for(Held held, const StoryboardHit& hit, const QPointF& pressed, bool slips)
{
    const QRectF area = held.view.geometry_now().sound(hit.track, hit.item);
    switch (hit.zone) {
        case StoryboardZone::sound_in:
        case StoryboardZone::sound_out:
            return [held, start = hit.zone == StoryboardZone::sound_in](const QPointF& at) {
                return trim_attempt(held, at, start);
            };
        case StoryboardZone::sound_fade_in:
        case StoryboardZone::sound_fade_out:
            return [held, in = hit.zone == StoryboardZone::sound_fade_in](const QPointF& at) {
                return fade_attempt(held, at, in);
            };
        case StoryboardZone::sound_gain:
            return [held, area, pressed](const QPointF& at) { return gain_attempt(held, area, pressed, at); };
        default:
            break;
    }
    if (slips) return [held](const QPointF& at) { return slip_attempt(held, at); };
    return [held](const QPointF& at) { return move_attempt(held, at); };
}

QString name_of(StoryboardZone zone, bool slips)
{
    switch (zone) {
        case StoryboardZone::sound_in:
        case StoryboardZone::sound_out:
            return StoryboardView::tr("Trim sound");
        case StoryboardZone::sound_fade_in:
        case StoryboardZone::sound_fade_out:
            return StoryboardView::tr("Fade sound");
        case StoryboardZone::sound_gain:
            return StoryboardView::tr("Change gain");
        default:
            return slips ? StoryboardView::tr("Slip sound") : StoryboardView::tr("Move sound");
    }
}

}  // namespace

Gesture hold_sound(StoryboardView& view, const StoryboardHit& hit, const QPointF& point, Qt::KeyboardModifiers keys)
{
    const core::SoundClip clip = view.project()->sound_tracks[hit.track]->clips[hit.item];
    const bool slips = view.tool() == StoryboardTool::slip || keys == (Qt::ControlModifier | Qt::AltModifier);
    if (view.tool() == StoryboardTool::blade && hit.zone == StoryboardZone::sound) {
        const auto at = static_cast<std::int64_t>(std::lround(view.geometry_now().frame_at(point.x())));
        view.request(StoryboardView::tr("Split sound"),
                     [id = clip.id, at](core::Project& project) { return outcome(core::split_sound(project, id, at)); });
        return nullptr;
    }
    if (!slips && (keys & (Qt::ControlModifier | Qt::ShiftModifier)) && hit.zone == StoryboardZone::sound) {
        view.toggle(clip.id);
        return nullptr;
    }
    view.choose_all({clip.id});
    const core::FrameRange frames = core::heard_frames(clip, view.project()->rate);
    const std::int64_t own = hit.zone == StoryboardZone::sound_out ? frames.end : frames.first;
    Held held{view, clip, frames, view.geometry_now().frame_at(point.x()), view.snap_points(own)};
    if (hit.zone == StoryboardZone::sound) std::erase(held.points, frames.end);
    auto gesture =
        std::make_unique<EditGesture>(view, name_of(hit.zone, slips), point, attempts_for(held, hit, point, slips));
    gesture->set_existence(
        [id = clip.id](const core::Project& project) { return core::find_sound_clip(project, id).has_value(); });
    return gesture;
}

}  // namespace kinora::ui
