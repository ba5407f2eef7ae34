#include "ui/session/job_courtesy.h"

#include <QGuiApplication>
#include <algorithm>

namespace kinora::ui {

JobCourtesy::JobCourtesy(JobDesk& jobs, std::shared_ptr<Desktop> desktop, QObject* parent)
    : QObject(parent), jobs_(jobs), desktop_(std::move(desktop))
{
    connect(&jobs_, &JobDesk::jobs_changed, this, &JobCourtesy::look);
    connect(&jobs_, &JobDesk::job_finished, this, &JobCourtesy::finished);
}

JobCourtesy::~JobCourtesy()
{
    if (awake_) desktop_->let_sleep();
}

void JobCourtesy::look()
{
    if (!desktop_) return;
    const auto& jobs = jobs_.jobs();
    const auto running =
        std::find_if(jobs.begin(), jobs.end(), [](const core::Job& job) { return job.state == core::JobState::running; });
    const bool works = running != jobs.end();
    if (works && running->id != running_) {
        running_ = running->id;
        since_.start();
    }
    if (works == awake_) return;
    awake_ = works;
    works ? desktop_->keep_awake(tr("Kinora makes a clip")) : desktop_->let_sleep();
}

void JobCourtesy::finished(const core::Job& job)
{
    const bool told = job.state == core::JobState::done || job.state == core::JobState::failed;
    const bool looked_at = QGuiApplication::applicationState() == Qt::ApplicationActive;
    if (!desktop_ || !told || looked_at || job.id != running_ || since_.elapsed() < long_job_ * 1000) return;
    const QString title = job.state == core::JobState::done ? tr("Done") : tr("It didn't work");
    const QString text = job.state == core::JobState::done ? QString::fromStdString(job.title)
                                                           : QString::fromStdString(job.title + ": " + job.error);
    desktop_->notify(title, text);
}

}  // namespace kinora::ui
