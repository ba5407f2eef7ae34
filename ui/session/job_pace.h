#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "core/jobs/job.h"

namespace kinora::ui {

/// How long jobs that wait are going to take, from those of their kind that this session has seen: nothing is guessed. Only
/// whole runs count, and of the last few the middle one, so that one that had to share the machine, or to load its model
/// first, doesn't speak for all. Thread-safe: the queue's worker tells, the UI thread asks.
class JobPace {
public:
    using Clock = std::chrono::steady_clock;

    void started(const core::Job& job, Clock::time_point now);
    void finished(const core::Job& job, Clock::time_point now);
    /// Seconds for a whole job; -1: none like it was seen yet.
    [[nodiscard]] double seconds_for(const core::Job& job) const;

private:
    /// What a job is compared by (all that changes how long a picture takes), and how much of it there is.
    struct Work {
        std::string kind;
        double amount = 0;
    };
    [[nodiscard]] static Work work_of(const core::Job& job);

    mutable std::mutex mutex_;
    std::map<std::string, Clock::time_point> running_;
    std::map<std::string, std::deque<double>> seconds_per_amount_;  ///< by kind, of the last ones, newest last
};

}  // namespace kinora::ui
