#pragma once

#include <cstdint>

#include "core/time/frame_rate.h"

namespace kinora::ui {

/// Where playback is at a moment of a monotonic clock. It knows nothing of ranges or loops and never drifts: the position is
/// always computed from the moment of the start, never summed up from ticks.
class PlaybackClock {
public:
    /// `speed` 1 is real time, negative plays backwards, 0 holds. `now` in nanoseconds.
    void start(double frame, double speed, core::FrameRate rate, std::int64_t now)
    {
        start_frame_ = frame;
        start_time_ = now;
        frames_per_nanosecond_ = speed * rate.as_double() / 1e9;
    }

    /// Moves the whole course by so many frames, which is what a loop does at its end.
    void shift(double frames) { start_frame_ += frames; }

    /// Fractional frame at `now`.
    [[nodiscard]] double position(std::int64_t now) const
    {
        return start_frame_ + static_cast<double>(now - start_time_) * frames_per_nanosecond_;
    }

    /// Nanoseconds from `now` until the position crosses the next whole frame; 0 when holding.
    [[nodiscard]] std::int64_t until_next_frame(std::int64_t now) const;

private:
    double start_frame_ = 0;
    std::int64_t start_time_ = 0;
    double frames_per_nanosecond_ = 0;
};

}  // namespace kinora::ui
