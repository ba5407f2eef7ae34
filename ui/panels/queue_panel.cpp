#include "ui/panels/queue_panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <string>
#include <utility>

#include "ui/panels/job_row.h"
#include "ui/panels/kept_rows.h"
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
    row->setContentsMargins(14, 6, 14, 2);
    hold_ = new QPushButton(tr("Pause the queue"), head_);
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
    mark_ = new QWidget(list_->body());
    mark_->setObjectName(QStringLiteral("InsertionMark"));
    mark_->setAttribute(Qt::WA_StyledBackground);
    mark_->setAttribute(Qt::WA_TransparentForMouseEvents);
    mark_->hide();
    connect(hold_, &QPushButton::clicked, this, &QueuePanel::hold_requested);
    connect(clear_, &QPushButton::clicked, this, &QueuePanel::clear_requested);
}

void QueuePanel::show_jobs(const std::vector<core::Job>& jobs, bool held,
                           const std::function<double(const core::Job&)>& seconds_for)
{
    waiting_.clear();
    for (const auto& job : jobs)
        if (job.state == core::JobState::waiting) waiting_.push_back(job.id);
    // What runs or waits first, in its order; what is over below, newest first.
    std::vector<const core::Job*> ordered;
    for (const auto& job : jobs)
        ordered.push_back(&job);
    const auto open = std::stable_partition(ordered.begin(), ordered.end(),
                                            [](const core::Job* job) { return !core::is_over(job->state); });
    std::reverse(open, ordered.end());
    arrange(ordered);
    for (std::size_t i = 0; i < shown_; ++i) {
        const bool waits = ordered[i]->state == core::JobState::waiting;
        rows_[i]->show_job(*ordered[i], QString::fromStdString(ordered[i]->title), waits ? seconds_for(*ordered[i]) : -1);
    }
    for (std::size_t i = 0; i < rows_.size(); ++i)
        rows_[i]->setVisible(i < shown_);
    head_->setVisible(shown_ > 0);
    hold_->setChecked(held);
    hold_->setText(held ? tr("Go on with the queue") : tr("Pause the queue"));
    list_->set_empty(shown_ == 0);
}

void QueuePanel::arrange(const std::vector<const core::Job*>& ordered)
{
    std::vector<std::string> ids;
    for (const core::Job* job : ordered)
        ids.push_back(job->id);
    auto rows = kept_rows(
        rows_, ids, [](const JobRow& row) { return row.job_id(); }, [this] { return make_row(); });
    shown_ = ids.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int place = static_cast<int>(i);
        if (list_->rows()->itemAt(place)->widget() == rows[i]) continue;
        list_->rows()->removeWidget(rows[i]);
        list_->rows()->insertWidget(place, rows[i]);
    }
    if (rows == rows_) return;
    rows_ = std::move(rows);
    // The tabulator goes down the list as it is seen.
    QWidget* before = nullptr;
    for (std::size_t i = 0; i < shown_; ++i)
        for (QWidget* button : rows_[i]->buttons()) {
            if (before != nullptr) setTabOrder(before, button);
            before = button;
        }
}

void QueuePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    Q_EMIT opened();
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
    connect(row, &JobRow::keep_requested, this, [this, row] { Q_EMIT keep_requested(row->job_id()); });
    connect(row, &JobRow::pause_requested, this, [this, row] { Q_EMIT pause_requested(row->job_id()); });
    connect(row, &JobRow::go_on_requested, this, [this, row] { Q_EMIT go_on_requested(row->job_id()); });
    connect(row, &JobRow::edit_requested, this, [this, row] { Q_EMIT edit_requested(row->job_id()); });
    connect(row, &JobRow::duplicate_requested, this, [this, row] { Q_EMIT duplicate_requested(row->job_id()); });
    connect(row, &JobRow::way_out_requested, this,
            [this, row](const std::string& way) { Q_EMIT way_out_requested(row->job_id(), way); });
    connect(row, &JobRow::move_requested, this, [this, row](int by) {
        const int place = place_of(row->job_id());
        if (place >= 0) Q_EMIT move_requested(row->job_id(), std::max(0, place + by));
    });
    connect(row, &JobRow::dragged_to, this, [this, row](int y, bool finished) { drag(row, y, finished); });
    return row;
}

JobRow* QueuePanel::row_of(const std::string& job) const
{
    const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(shown_);
    const auto found = std::find_if(rows_.begin(), end, [&](const JobRow* row) { return row->job_id() == job; });
    return found == end ? nullptr : *found;
}

int QueuePanel::place_of(const std::string& job) const
{
    const auto found = std::find(waiting_.begin(), waiting_.end(), job);
    return found == waiting_.end() ? -1 : static_cast<int>(found - waiting_.begin());
}

void QueuePanel::drag(JobRow* row, int y, bool finished)
{
    // Before the first waiting row whose middle is below the mouse.
    int place = 0;
    int line = 0;
    for (const std::string& id : waiting_) {
        const JobRow* other = row_of(id);
        if (other == nullptr || other == row) continue;
        if (y < other->geometry().center().y()) {
            line = other->geometry().top();
            break;
        }
        line = other->geometry().bottom() + 1;
        ++place;
    }
    mark_->setVisible(!finished && waiting_.size() > 1);
    mark_->setGeometry(10, line - 1, list_->body()->width() - 20, 2);
    mark_->raise();
    if (finished && place != place_of(row->job_id())) Q_EMIT move_requested(row->job_id(), place);
}

}  // namespace kinora::ui
