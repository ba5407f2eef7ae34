#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "core/storyboard/edits.h"
#include "core/storyboard/snapping.h"
#include "ui/storyboard/storyboard_view.h"

// What the mouse does on the storyboard.
namespace kinora::ui {

namespace {
constexpr double k_snap_reach = 10;
constexpr double k_scroll_zone = 32;  // a drag this near to a side scrolls
}  // namespace

void StoryboardView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !project_) return QAbstractScrollArea::mousePressEvent(event);
    begin(geometry_now().hit(event->position()), event->position());
}

void StoryboardView::begin(const StoryboardHit& hit, const QPointF& point)
{
    grip_ = hit;
    pressed_at_ = point;
    pointer_ = point;
    scroll_at_press_ = horizontalScrollBar()->value();
    switch (hit.zone) {
        case StoryboardZone::none:
            return;
        case StoryboardZone::add:
            Q_EMIT shot_add_requested();
            return;
        case StoryboardZone::ruler:
        case StoryboardZone::playhead:
            gesture_ = Gesture::playhead;
            edge_scroll_.start();
            if (hit.zone == StoryboardZone::ruler) drag_playhead(point.x());
            return;
        default:
            break;
    }
    const core::Shot& shot = *project_->shots[hit.shot];
    dragged_id_ = shot.id;
    range_before_ = shot.range;
    gesture_ = hit.zone == StoryboardZone::body ? Gesture::pressed : Gesture::trim;
    if (gesture_ == Gesture::trim) trimmed_ = std::make_unique<core::Project>(*project_);
    choose(dragged_id_);
}

void StoryboardView::mouseMoveEvent(QMouseEvent* event)
{
    if (gesture_ == Gesture::none) return hover(event->position());
    drag_to(event->position());
}

void StoryboardView::hover(const QPointF& point)
{
    const StoryboardHit hit = project_ ? geometry_now().hit(point) : StoryboardHit{};
    if (hit.zone == hovered_.zone && hit.shot == hovered_.shot) return;
    hovered_ = hit;
    switch (hit.zone) {
        case StoryboardZone::in_edge:
        case StoryboardZone::out_edge:
        case StoryboardZone::playhead:
            viewport()->setCursor(Qt::SizeHorCursor);
            break;
        case StoryboardZone::add:
            viewport()->setCursor(Qt::PointingHandCursor);
            break;
        default:
            viewport()->unsetCursor();
    }
    viewport()->update();
}

void StoryboardView::drag_to(const QPointF& point)
{
    pointer_ = point;
    switch (gesture_) {
        case Gesture::pressed:
            if ((point - pressed_at_).manhattanLength() < QApplication::startDragDistance()) return;
            gesture_ = Gesture::reorder;
            viewport()->setCursor(Qt::ClosedHandCursor);
            edge_scroll_.start();
            return drag_block(point);
        case Gesture::reorder:
            return drag_block(point);
        case Gesture::trim:
            return drag_edge(point, false);
        case Gesture::playhead:
            return drag_playhead(point.x());
        case Gesture::none:
            return;
    }
}

void StoryboardView::drag_block(const QPointF& point)
{
    const auto shot = index_of(dragged_id_);
    if (!shot) return;
    const double scrolled = horizontalScrollBar()->value() - scroll_at_press_;
    drag_ = ShotDrag{*shot, point.x() - pressed_at_.x() + scrolled, geometry_now().insertion_index(point.x())};
    viewport()->update();
}

void StoryboardView::drag_edge(const QPointF& point, bool finished)
{
    const auto index = index_of(dragged_id_);
    if (!index || !trimmed_) return;
    const core::Shot& before = *project_->shots[*index];
    const core::FrameRate source = core::shot_source(before).rate;
    const bool in = grip_.zone == StoryboardZone::in_edge;
    const auto moved = static_cast<std::int64_t>(std::lround((point.x() - pressed_at_.x()) / pixels_per_frame_));
    // The out edge sticks to the playhead and to markers: that is where one looked when one decided to cut.
    std::int64_t delta = moved;
    snapped_.reset();
    if (!in) {
        const std::int64_t start = layout_->start(*index);
        const std::int64_t old_end = start + core::conformed_length(range_before_.length(), source, project_->rate);
        delta = snapped_frame(old_end + moved, dragged_id_, true) - old_end;
    }
    const std::int64_t frames = core::rescale_frames(delta, project_->rate, source, core::Rounding::nearest);
    auto next = std::make_unique<core::Project>(*project_);
    next->shots[*index].update([&](core::Shot& shot) { shot.range = range_before_; });
    const auto done = in ? core::trim_in(*next, dragged_id_, range_before_.first + frames)
                         : core::trim_out(*next, dragged_id_, range_before_.end + frames);
    if (!done) return;
    const core::FrameRange range = next->shots[*index]->range;
    const bool changed = range != trimmed_->shots[*index]->range;
    trimmed_ = std::move(next);
    if (in) {
        const auto cut = core::conformed_length(range_before_.length(), source, project_->rate) -
                         core::conformed_length(range.length(), source, project_->rate);
        shift_ = static_cast<double>(cut) * pixels_per_frame_;
    }
    rebuild();
    if (changed || finished) Q_EMIT trim_dragged(dragged_id_, range, finished);
}

