#include "ui/panels/queue_panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/job_row.h"
#include "ui/panels/row_list.h"
#include "ui/widgets/empty_state.h"

namespace kinora::ui {

QueuePanel::QueuePanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    head_ = new QWidget(this);
    auto* row = new QHBoxLayout(head_);
    row->setContentsMargins(10, 6, 10, 2);
    hold_ = new QPushButton(tr("Pause"), head_);
    hold_->setCheckable(true);
    clear_ = new QPushButton(tr("Clear finished"), head_);
    for (auto* button : {hold_, clear_})
        button->setProperty("kind", "link");
    hold_->setToolTip(tr("What runs goes on; nothing new starts"));
    row->addWidget(hold_);
    row->addStretch(1);
    row->addWidget(clear_);
    column->addWidget(head_);
    auto* empty = new EmptyState(QStringLiteral("timeline"), tr("Nothing to do"),
                                 tr("Takes and exports wait here for their turn, one after another. "
                                    "The queue survives a restart."));
    list_ = new RowList(empty, this);
    column->addWidget(list_, 1);
    connect(hold_, &QPushButton::clicked, this, &QueuePanel::hold_requested);
    connect(clear_, &QPushButton::clicked, this, &QueuePanel::clear_requested);
}

void QueuePanel::show_jobs(const std::vector<core::Job>& jobs, bool held)
{
    shown_ = jobs.size();
    while (rows_.size() < shown_)
        rows_.push_back(make_row());
    // What runs or waits first, in its order; what is over below, newest first.
    std::vector<const core::Job*> ordered;
    for (const auto& job : jobs)
        ordered.push_back(&job);
    const auto open = std::stable_partition(ordered.begin(), ordered.end(), [](const core::Job* job) {
        return job->state == core::JobState::running || job->state == core::JobState::waiting;
    });
    std::reverse(open, ordered.end());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        rows_[i]->setVisible(i < shown_);
        if (i < shown_) rows_[i]->show_job(*ordered[i], QString::fromStdString(ordered[i]->title));
    }
    head_->setVisible(shown_ > 0);
    hold_->setChecked(held);
    hold_->setText(held ? tr("Go on") : tr("Pause"));
    list_->set_empty(shown_ == 0);
}

void QueuePanel::update_job(const core::Job& job)
{
    for (std::size_t i = 0; i < shown_; ++i)
        if (rows_[i]->job_id() == job.id) rows_[i]->show_job(job, QString::fromStdString(job.title));
}

JobRow* QueuePanel::make_row()
{
    auto* row = new JobRow(JobRow::Picture::none, list_->body());
    list_->rows()->addWidget(row);
    connect(row, &JobRow::stop_requested, this, [this, row] { Q_EMIT stop_requested(row->job_id()); });
    connect(row, &JobRow::retry_requested, this, [this, row] { Q_EMIT retry_requested(row->job_id()); });
    connect(row, &JobRow::remove_requested, this, [this, row] { Q_EMIT remove_requested(row->job_id()); });
    return row;
}

}  // namespace kinora::ui
