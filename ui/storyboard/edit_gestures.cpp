#include <QApplication>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/storyboard/storyboard_view.h"

// Drags that are one edit of the project as a function of where the pointer is: roll, slip, markers, transitions.
namespace kinora::ui {

namespace {

using Gesture = std::unique_ptr<StoryboardGesture>;

/// Drops the value of an edit that tells what it came to.
template <typename Value>
core::Result<void> outcome(const core::Result<Value>& done)
{
    if (!done) return done.error();
    return {};
}

/// Project frame under a place of the view, also while the strip scrolls under the hand.
std::int64_t frame_under(const StoryboardView& view, double x)
{
    return static_cast<std::int64_t>(std::lround(view.geometry_now().frame_at(x)));
}

}  // namespace

EditGesture::EditGesture(StoryboardView& view, QString name, const QPointF& pressed, Attempts attempts)
    : view_(view), name_(std::move(name)), pressed_(pressed), attempts_(std::move(attempts))
{
}

void EditGesture::move(const QPointF& point)
{
    if (!moved_ && (point - pressed_).manhattanLength() < 3) return;
    moved_ = true;
    EditAttempt attempt = attempts_(point);
    view_.overlay().badge = attempt.badge;
    view_.overlay().badge_at = point;
    view_.preview(attempt.edit);
    view_.show_overlay();
}

void EditGesture::finish(const QPointF& point)
{
    if (!moved_) return;
    const EditAttempt attempt = attempts_(point);
    view_.end_preview();
    view_.request(name_, attempt.edit);
}

bool EditGesture::holds(const core::Project& project) const
{
    return !exists_ || exists_(project);
}

Gesture roll_edge(StoryboardView& view, const StoryboardHit& hit, const QPointF& point)
{
    const bool in = hit.zone == StoryboardZone::in_edge;
    const auto& shots = view.project()->shots;
    view.choose(shots[hit.shot]->id);
    if ((in && hit.shot == 0) || (!in && hit.shot + 1 >= shots.size())) return trim_edge(view, hit, point);
    const std::size_t right = in ? hit.shot : hit.shot + 1;
    const std::string left_id = shots[right - 1]->id;
    const std::int64_t cut = view.layout_now().start(right);
    const std::int64_t grip = frame_under(view, point.x());
    auto points = view.snap_points(cut, left_id);
    auto gesture = std::make_unique<EditGesture>(
        view, StoryboardView::tr("Roll cut"), point,
        [&view, left_id, cut, grip, points = std::move(points)](const QPointF& at) {
            const std::int64_t wanted = view.snapped_frame(cut + frame_under(view, at.x()) - grip, points);
            core::Project tried = *view.project();
            const auto moved = core::roll_cut(tried, left_id, wanted - cut);
            const std::int64_t delta = moved ? *moved : 0;
            if (delta != wanted - cut) view.overlay().snapped.reset();
            return EditAttempt{
                [left_id, delta](core::Project& project) { return outcome(core::roll_cut(project, left_id, delta)); },
                StoryboardView::tr("Roll %1").arg(change_text(delta, view.project()->rate))};
        });
    gesture->set_existence(
        [left_id](const core::Project& project) { return core::find_shot(project, left_id).has_value(); });
    return gesture;
}

Gesture slip_shot(StoryboardView& view, std::size_t shot, const QPointF& point)
{
    const core::Shot& slipped = *view.project()->shots[shot];
    const std::string id = slipped.id;
    const core::FrameRate source = core::shot_source(slipped).rate;
    auto gesture = std::make_unique<EditGesture>(
        view, StoryboardView::tr("Slip shot"), point, [&view, id, source, point](const QPointF& at) {
            const core::FrameRate rate = view.project()->rate;
            // The pictures go with the hand: to the right means an earlier part of the media.
            const auto frames = static_cast<std::int64_t>(std::lround((point.x() - at.x()) / view.pixels_per_frame()));
            const std::int64_t wanted = core::rescale_frames(frames, rate, source, core::Rounding::nearest);
            core::Project tried = *view.project();
            const auto moved = core::slip(tried, id, wanted);
            const std::int64_t delta = moved ? *moved : 0;
            return EditAttempt{[id, delta](core::Project& project) { return outcome(core::slip(project, id, delta)); },
                               StoryboardView::tr("Slip %1").arg(change_text(delta, source))};
        });
    gesture->set_existence([id](const core::Project& project) { return core::find_shot(project, id).has_value(); });
    return gesture;
}

Gesture drag_marker(StoryboardView& view, std::size_t index, const QPointF& point)
{
    const core::Marker marker = view.project()->markers[index];
    view.choose_all({marker.id});
    const std::int64_t grip = frame_under(view, point.x());
    auto gesture = std::make_unique<EditGesture>(
        view, StoryboardView::tr("Move marker"), point,
        [&view, marker, grip, points = view.snap_points(marker.frame)](const QPointF& at) {
            const std::int64_t wanted = std::max<std::int64_t>(0, marker.frame + frame_under(view, at.x()) - grip);
            const std::int64_t frame = view.snapped_frame(wanted, points);
            return EditAttempt{[marker, frame](core::Project& project) {
                                   return core::change_marker(project, marker.id, frame, marker.note);
                               },
                               change_text(frame, view.project()->rate).mid(1)};
        });
    gesture->set_existence([id = marker.id](const core::Project& project) {
        return std::any_of(project.markers.begin(), project.markers.end(),
                           [&](const core::Marker& other) { return other.id == id; });
    });
    return gesture;
}

Gesture hold_transition(StoryboardView& view, const StoryboardHit& hit, const QPointF& point)
{
    const std::string id = view.project()->shots[hit.shot]->id;
    view.choose_all({transition_id(id)});
    if (hit.zone == StoryboardZone::transition) return nullptr;
    const core::TransitionKind kind = view.layout_now().transition(hit.shot);
    const std::int64_t before = view.layout_now().transition_frames(hit.shot);
    const bool start = hit.zone == StoryboardZone::transition_start;
    auto gesture = std::make_unique<EditGesture>(
        view, StoryboardView::tr("Change transition"), point, [&view, id, kind, before, start, point](const QPointF& at) {
            // Both ends move: the middle of a transition stays on its cut.
            const double moved = (at.x() - point.x()) / view.pixels_per_frame() * (start ? -2 : 2);
            const std::int64_t longest = core::longest_transition(*view.project(), id, kind);
            const std::int64_t wanted = before + static_cast<std::int64_t>(std::lround(moved));
            const std::int64_t frames = std::clamp<std::int64_t>(wanted, 1, std::max<std::int64_t>(longest, 1));
            return EditAttempt{
                [id, kind, frames](core::Project& project) {
                    return outcome(core::set_transition(project, id, kind, frames));
                },
                QStringLiteral("%1 %2").arg(transition_name(kind), change_text(frames, view.project()->rate).mid(1))};
        });
    gesture->set_existence([id](const core::Project& project) { return core::find_shot(project, id).has_value(); });
    return gesture;
}

}  // namespace kinora::ui
