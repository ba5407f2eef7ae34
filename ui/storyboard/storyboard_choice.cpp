#include <QScrollBar>
#include <algorithm>
#include <unordered_set>

#include "ui/storyboard/note_editor.h"
#include "ui/storyboard/storyboard_view.h"

// What is chosen on the storyboard, and where the playhead stands.
namespace kinora::ui {

std::optional<std::size_t> StoryboardView::index_of(const std::string& shot_id) const
{
    return project_ && !shot_id.empty() ? core::find_shot(*project_, shot_id) : std::nullopt;
}

void StoryboardView::forget_what_is_gone()
{
    if (selection_.empty() && selection_.current().empty() && selection_.anchor().empty()) return;
    std::unordered_set<std::string> there;
    if (project_) {
        for (const auto& shot : project_->shots) {
            there.insert(shot->id);
            if (shot->transition.frames > 0) there.insert(transition_id(shot->id));
        }
        for (const auto& track : project_->sound_tracks) {
            for (const core::SoundClip& clip : track->clips)
                there.insert(clip.id);
        }
        for (const core::Marker& marker : project_->markers)
            there.insert(marker.id);
    }
    selection_.keep([&there](const std::string& id) { return there.contains(id); });
}

void StoryboardView::choice_changed(const std::string& current_before)
{
    viewport()->update();
    const std::string current = selection_.current();
    if (current != current_before) {
        if (const auto index = index_of(current)) reveal_shot(*index);
        Q_EMIT shot_selected(current);
    }
    Q_EMIT selection_changed();
}

void StoryboardView::choose(const std::string& shot_id)
{
    const std::string before = selection_.current();
    const auto index = index_of(shot_id);
    if (!index) return;
    // The panels have nothing to show of a gap.
    if (project_->shots[*index]->kind == core::ShotKind::gap) {
        selection_.choose({shot_id});
        selection_.set_anchor(shot_id);
    } else {
        selection_.choose_shot(shot_id);
    }
    choice_changed(before);
}

void StoryboardView::choose_all(const std::vector<std::string>& ids)
{
    const std::string before = selection_.current();
    selection_.choose(ids);
    if (!selection_.contains(before)) {
        const auto first = std::find_if(ids.begin(), ids.end(), [this](const std::string& id) {
            const auto index = index_of(id);
            return index && project_->shots[*index]->kind != core::ShotKind::gap;
        });
        if (first != ids.end()) {
            selection_.set_current(*first);
            selection_.set_anchor(*first);
        }
    }
    choice_changed(before);
}

void StoryboardView::mark(const std::vector<std::string>& ids)
{
    selection_.choose(ids);
    viewport()->update();
}

void StoryboardView::toggle(const std::string& id)
{
    const std::string before = selection_.current();
    selection_.toggle(id);
    const auto index = index_of(id);
    const bool shot = index && project_->shots[*index]->kind != core::ShotKind::gap;
    if (shot && selection_.contains(id)) {
        selection_.set_current(id);
        selection_.set_anchor(id);
    } else if (shot && id == before) {
        const auto rest = selection_.shots(*project_);
        if (!rest.empty()) selection_.set_current(rest.front());
    }
    choice_changed(before);
}

void StoryboardView::choose_through(const std::string& shot_id)
{
    const auto to = index_of(shot_id);
    const auto from = index_of(selection_.anchor().empty() ? selection_.current() : selection_.anchor());
    if (!to || !from) return choose(shot_id);
    std::vector<std::string> ids;
    for (std::size_t shot = std::min(*from, *to); shot <= std::max(*from, *to); ++shot)
        ids.push_back(project_->shots[shot]->id);
    const std::string anchor = selection_.anchor();
    choose_all(ids);
    if (!anchor.empty()) selection_.set_anchor(anchor);
}

void StoryboardView::select(const std::string& shot_id)
{
    if (selection_.current() == shot_id) return;
    // The answer to a playhead that moves into another shot leaves a choice of several alone.
    if (scrubbing_ && selection_.size() > 1) {
        selection_.set_current(shot_id);
    } else if (selection_.contains(shot_id)) {
        selection_.set_current(shot_id);
    } else {
        selection_.choose_shot(shot_id);
    }
    viewport()->update();
    Q_EMIT selection_changed();
    const auto index = index_of(shot_id);
    if (!index) return;
    const QString title = shot_title(*project_->shots[*index], *index);
    setAccessibleDescription(tr("%n shots; chosen: %1", nullptr, static_cast<int>(project_->shots.size())).arg(title));
    if (!gesture_) reveal_shot(*index);
}

void StoryboardView::reveal_shot(std::size_t index)
{
    if (gesture_ || index >= layout_->size()) return;
    const QRectF area = geometry_now().block(index);
    if (mode_ == StoryboardMode::cards) {
        QScrollBar* bar = verticalScrollBar();
        if (area.top() < 0) bar->setValue(bar->value() + static_cast<int>(area.top()) - 12);
        if (area.bottom() > viewport()->height())
            bar->setValue(bar->value() + static_cast<int>(area.bottom()) - viewport()->height() + 12);
        return;
    }
    const double left = StoryboardGeometry::k_left;
    QScrollBar* bar = horizontalScrollBar();
    if (area.right() <= left + 24) bar->setValue(bar->value() + static_cast<int>(area.left() - left - 16));
    if (area.left() >= viewport()->width() - 24) {
        const double room = std::min(area.width() + 16, viewport()->width() - left);
        bar->setValue(bar->value() + static_cast<int>(area.left() + room - viewport()->width()));
    }
}

void StoryboardView::move_playhead(std::int64_t frame)
{
    const std::int64_t wanted = std::clamp<std::int64_t>(frame, 0, std::max<std::int64_t>(layout_->total() - 1, 0));
    if (wanted == playhead_) return;
    set_playhead(wanted);
    scrubbing_ = true;
    Q_EMIT playhead_moved(static_cast<int>(wanted));
    scrubbing_ = false;
}

void StoryboardView::edit_note(const std::string& marker_id)
{
    note_editor_->open_note(marker_id);
}

}  // namespace kinora::ui
