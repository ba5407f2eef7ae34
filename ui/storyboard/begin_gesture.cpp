#include <cmath>

#include "core/storyboard/edits.h"
#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_view.h"

// Which gesture a press begins.
namespace kinora::ui {

namespace {

using Gesture = std::unique_ptr<StoryboardGesture>;

/// The blade cuts where the pointer is, or at the playhead if that is near.
void cut_at(StoryboardView& view, const QPointF& point)
{
    const auto frame = static_cast<std::int64_t>(std::lround(view.geometry_now().frame_at(point.x())));
    const std::int64_t near = view.snapped_frame(frame, {view.playhead()});
    view.overlay().snapped.reset();
    view.request(StoryboardView::tr("Split shot"), [near](core::Project& project) -> core::Result<void> {
        const auto made = core::split_at(project, near);
        if (!made) return made.error();
        return {};
    });
}

Gesture begin_on_shot(StoryboardView& view, const StoryboardHit& hit, const QPointF& point, Qt::KeyboardModifiers keys)
{
    const core::Shot& shot = *view.project()->shots[hit.shot];
    const bool timeline = view.mode() == StoryboardMode::timeline;
    const bool edge = hit.zone != StoryboardZone::body;
    const bool slips = timeline && shot.kind != core::ShotKind::gap &&
                       (view.tool() == StoryboardTool::slip || keys == (Qt::ControlModifier | Qt::AltModifier));
    if (timeline && view.tool() == StoryboardTool::blade) {
        cut_at(view, point);
        return nullptr;
    }
    if (slips) {
        view.choose(shot.id);
        return slip_shot(view, hit.shot, point);
    }
    if (!edge && (keys & Qt::ControlModifier)) {
        view.toggle(shot.id);
        return nullptr;
    }
    if (!edge && (keys & Qt::ShiftModifier)) {
        view.choose_through(shot.id);
        return nullptr;
    }
    if (!edge) return hold_shot(view, hit.shot, point);
    if (keys & Qt::AltModifier) return roll_edge(view, hit, point);
    view.choose(shot.id);
    return trim_edge(view, hit, point);
}

}  // namespace

Gesture begin_gesture(StoryboardView& view, const StoryboardHit& hit, const QPointF& point, Qt::KeyboardModifiers keys)
{
    if (hit.on_shot()) return begin_on_shot(view, hit, point, keys);
    if (hit.on_transition()) return hold_transition(view, hit, point);
    if (hit.on_sound()) return hold_sound(view, hit, point, keys);
    switch (hit.zone) {
        case StoryboardZone::add:
            Q_EMIT view.shot_add_requested();
            return nullptr;
        case StoryboardZone::lane_mute:
            Q_EMIT view.mute_requested(hit.track);
            return nullptr;
        case StoryboardZone::ruler:
            return drag_playhead(view, point, true);
        case StoryboardZone::playhead:
            return drag_playhead(view, point, false);
        case StoryboardZone::marker:
            return drag_marker(view, hit.item, point);
        default:
            return rubber_band(view, point, keys & (Qt::ControlModifier | Qt::ShiftModifier));
    }
}

}  // namespace kinora::ui
