#pragma once

#include <chrono>
#include <deque>

#include "core/generation/generator.h"

namespace kinora::core {

/// Time left, from what was measured and nothing else. Says nothing (-1) before two reports of this run showed a speed;
/// never negative; never shorter than the work that the last report left, even when the next report is late.
///
/// Speed is the job's fraction per second over the last reports of the present stage (at most `k_window`), or over the whole
/// job while the stage has only one: the engine's stages differ in how well their share was guessed. Not thread-safe.
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
    std::deque<Sample> window_;
};

}  // namespace kinora::core
