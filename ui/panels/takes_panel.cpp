#include "ui/panels/takes_panel.h"

#include <QMenu>
#include <QVBoxLayout>

#include "ui/panels/job_row.h"
#include "ui/panels/row_list.h"
#include "ui/panels/take_row.h"
#include "ui/player/time_text.h"
#include "ui/theme/icon.h"
#include "ui/widgets/empty_state.h"

namespace kinora::ui {

TakeView view_of(const core::Take& take, const QString& clip, bool chosen)
{
    TakeView view;
    view.id = QString::fromStdString(take.id);
    view.title = TakesPanel::tr("Take %1").arg(take.number);
    view.details = take.recipe ? TakesPanel::tr("seed %1 · %2 steps").arg(take.recipe->seed).arg(take.recipe->steps)
                               : TakesPanel::tr("imported");
    view.length = QStringLiteral("%1 · %2×%3")
                      .arg(length_text(static_cast<int>(take.frames), take.rate))
                      .arg(take.width)
                      .arg(take.height);
    view.clip = clip;
    view.frames = static_cast<int>(take.frames);
    view.starred = take.starred;
    view.chosen = chosen;
    return view;
}

TakesPanel::TakesPanel(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent)
    : QWidget(parent), thumbnails_(std::move(thumbnails))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* empty = new EmptyState(QStringLiteral("film"), tr("No takes yet"),
                                 tr("Every press of Generate adds a take of this shot here. "
                                    "Star the ones you like, compare them, go back to any of them."));
    list_ = new RowList(empty, this);
    column->addWidget(list_);
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, [this](const QString& path) {
        for (auto* row : takes_)
            if (row->take().clip == path) load_picture(row, -1);
    });
}

void TakesPanel::show_shot(const core::Shot* shot, const std::function<QString(const std::string&)>& absolute)
{
    shown_takes_ = shot ? shot->takes.size() : 0;
    while (takes_.size() < shown_takes_)
        takes_.push_back(make_take_row());
    for (std::size_t i = 0; i < takes_.size(); ++i) {
        takes_[i]->setVisible(i < shown_takes_);
        if (i >= shown_takes_) continue;
        const auto& take = shot->takes[shown_takes_ - 1 - i];
        const bool other = takes_[i]->take().id != QString::fromStdString(take.id);
        takes_[i]->show_take(view_of(take, absolute(take.clip), take.id == shot->selected_take));
        if (other) load_picture(takes_[i], -1);
    }
    update_empty();
}

void TakesPanel::show_jobs(const std::vector<core::Job>& jobs)
{
    shown_jobs_ = jobs.size();
    while (jobs_.size() < shown_jobs_)
        jobs_.push_back(make_job_row());
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        jobs_[i]->setVisible(i < shown_jobs_);
        if (i >= shown_jobs_) continue;
        if (jobs_[i]->job_id() != jobs[i].id) jobs_[i]->set_picture({});
        update_job(jobs[i], {});
        const bool failed = jobs[i].state == core::JobState::failed;
        const bool running = jobs[i].state == core::JobState::running;
        jobs_[i]->show_job(jobs[i], failed ? tr("Failed") : running ? tr("Rendering") : tr("In the queue"));
    }
    update_empty();
}

void TakesPanel::update_job(const core::Job& job, const QImage& preview)
{
    for (std::size_t i = 0; i < shown_jobs_; ++i) {
        if (jobs_[i]->job_id() != job.id) continue;
        jobs_[i]->show_job(job, tr("Rendering"));
        if (!preview.isNull()) jobs_[i]->set_picture(preview);
    }
}

TakeRow* TakesPanel::make_take_row()
{
    auto* row = new TakeRow(list_->body());
    list_->rows()->addWidget(row);
    const auto id = [row] { return row->take().id.toStdString(); };
    connect(row, &TakeRow::clicked, this, [this, id] { Q_EMIT take_chosen(id()); });
    connect(row, &TakeRow::star_toggled, this, [this, id](bool starred) { Q_EMIT star_toggled(id(), starred); });
    connect(row, &TakeRow::hovered_at, this, [this, row](double part) { load_picture(row, part); });
    row->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(row, &QWidget::customContextMenuRequested, this, [this, row](const QPoint& at) { show_menu(row, at); });
    return row;
}

JobRow* TakesPanel::make_job_row()
{
    auto* row = new JobRow(JobRow::Picture::shown, list_->body());
    list_->rows()->insertWidget(static_cast<int>(jobs_.size()), row);
    connect(row, &JobRow::stop_requested, this, [this, row] { Q_EMIT stop_requested(row->job_id()); });
    connect(row, &JobRow::retry_requested, this, [this, row] { Q_EMIT retry_requested(row->job_id()); });
    connect(row, &JobRow::remove_requested, this, [this, row] { Q_EMIT job_remove_requested(row->job_id()); });
    return row;
}

void TakesPanel::load_picture(TakeRow* row, double part)
{
    const auto& take = row->take();
    const double place = part < 0 ? 1.0 / 3.0 : part;
    row->set_picture(thumbnails_->picture(take.clip, static_cast<int>(place * (take.frames - 1)), row->picture_height()));
}

void TakesPanel::show_menu(TakeRow* row, const QPoint& at)
{
    const std::string id = row->take().id.toStdString();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!row->take().chosen)
        connect(menu->addAction(icon(QStringLiteral("compare")), tr("Compare with the take shown")), &QAction::triggered,
                this, [this, id] { Q_EMIT compare_requested(id); });
    connect(menu->addAction(icon(QStringLiteral("refresh")), tr("Use these settings")), &QAction::triggered, this,
            [this, id] { Q_EMIT use_settings_requested(id); });
    connect(menu->addAction(icon(QStringLiteral("folder")), tr("Show the file")), &QAction::triggered, this,
            [this, file = row->take().clip] { Q_EMIT reveal_requested(file); });
    menu->addSeparator();
    connect(menu->addAction(icon(QStringLiteral("trash")), tr("Remove from the list")), &QAction::triggered, this,
            [this, id] { Q_EMIT remove_requested(id); });
    menu->popup(row->mapToGlobal(at));
}

void TakesPanel::update_empty()
{
    list_->set_empty(shown_takes_ + shown_jobs_ == 0);
}

}  // namespace kinora::ui
