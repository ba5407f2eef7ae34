#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <memory>
#include <string>

#include "ui/session/desktop.h"
#include "ui/session/job_desk.h"

namespace kinora::ui {

/// Runs of so many seconds and more are told of when they end, if the window isn't looked at.
inline constexpr double k_long_job = 20;

/// Keeps the machine awake while something runs, and tells the end of long work.
class JobCourtesy : public QObject {
    Q_OBJECT
public:
    /// `desktop` may be null. Refers to `jobs`.
    JobCourtesy(JobDesk& jobs, std::shared_ptr<Desktop> desktop, QObject* parent = nullptr);
    ~JobCourtesy() override;
    /// For tests: what counts as long, in seconds.
    void set_long_job(double seconds) { long_job_ = seconds; }

private:
    void look();
    void finished(const core::Job& job);

    JobDesk& jobs_;
    std::shared_ptr<Desktop> desktop_;
    bool awake_ = false;
    std::string running_;
    QElapsedTimer since_;
    double long_job_ = k_long_job;
};

}  // namespace kinora::ui
