#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "core/jobs/job.h"

class QPushButton;

namespace kinora::ui {

class JobRow;
class RowList;

/// Everything that waits, runs, failed or was done lately.
class QueuePanel : public QWidget {
    Q_OBJECT
public:
    explicit QueuePanel(QWidget* parent = nullptr);
    /// `seconds_for` tells how long a job that waits is going to take; -1: not known. Every job keeps its row, so that only
    /// what changed is laid out and painted again.
    void show_jobs(const std::vector<core::Job>& jobs, bool held,
                   const std::function<double(const core::Job&)>& seconds_for);
    void update_job(const core::Job& job);
    /// The row of a job; null if it isn't shown.
    [[nodiscard]] JobRow* row_of(const std::string& job) const;

Q_SIGNALS:
    /// It became visible; what it shows may be old.
    void opened();
    void stop_requested(const std::string& job);
    void retry_requested(const std::string& job);
    void remove_requested(const std::string& job);
    void keep_requested(const std::string& job);
    void pause_requested(const std::string& job);
    void go_on_requested(const std::string& job);
    void edit_requested(const std::string& job);
    void duplicate_requested(const std::string& job);
    void way_out_requested(const std::string& job, const std::string& way);
    /// To this place among those that wait, 0: next to run.
    void move_requested(const std::string& job, int place);
    void clear_requested();
    void hold_requested(bool held);

protected:
    void showEvent(QShowEvent* event) override;

private:
    JobRow* make_row();
    /// Puts the rows that jobs have into this order, with rows for new ones; those of gone ones are hidden, behind.
    void arrange(const std::vector<const core::Job*>& ordered);
    /// Place among the waiting jobs, -1 if it doesn't wait.
    [[nodiscard]] int place_of(const std::string& job) const;
    void drag(JobRow* row, int y, bool finished);
    RowList* list_;
    QPushButton* hold_;
    QPushButton* clear_;
    QWidget* head_;
    std::vector<JobRow*> rows_;
    std::size_t shown_ = 0;
    std::vector<std::string> waiting_;  ///< in their order
    QWidget* mark_;                     ///< where a dragged job would go
};

}  // namespace kinora::ui
