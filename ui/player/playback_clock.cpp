#include "ui/player/playback_clock.h"

#include <cmath>

namespace kinora::ui {

std::int64_t PlaybackClock::until_next_frame(std::int64_t now) const
{
    if (frames_per_nanosecond_ == 0) return 0;
    const double here = position(now);
    // The tiny nudge keeps a position that sits on a boundary from asking for a wait of zero again and again.
    const double next = frames_per_nanosecond_ > 0 ? std::floor(here + 1e-6) + 1 : std::ceil(here - 1e-6) - 1;
    return static_cast<std::int64_t>(std::ceil((next - here) / frames_per_nanosecond_));
}

}  // namespace kinora::ui
