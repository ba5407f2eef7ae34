#include "ui/session/job_pace.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ui/session/take_maker.h"

namespace kinora::ui {

namespace {

/// So many runs of a kind are remembered.
constexpr std::size_t k_remembered = 3;

/// Whether a job that is done was one run from noise to the last step; see `make_take`.
bool whole_run(const core::Job& job)
{
    const auto result = nlohmann::json::parse(job.result, nullptr, false);
    return !result.is_object() || result.value("whole_run", true);
}

double middle_of(std::deque<double> values)
{
    std::sort(values.begin(), values.end());
    return values[(values.size() - 1) / 2];
}

}  // namespace

JobPace::Work JobPace::work_of(const core::Job& job)
{
    if (job.kind != k_generate_kind) return {};
    const auto request = request_of_job(job.payload);
    if (!request) return {};
    // What a request leaves to its model is the same for all that leave it.
    const std::string guidance = !request->guidance ? "usual" : *request->guidance > 1 ? "two passes" : "one pass";
    std::string kind;
    for (const auto& part :
         {request->model_id, request->device, request->dtype, guidance, request->guidance_mode.value_or("usual"),
          request->step_cache.value_or("usual"), request->enhance.upscale, request->enhance.interpolate,
          std::string(request->width ? "" : "usual size"), std::string(request->frames ? "" : "usual length"),
          std::string(request->steps ? "" : "usual steps"), std::string(request->loras.empty() ? "" : "LoRAs"),
          std::string(request->conditioning.empty() ? "" : "pictures"), request->origin ? request->origin->verb : ""})
        kind += part + '\n';
    const double pixels = static_cast<double>(request->width.value_or(1)) * request->height.value_or(1);
    const double steps = request->steps.value_or(1) * (request->origin ? request->origin->strength : 1.0F);
    return {kind, pixels * request->frames.value_or(1) * steps};
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
    if (job.state != core::JobState::done || !whole_run(job)) return;
    const Work work = work_of(job);
    if (work.amount <= 0) return;
    auto& known = seconds_per_amount_[work.kind];
    known.push_back(seconds / work.amount);
    if (known.size() > k_remembered) known.pop_front();
}

double JobPace::seconds_for(const core::Job& job) const
{
    const Work work = work_of(job);
    const std::lock_guard lock(mutex_);
    const auto known = seconds_per_amount_.find(work.kind);
    return work.amount > 0 && known != seconds_per_amount_.end() ? middle_of(known->second) * work.amount : -1;
}

}  // namespace kinora::ui
