#include "ui/storyboard/storyboard_widget.h"

#include <QVBoxLayout>

#include "ui/storyboard/storyboard_bar.h"
#include "ui/storyboard/storyboard_view.h"

namespace kinora::ui {

StoryboardWidget::StoryboardWidget(QWidget* parent) : StoryboardWidget(std::make_shared<ThumbnailStore>(), parent) {}

StoryboardWidget::StoryboardWidget(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent) : QWidget(parent)
{
    bar_ = new StoryboardBar(this);
    view_ = new StoryboardView(std::move(thumbnails), this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addWidget(view_, 1);
    setFocusProxy(view_);
    connect_parts();
}

void StoryboardWidget::connect_parts()
{
    connect(view_, &StoryboardView::shot_selected, this, &StoryboardWidget::shot_selected);
    connect(view_, &StoryboardView::shot_activated, this, &StoryboardWidget::shot_activated);
    connect(view_, &StoryboardView::shot_moved, this, &StoryboardWidget::shot_moved);
    connect(view_, &StoryboardView::trim_dragged, this, &StoryboardWidget::trim_dragged);
    connect(view_, &StoryboardView::shot_add_requested, this, &StoryboardWidget::shot_add_requested);
    connect(view_, &StoryboardView::shot_delete_requested, this, &StoryboardWidget::shot_delete_requested);
    connect(view_, &StoryboardView::shot_duplicate_requested, this, &StoryboardWidget::shot_duplicate_requested);
    connect(view_, &StoryboardView::split_requested, this, &StoryboardWidget::split_requested);
    connect(view_, &StoryboardView::playhead_moved, this, &StoryboardWidget::playhead_moved);
    connect(view_, &StoryboardView::export_range_requested, this, &StoryboardWidget::export_range_requested);
    connect(view_, &StoryboardView::shot_selected, this, &StoryboardWidget::update_verbs);
    connect(view_, &StoryboardView::playhead_moved, this, &StoryboardWidget::update_verbs);
    connect(view_, &StoryboardView::zoom_changed, bar_, &StoryboardBar::set_zoom);
    connect(view_, &StoryboardView::snapping_toggle_requested, this, [this] { set_snapping(!view_->snapping()); });

    connect(bar_, &StoryboardBar::mode_chosen, this, &StoryboardWidget::set_mode);
    connect(bar_, &StoryboardBar::snapping_toggled, this, &StoryboardWidget::set_snapping);
    connect(bar_, &StoryboardBar::zoom_chosen, view_, [this](double zoom) { view_->set_zoom(zoom); });
    connect(bar_, &StoryboardBar::split, view_, &StoryboardView::split_at_playhead);
    connect(bar_, &StoryboardBar::duplicate, this, [this] { Q_EMIT shot_duplicate_requested(view_->selected()); });
    connect(bar_, &StoryboardBar::remove, this, [this] { Q_EMIT shot_delete_requested(view_->selected()); });
    bar_->set_zoom(view_->pixels_per_frame());
}

void StoryboardWidget::set_project(const core::Project* project, const QString& folder)
{
    project_ = project;
    view_->set_project(project, folder);
    update_verbs();
}

void StoryboardWidget::refresh()
{
    view_->refresh();
    update_verbs();
}

void StoryboardWidget::set_playhead(int project_frame)
{
    view_->set_playhead(project_frame);
}

void StoryboardWidget::select(const std::string& shot_id)
{
    view_->select(shot_id);
    update_verbs();
}

void StoryboardWidget::set_progress(const std::string& shot_id, double fraction, const QImage& preview)
{
    view_->set_progress(shot_id, ShotProgress{fraction, preview});
}

void StoryboardWidget::clear_progress(const std::string& shot_id)
{
    view_->clear_progress(shot_id);
}

void StoryboardWidget::set_mode(StoryboardMode mode)
{
    view_->set_mode(mode);
    bar_->set_mode(mode);
}

void StoryboardWidget::set_snapping(bool snapping)
{
    view_->set_snapping(snapping);
    bar_->set_snapping(snapping);
}

void StoryboardWidget::zoom_to_fit()
{
    view_->zoom_to_fit();
}

std::string StoryboardWidget::selected() const
{
    return view_->selected();
}

int StoryboardWidget::playhead() const
{
    return static_cast<int>(view_->playhead());
}

StoryboardMode StoryboardWidget::mode() const
{
    return view_->mode();
}

bool StoryboardWidget::snapping() const
{
    return view_->snapping();
}

void StoryboardWidget::update_verbs()
{
    bar_->set_shot_chosen(project_ && core::find_shot(*project_, view_->selected()).has_value());
    bar_->set_can_split(project_ && !project_->shots.empty());
}

}  // namespace kinora::ui
