#pragma once

#include <c10/core/Device.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/generation/generator.h"

namespace kinora::inference {

/// Reports of one run, with a fraction that never falls, the time left as the steps so far say, and the memory in use. Times
/// stages on the way.
class RunProgress {
public:
    using Clock = std::chrono::steady_clock;

    /// `report` may be empty; `now` is the clock, for tests.
    RunProgress(core::ProgressFunction report, int sampling_steps, std::function<Clock::time_point()> now = &Clock::now);

    /// A stage begins. The one before ends and is timed.
    void begin(core::Stage stage);
    /// What this machine is expected to need, from runs before this one, in seconds: for the time left before the first step
    /// is done, and while decoding. Not positive: not known.
    void expect(double step_seconds, double decoding_seconds);
    /// Sampling goes on after steps that an earlier part of the run did.
    void resume_at(int step) { resumed_at_ = step; }
    /// The device whose memory counts beside the process's.
    void watch(const c10::Device& device) { device_ = device; }
    /// A sampling step was done.
    void step(int done, std::shared_ptr<const std::vector<core::Picture8>> preview);
    /// A part of the step after `done` is done. Reported a few times a second at most.
    void within_step(int done, double part);
    /// A part of the decoding is done.
    void decoded(double part);
    /// The run is over.
    void finish();

    /// Seconds by stage so far, in order, under the names load, text, sample, decode.
    [[nodiscard]] const std::vector<std::pair<std::string, double>>& timings() const { return timings_; }

private:
    void sampled(double steps);
    void send(double fraction, double seconds_left);
    void end_stage();
    [[nodiscard]] double stage_seconds() const;
    [[nodiscard]] double seconds_a_step(double steps) const;
    [[nodiscard]] double decoding_seconds(double step_seconds) const;

    core::ProgressFunction report_;
    int sampling_steps_;
    std::function<Clock::time_point()> now_function_;
    c10::Device device_{c10::kCPU};
    double expected_step_ = 0;
    double expected_decoding_ = 0;
    int resumed_at_ = 0;
    core::Progress now_;
    bool running_ = false;
    Clock::time_point stage_start_;
    Clock::time_point last_sent_;
    std::vector<double> step_ends_;  ///< seconds from the stage's start
    std::vector<std::pair<std::string, double>> timings_;
};

}  // namespace kinora::inference