void StoryboardView::drag_playhead(double x)
{
    const auto last = std::max<std::int64_t>(layout_->total() - 1, 0);
    const auto frame = static_cast<std::int64_t>(std::floor(geometry_now().frame_at(x)));
    snapped_.reset();
    move_playhead(std::clamp<std::int64_t>(snapped_frame(frame, {}, false), 0, last));
    viewport()->update();
}

std::int64_t StoryboardView::snapped_frame(std::int64_t frame, const std::string& except, bool with_playhead)
{
    const bool held_off = QApplication::keyboardModifiers() & Qt::ShiftModifier;
    if (!snapping_ || held_off) return frame;
    const auto points =
        core::snap_points(*project_, *layout_, with_playhead ? std::optional(playhead_) : std::nullopt, except);
    const auto reach = static_cast<std::int64_t>(std::floor(k_snap_reach / pixels_per_frame_));
    const auto found = core::snap(frame, points, reach);
    if (!found) return frame;
    snapped_ = found;
    return *found;
}

void StoryboardView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) finish(event->position());
}

void StoryboardView::finish(const QPointF& point)
{
    const Gesture gesture = gesture_;
    if (gesture == Gesture::trim && (point != pressed_at_ || (trimmed_ && shift_ != 0))) drag_edge(point, true);
    const std::string id = dragged_id_;
    const auto drag = drag_;
    const double shift = shift_;
    gesture_ = Gesture::none;
    trimmed_.reset();
    drag_.reset();
    snapped_.reset();
    shift_ = 0;
    edge_scroll_.stop();
    viewport()->unsetCursor();
    rebuild();
    hover(point);
    if (shift != 0) hovered_ = {};  // the edge slid away from under the pointer
    if (gesture != Gesture::reorder || !drag) return;
    const bool moves = drag->index != drag->shot && drag->index != drag->shot + 1;
    if (moves) Q_EMIT shot_moved(id, static_cast<int>(drag->index));
}

bool StoryboardView::cancel()
{
    if (gesture_ == Gesture::none) return false;
    const bool trimming = gesture_ == Gesture::trim;
    gesture_ = Gesture::none;
    trimmed_.reset();
    drag_.reset();
    snapped_.reset();
    shift_ = 0;
    edge_scroll_.stop();
    viewport()->unsetCursor();
    rebuild();
    if (trimming && index_of(dragged_id_)) Q_EMIT trim_dragged(dragged_id_, range_before_, true);
    return true;
}

void StoryboardView::scroll_while_dragging()
{
    const double left = mode_ == StoryboardMode::timeline ? StoryboardGeometry::k_left : 0;
    double speed = 0;
    if (pointer_.x() < left + k_scroll_zone) speed = pointer_.x() - left - k_scroll_zone;
    const double right = viewport()->width() - k_scroll_zone;
    if (pointer_.x() > right) speed = pointer_.x() - right;
    if (speed == 0) return;
    const int before = horizontalScrollBar()->value();
    horizontalScrollBar()->setValue(before + static_cast<int>(std::clamp(speed, -32.0, 32.0) / 2));
    if (horizontalScrollBar()->value() != before) drag_to(pointer_);
}

void StoryboardView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const StoryboardHit hit = geometry_now().hit(event->position());
    if (hit.zone == StoryboardZone::body) return Q_EMIT shot_activated(project_->shots[hit.shot]->id);
    mousePressEvent(event);
}

void StoryboardView::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    if ((event->modifiers() & Qt::ControlModifier) && mode_ == StoryboardMode::timeline) {
        set_zoom(pixels_per_frame_ * std::pow(1.2, angle.y() / 120.0), event->position().x());
        return event->accept();
    }
    const QPoint pixels = event->pixelDelta();
    const int wanted =
        !pixels.isNull() ? (pixels.x() != 0 ? pixels.x() : pixels.y()) : (angle.x() != 0 ? angle.x() : angle.y()) * 2 / 3;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - wanted);
    event->accept();
}

void StoryboardView::leaveEvent(QEvent* event)
{
    hovered_ = {};
    viewport()->update();
    QAbstractScrollArea::leaveEvent(event);
}

}  // namespace kinora::ui
