#include "ui/session/job_pace.h"

#include "ui/session/take_maker.h"

namespace kinora::ui {

JobPace::Work JobPace::work_of(const core::Job& job)
{
    if (job.kind != k_generate_kind) return {};
    const auto request = request_of_job(job.payload);
    if (!request) return {};
    // What a request leaves to its model is the same for all that leave it.
    const auto kind = request->model_id + (request->width ? "" : " usual size") + (request->frames ? "" : " usual length") +
                      (request->steps ? "" : " usual steps");
    const double pixels = static_cast<double>(request->width.value_or(1)) * request->height.value_or(1);
    return {kind, pixels * request->frames.value_or(1) * request->steps.value_or(1)};
}

void JobPace::started(const core::Job& job, Clock::time_point now)
{
    const std::lock_guard lock(mutex_);
    running_[job.id] = now;
}

void JobPace::finished(const core::Job& job, Clock::time_point now)
{
    const std::lock_guard lock(mutex_);
    const auto start = running_.find(job.id);
    if (start == running_.end()) return;
    const double seconds = std::chrono::duration<double>(now - start->second).count();
    running_.erase(start);
    if (job.state != core::JobState::done) return;
    const Work work = work_of(job);
    if (work.amount > 0) seconds_per_amount_[work.kind] = seconds / work.amount;
}

double JobPace::seconds_for(const core::Job& job) const
{
    const Work work = work_of(job);
    const std::lock_guard lock(mutex_);
    const auto known = seconds_per_amount_.find(work.kind);
    return work.amount > 0 && known != seconds_per_amount_.end() ? known->second * work.amount : -1;
}

}  // namespace kinora::ui
