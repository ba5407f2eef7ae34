#pragma once

#include <chrono>
#include <deque>

#include "core/generation/generator.h"

namespace kinora::core {

/// Time left, from what was measured and nothing else. Says nothing (-1) before two reports of this run showed a speed;
/// never negative; counts down between reports, but not below what will be left after the report that is due, however late
/// it is.
///
/// Speed is the job's fraction per second over the last reports of the present stage (at most `k_window`), or over the whole
/// job while the stage has only one: how well the stages' shares were guessed differs. Not thread-safe.
class EtaEstimator {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    void report(Stage stage, double fraction, TimePoint now);
    /// Seconds from `now`; -1: not known yet; 0: done.
    [[nodiscard]] double seconds_left(TimePoint now) const;

private:
    static constexpr std::size_t k_window = 12;
    struct Sample {
        Stage stage;
        double fraction;
        TimePoint time;
    };
    Sample first_{Stage::loading, 0.0, {}};
    bool started_ = false;
    int reports_ = 0;  ///< with progress, after the first
    std::deque<Sample> window_;
};

}  // namespace kinora::core
