#include <QApplication>
#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "core/storyboard/snapping.h"
#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/storyboard/storyboard_view.h"

// What reaches the storyboard from mouse, wheel and focus; what a drag does is in the gestures.
namespace kinora::ui {

namespace {
constexpr double k_snap_reach = 10;
constexpr double k_scroll_zone = 32;  // a drag this near to a side scrolls
}  // namespace

void StoryboardView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !project_) return QAbstractScrollArea::mousePressEvent(event);
    if (gesture_) cancel();
    pointer_ = event->position();
    gesture_ = begin_gesture(*this, geometry_now().hit(pointer_), pointer_, event->modifiers());
    if (gesture_) edge_scroll_.start();
}

void StoryboardView::mouseMoveEvent(QMouseEvent* event)
{
    // A release that went to somebody else, such as a menu that opened meanwhile: what the hand came to stands.
    if (gesture_ && !(event->buttons() & Qt::LeftButton)) finish_gesture(pointer_);
    pointer_ = event->position();
    if (!gesture_) return hover(pointer_);
    gesture_->move(pointer_);
}

void StoryboardView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && gesture_) finish_gesture(event->position());
}

void StoryboardView::finish_gesture(const QPointF& point)
{
    // Out of the member first: what the gesture asks for changes the project, and that must not find a drag going on.
    const auto gesture = std::move(gesture_);
    edge_scroll_.stop();
    gesture->finish(point);
    const bool slid = overlay_.shift != 0;
    end_gesture();
    hover(point);
    if (slid) hovered_ = {};  // the edge slid away from under the pointer
}

void StoryboardView::end_gesture()
{
    gesture_.reset();
    overlay_ = {};
    edge_scroll_.stop();
    end_preview();
    update_cursor();
    viewport()->update();
}

bool StoryboardView::cancel()
{
    if (!gesture_) return false;
    const auto gesture = std::move(gesture_);
    end_gesture();
    gesture->cancel();
    return true;
}

void StoryboardView::hover(const QPointF& point)
{
    const StoryboardHit hit = project_ ? geometry_now().hit(point) : StoryboardHit{};
    if (hit == hovered_) return;
    update_hit(hovered_);
    hovered_ = hit;
    update_hit(hovered_);
    update_cursor();
}

void StoryboardView::set_tool(StoryboardTool tool)
{
    tool_ = tool;
    update_cursor();
}

void StoryboardView::update_cursor()
{
    const bool on_shot = hovered_.on_shot() && mode_ == StoryboardMode::timeline;
    if (on_shot && tool_ == StoryboardTool::blade) return viewport()->setCursor(Qt::SplitHCursor);
    if (on_shot && tool_ == StoryboardTool::slip) return viewport()->setCursor(Qt::SizeHorCursor);
    switch (hovered_.zone) {
        case StoryboardZone::in_edge:
        case StoryboardZone::out_edge:
        case StoryboardZone::playhead:
        case StoryboardZone::marker:
        case StoryboardZone::transition_start:
        case StoryboardZone::transition_end:
        case StoryboardZone::sound_in:
        case StoryboardZone::sound_out:
        case StoryboardZone::sound_fade_in:
        case StoryboardZone::sound_fade_out:
            return viewport()->setCursor(Qt::SizeHorCursor);
        case StoryboardZone::sound_gain:
            return viewport()->setCursor(Qt::SizeVerCursor);
        case StoryboardZone::add:
        case StoryboardZone::lane_mute:
            return viewport()->setCursor(Qt::PointingHandCursor);
        default:
            return viewport()->unsetCursor();
    }
}

std::vector<std::int64_t> StoryboardView::snap_points(std::int64_t own, const std::string& except, bool with_playhead) const
{
    auto points = core::snap_points(*project_, *layout_, with_playhead ? std::optional(playhead_) : std::nullopt, except);
    const bool at_playhead = with_playhead && own == playhead_;
    if (!at_playhead) std::erase(points, own);
    return points;
}

std::int64_t StoryboardView::snapped_frame(std::int64_t frame, const std::vector<std::int64_t>& points)
{
    overlay_.snapped.reset();
    const bool held_off = QApplication::keyboardModifiers() & Qt::ShiftModifier;
    if (!snapping_ || held_off) return frame;
    const auto reach = static_cast<std::int64_t>(std::floor(k_snap_reach / pixels_per_frame_));
    const auto found = core::snap(frame, points, reach);
    if (!found) return frame;
    overlay_.snapped = found;
    return *found;
}

