#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "core/generation/generator.h"

namespace kinora::inference {

/// Reports of one run, with a fraction that never falls and an honest guess of the time left. Times stages on the way.
class RunProgress {
public:
    /// `report` may be empty.
    RunProgress(core::ProgressFunction report, int sampling_steps);

    /// A stage begins. The one before ends and is timed.
    void begin(core::Stage stage);
    /// A sampling step was done.
    void step(int done, std::shared_ptr<const std::vector<core::Picture8>> preview);
    /// The run is over.
    void finish();

    /// Seconds by stage so far, in order, under the names load, text, sample, decode.
    [[nodiscard]] const std::vector<std::pair<std::string, double>>& timings() const { return timings_; }

private:
    using Clock = std::chrono::steady_clock;

    void send(double fraction, double seconds_left);
    void end_stage();

    core::ProgressFunction report_;
    int sampling_steps_;
    core::Progress now_;
    bool running_ = false;
    Clock::time_point stage_start_;
    std::vector<std::pair<std::string, double>> timings_;
};

}  // namespace kinora::inference
