#pragma once

#include <QWidget>
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
    void show_jobs(const std::vector<core::Job>& jobs, bool held);
    void update_job(const core::Job& job);

Q_SIGNALS:
    void stop_requested(const std::string& job);
    void retry_requested(const std::string& job);
    void remove_requested(const std::string& job);
    void clear_requested();
    void hold_requested(bool held);

private:
    JobRow* make_row();
    RowList* list_;
    QPushButton* hold_;
    QPushButton* clear_;
    QWidget* head_;
    std::vector<JobRow*> rows_;
    std::size_t shown_ = 0;
};

}  // namespace kinora::ui
