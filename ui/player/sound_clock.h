#pragma once

#include <cstdint>

namespace kinora::ui {

/// What time it is by the sound: turns the sparse, jumping reports of a device ("so many samples were heard") into a steady
/// clock that never runs backwards and never strays from the device for long. While no reports come it goes on with the
/// monotonic clock, at most `k_longest_guess` ahead, so that a device that stalls holds the picture too.
class SoundClock {
public:
    static constexpr std::int64_t k_longest_guess = 250'000'000;  ///< nanoseconds

    void start(std::int64_t now);
    /// `heard` samples since the start, at the moment `now` of a monotonic clock (nanoseconds).
    void report(std::int64_t heard, int sample_rate, std::int64_t now);
    /// Nanoseconds of sound heard since the start.
    [[nodiscard]] std::int64_t elapsed(std::int64_t now);

private:
    std::int64_t offset_ = 0;       // device time less monotonic time, smoothed
    std::int64_t last_ = 0;         // what was told last: the clock doesn't go back behind it
    std::int64_t last_report_ = 0;  // moment
    bool reported_ = false;
    std::int64_t started_ = 0;
};

}  // namespace kinora::ui
