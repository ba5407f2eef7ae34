#pragma once

#include <atomic>

namespace kinora::core {

/// What a run is asked to do while it samples.
enum class RunVerb {
    go_on,
    pause,          ///< stop within a step and leave a checkpoint that goes on to the same bits
    stop_and_keep,  ///< sample no further; decode the clip as far as it has come
};

/// The levers of one run, shared by whoever watches it and the engine. Thread-safe. A `std::stop_token` still cancels, and
/// outweighs what is asked for here.
///
/// A paused run ends with `ErrorKind::cancelled`, as a stopped one does; `paused()` tells them apart. Its checkpoint is then
/// in the request's `checkpoint_file`, unless it hadn't begun to sample. A run that was stopped to be kept ends as any
/// other, with a clip; the recipe's `stop_after` tells the step.
class RunControl {
public:
    void pause() { verb_ = RunVerb::pause; }
    void stop_and_keep() { verb_ = RunVerb::stop_and_keep; }
    /// Takes back what was asked for, before a run goes on from its checkpoint.
    void go_on()
    {
        verb_ = RunVerb::go_on;
        paused_ = false;
    }

    [[nodiscard]] RunVerb verb() const { return verb_; }

    /// Whether the run ended because of `pause`. Set by the engine.
    [[nodiscard]] bool paused() const { return paused_; }
    void set_paused() { paused_ = true; }

private:
    std::atomic<RunVerb> verb_{RunVerb::go_on};
    std::atomic<bool> paused_{false};
};

}  // namespace kinora::core
