#include <QFocusEvent>
#include <QKeyEvent>
#include <algorithm>

#include "ui/storyboard/storyboard_view.h"

// What the keyboard does on the storyboard.
namespace kinora::ui {

void StoryboardView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && cancel()) return;
    if (!project_ || !handle_key(event->key(), event->modifiers() & ~Qt::KeypadModifier)) event->ignore();
}

bool StoryboardView::handle_key(int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers == Qt::ControlModifier) {
        if (key == Qt::Key_K) return handle_key(Qt::Key_S, Qt::NoModifier);
        if (key != Qt::Key_D || !index_of(selected_)) return false;
        Q_EMIT shot_duplicate_requested(selected_);
        return true;
    }
    if (modifiers == Qt::AltModifier && (key == Qt::Key_Left || key == Qt::Key_Right)) {
        move_selected(key == Qt::Key_Left ? -1 : 1);
        return true;
    }
    if (modifiers == Qt::ShiftModifier && key == Qt::Key_Z) {
        zoom_to_fit();
        return true;
    }
    if (modifiers == Qt::ShiftModifier && (key == Qt::Key_Left || key == Qt::Key_Right)) {
        const auto second = std::max<std::int64_t>(1, static_cast<std::int64_t>(project_->rate.as_double() + 0.5));
        move_playhead(playhead_ + (key == Qt::Key_Left ? -second : second));
        return true;
    }
    const bool plus = key == Qt::Key_Plus || key == Qt::Key_Equal;
    if (plus || key == Qt::Key_Minus) {
        set_zoom(pixels_per_frame_ * (plus ? 1.25 : 0.8));
        return true;
    }
    if (modifiers != Qt::NoModifier) return false;
    switch (key) {
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            if (index_of(selected_)) Q_EMIT shot_delete_requested(selected_);
            return true;
        case Qt::Key_S:
            split_at_playhead();
            return true;
        case Qt::Key_N:
            Q_EMIT snapping_toggle_requested();
            return true;
        case Qt::Key_I:
        case Qt::Key_O:
            mark_export_edge(key == Qt::Key_I);
            return true;
        case Qt::Key_Left:
        case Qt::Key_Right:
            if (mode_ == StoryboardMode::cards) {
                choose_neighbour(key == Qt::Key_Left ? -1 : 1);
            } else {
                move_playhead(playhead_ + (key == Qt::Key_Left ? -1 : 1));
            }
            return true;
        case Qt::Key_Up:
            move_playhead(layout_->previous_edit(playhead_));
            return true;
        case Qt::Key_Down:
            move_playhead(layout_->next_edit(playhead_));
            return true;
        case Qt::Key_Home:
            move_playhead(0);
            return true;
        case Qt::Key_End:
            move_playhead(layout_->total() - 1);
            return true;
        case Qt::Key_PageUp:
            choose_neighbour(-1);
            return true;
        case Qt::Key_PageDown:
            choose_neighbour(1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (index_of(selected_)) Q_EMIT shot_activated(selected_);
            return true;
        default:
            return false;
    }
}

void StoryboardView::split_at_playhead()
{
    const auto place = layout_->at(playhead_);
    if (place) Q_EMIT split_requested(project_->shots[place->shot]->id, static_cast<int>(place->source_frame));
}

void StoryboardView::choose(const std::string& shot_id)
{
    if (selected_ == shot_id) return;
    select(shot_id);
    Q_EMIT shot_selected(shot_id);
}

void StoryboardView::choose_neighbour(int step)
{
    if (layout_->size() == 0) return;
    const auto now = index_of(selected_);
    const auto last = static_cast<std::ptrdiff_t>(layout_->size()) - 1;
    const auto wanted = now ? static_cast<std::ptrdiff_t>(*now) + step : (step > 0 ? 0 : last);
    choose(project_->shots[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, last))]->id);
}

void StoryboardView::move_selected(int step)
{
    const auto now = index_of(selected_);
    if (!now || (step < 0 && *now == 0) || (step > 0 && *now + 1 >= layout_->size())) return;
    // Indices count places before the move: one to the right means behind the next but one.
    Q_EMIT shot_moved(selected_, static_cast<int>(*now) + (step < 0 ? -1 : 2));
}

void StoryboardView::move_playhead(std::int64_t frame)
{
    const std::int64_t wanted = std::clamp<std::int64_t>(frame, 0, std::max<std::int64_t>(layout_->total() - 1, 0));
    if (wanted == playhead_) return;
    set_playhead(wanted);
    Q_EMIT playhead_moved(static_cast<int>(wanted));
}

void StoryboardView::mark_export_edge(bool first)
{
    core::FrameRange range = project_->settings.export_range.value_or(core::FrameRange{0, layout_->total()});
    if (first) {
        range.first = playhead_;
        if (range.end <= range.first) range.end = layout_->total();
    } else {
        range.end = playhead_ + 1;
        if (range.first >= range.end) range.first = 0;
    }
    if (!range.empty()) Q_EMIT export_range_requested(range);
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