void StoryboardView::scroll_while_dragging()
{
    if (!gesture_ || !gesture_->scrolls()) return;
    const double left = mode_ == StoryboardMode::timeline ? StoryboardGeometry::k_left : 0;
    const auto speed = [](double at, double low, double high) {
        if (at < low + k_scroll_zone) return at - low - k_scroll_zone;
        return at > high - k_scroll_zone ? at - high + k_scroll_zone : 0.0;
    };
    const auto scroll = [](QScrollBar* bar, double pixels) {
        const int before = bar->value();
        bar->setValue(before + static_cast<int>(std::clamp(pixels, -32.0, 32.0) / 2));
        return bar->value() != before;
    };
    const bool across = scroll(horizontalScrollBar(), speed(pointer_.x(), left, viewport()->width()));
    const double top = mode_ == StoryboardMode::timeline ? geometry_now().block_top() : 0;
    const bool down = scroll(verticalScrollBar(), speed(pointer_.y(), top, viewport()->height()));
    if (across || down) gesture_->move(pointer_);
}

void StoryboardView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!project_ || event->button() != Qt::LeftButton) return;
    const StoryboardHit hit = geometry_now().hit(event->position());
    if (hit.zone == StoryboardZone::marker) return edit_note(project_->markers[hit.item].id);
    if (hit.zone == StoryboardZone::body && project_->shots[hit.shot]->kind != core::ShotKind::gap)
        return Q_EMIT shot_activated(project_->shots[hit.shot]->id);
    const bool edge = hit.zone == StoryboardZone::in_edge || hit.zone == StoryboardZone::out_edge;
    if (edge) return Q_EMIT cut_activated(hit.zone == StoryboardZone::in_edge ? hit.shot : hit.shot + 1);
    mousePressEvent(event);
}

void StoryboardView::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    const bool timeline = mode_ == StoryboardMode::timeline;
    if ((event->modifiers() & Qt::ControlModifier) && timeline) {
        set_zoom(pixels_per_frame_ * std::pow(1.2, angle.y() / 120.0), event->position().x());
        return event->accept();
    }
    const QPoint pixels = event->pixelDelta();
    const int wanted =
        !pixels.isNull() ? (pixels.x() != 0 ? pixels.x() : pixels.y()) : (angle.x() != 0 ? angle.x() : angle.y()) * 2 / 3;
    // Over the names of the tracks the wheel goes through them, everywhere else along the film.
    const bool tracks = event->position().x() < StoryboardGeometry::k_left || (event->modifiers() & Qt::AltModifier);
    QScrollBar* bar =
        timeline && !(tracks && verticalScrollBar()->maximum() > 0) ? horizontalScrollBar() : verticalScrollBar();
    bar->setValue(bar->value() - wanted);
    event->accept();
}

void StoryboardView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && cancel()) return;
    event->ignore();
}

void StoryboardView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool by_key = event->reason() == QContextMenuEvent::Keyboard;
    StoryboardHit hit;
    if (by_key) {
        if (const auto index = index_of(selection_.current())) hit = {StoryboardZone::body, *index};
    } else if (project_) {
        hit = geometry_now().hit(event->pos());
    }
    Q_EMIT menu_requested(hit, by_key ? mapToGlobal(rect().center()) : event->globalPos());
}

bool StoryboardView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const StoryboardHit hit = project_ ? geometry_now().hit(help->pos()) : StoryboardHit{};
    const QString text = project_ ? tip_text(*project_, *layout_, hit) : QString();
    if (text.isEmpty()) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(help->globalPos(), text, viewport());
    }
    return true;
}

void StoryboardView::leaveEvent(QEvent* event)
{
    hovered_ = {};
    viewport()->update();
    QAbstractScrollArea::leaveEvent(event);
}

void StoryboardView::focusInEvent(QFocusEvent* event)
{
    ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    viewport()->update();
    QAbstractScrollArea::focusInEvent(event);
}

void StoryboardView::focusOutEvent(QFocusEvent* event)
{
    ring_ = false;
    viewport()->update();
    QAbstractScrollArea::focusOutEvent(event);
}

}  // namespace kinora::ui
