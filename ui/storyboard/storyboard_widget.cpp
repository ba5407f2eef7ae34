#include "ui/storyboard/storyboard_widget.h"

#include <QVBoxLayout>

#include "ui/storyboard/storyboard_actions.h"
#include "ui/storyboard/storyboard_bar.h"
#include "ui/storyboard/storyboard_commands.h"
#include "ui/storyboard/storyboard_drops.h"
#include "ui/storyboard/storyboard_menus.h"
#include "ui/storyboard/storyboard_view.h"

namespace kinora::ui {

StoryboardWidget::StoryboardWidget(QWidget* parent) : StoryboardWidget(std::make_shared<ThumbnailStore>(), parent) {}

StoryboardWidget::StoryboardWidget(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent) : QWidget(parent)
{
    actions_ = new StoryboardActions(this);
    bar_ = new StoryboardBar(*actions_, this);
    view_ = new StoryboardView(std::move(thumbnails), this);
    commands_ = new StoryboardCommands(*view_, *actions_, this);
    new StoryboardDrops(*view_, *commands_);
    actions_->add_to(view_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addWidget(view_, 1);
    setFocusProxy(view_);
    connect_view();
    connect_actions();
}

void StoryboardWidget::add_verbs(const std::vector<std::pair<QAction*, QString>>& verbs)
{
    bar_->add_verbs(verbs);
}

void StoryboardWidget::connect_view()
{
    connect(view_, &StoryboardView::shot_selected, this, &StoryboardWidget::shot_selected);
    connect(view_, &StoryboardView::shot_activated, this, &StoryboardWidget::shot_activated);
    connect(view_, &StoryboardView::edit_requested, this, &StoryboardWidget::edit_requested);
    connect(view_, &StoryboardView::trim_dragged, this, &StoryboardWidget::trim_dragged);
    connect(view_, &StoryboardView::shot_add_requested, this, &StoryboardWidget::shot_add_requested);
    connect(view_, &StoryboardView::playhead_moved, this, &StoryboardWidget::playhead_moved);
    connect(view_, &StoryboardView::selection_changed, this, &StoryboardWidget::update_actions);
    connect(view_, &StoryboardView::zoom_changed, bar_, &StoryboardBar::set_zoom);
    connect(view_, &StoryboardView::menu_requested, this, [this](const StoryboardHit& hit, const QPoint& at) {
        open_storyboard_menu(*view_, *actions_, *commands_, hit, at);
    });
    connect(commands_, &StoryboardCommands::export_range_requested, this, &StoryboardWidget::export_range_requested);
    connect(commands_, &StoryboardCommands::export_range_cleared, this, &StoryboardWidget::export_range_cleared);
    connect(commands_, &StoryboardCommands::paste_requested, this, &StoryboardWidget::paste_requested);
    connect(commands_, &StoryboardCommands::import_requested, this, &StoryboardWidget::import_requested);
    connect(bar_, &StoryboardBar::zoom_chosen, view_, [this](double zoom) { view_->set_zoom(zoom); });
    bar_->set_zoom(view_->pixels_per_frame());
}

void StoryboardWidget::connect_actions()
{
    const StoryboardActions& actions = *actions_;
    connect(actions["snapping"], &QAction::toggled, view_, &StoryboardView::set_snapping);
    connect(actions["timeline"], &QAction::triggered, this, [this] { set_mode(StoryboardMode::timeline); });
    connect(actions["cards"], &QAction::triggered, this, [this] { set_mode(StoryboardMode::cards); });
    connect(actions["import"], &QAction::triggered, this, &StoryboardWidget::import_dialog_requested);
}

void StoryboardWidget::set_project(const core::Project* project, const QString& folder)
{
    view_->set_project(project, folder);
    update_actions();
}

void StoryboardWidget::refresh()
{
    view_->refresh();
    update_actions();
}

void StoryboardWidget::set_playhead(int project_frame)
{
    view_->set_playhead(project_frame);
}

void StoryboardWidget::select(const std::string& shot_id)
{
    view_->select(shot_id);
}

void StoryboardWidget::choose(const std::vector<std::string>& ids)
{
    view_->choose_all(ids);
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
    (*actions_)[mode == StoryboardMode::timeline ? "timeline" : "cards"]->setChecked(true);
    bar_->set_timeline(mode == StoryboardMode::timeline);
}

void StoryboardWidget::set_snapping(bool snapping)
{
    (*actions_)["snapping"]->setChecked(snapping);
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

void StoryboardWidget::update_actions()
{
    commands_->update_enabled();
}

}  // namespace kinora::ui
