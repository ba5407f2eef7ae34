#include "ui/player/sound_clock.h"

#include <algorithm>
#include <cstdlib>

namespace kinora::ui {

namespace {
constexpr std::int64_t k_jump = 60'000'000;  // beyond this the device really went elsewhere: follow at once
constexpr std::int64_t k_smoothing = 8;      // one part of so many of a deviation is taken over with each report
}  // namespace

void SoundClock::start(std::int64_t now)
{
    *this = {};
    started_ = now;
    last_report_ = now;
    offset_ = -now;
}

void SoundClock::report(std::int64_t heard, int sample_rate, std::int64_t now)
{
    const std::int64_t device = heard * 1'000'000'000 / sample_rate;
    const std::int64_t deviation = device - now - offset_;
    // The first sound comes when the device has started: everything before was waiting.
    if (!reported_ || std::abs(deviation) > k_jump)
        offset_ += deviation;
    else
        offset_ += deviation / k_smoothing;
    reported_ = heard > 0;
    last_report_ = now;
}

std::int64_t SoundClock::elapsed(std::int64_t now)
{
    if (!reported_) return last_;
    last_ = std::max(last_, std::min(now, last_report_ + k_longest_guess) + offset_);
    return last_;
}

}  // namespace kinora::ui
