#include "core/jobs/eta.h"

#include <algorithm>

namespace kinora::core {
namespace {

double seconds_between(EtaEstimator::TimePoint from, EtaEstimator::TimePoint to)
{
    return std::chrono::duration<double>(to - from).count();
}

}  // namespace

void EtaEstimator::report(Stage stage, double fraction, TimePoint now)
{
    const Sample sample{stage, std::clamp(fraction, 0.0, 1.0), now};
    if (!started_) {
        started_ = true;
        first_ = sample;
        window_.push_back(sample);
        return;
    }
    // A report without progress says nothing about the speed yet: the next one with progress will carry its time.
    if (sample.stage == window_.back().stage && sample.fraction <= window_.back().fraction) return;
    ++reports_;
    if (sample.stage != window_.back().stage) window_.clear();
    window_.push_back(sample);
    if (window_.size() > k_window) window_.pop_front();
}

double EtaEstimator::seconds_left(TimePoint now) const
{
    if (!started_) return -1;
    const Sample& last = window_.back();
    if (last.fraction >= 1.0) return 0;
    const bool measured_here = window_.size() >= 2;
    const Sample& from = measured_here ? window_.front() : first_;
    const double progress = last.fraction - from.fraction;
    const double seconds = seconds_between(from.time, last.time);
    if (progress <= 0 || seconds <= 0) return -1;
    const double left = (1.0 - last.fraction) * seconds / progress;
    const double steps = measured_here ? static_cast<double>(window_.size() - 1) : static_cast<double>(reports_);
    const double until_next = seconds / std::max(steps, 1.0);
    const double since = std::clamp(seconds_between(last.time, now), 0.0, until_next);
    return std::max(0.0, left - since);
}

}  // namespace kinora::core
