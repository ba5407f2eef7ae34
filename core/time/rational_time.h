#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

#include "core/time/frame_rate.h"

namespace kinora::core {

/// Half-open range of frames `[first, end)` of some source; the rate is the source's.
///
///      first            end
///        |███|███|███|███|
struct FrameRange {
    std::int64_t first = 0;
    std::int64_t end = 0;

    [[nodiscard]] constexpr std::int64_t length() const { return end - first; }
    [[nodiscard]] constexpr bool empty() const { return end <= first; }
    [[nodiscard]] constexpr bool contains(std::int64_t frame) const { return frame >= first && frame < end; }
    friend constexpr bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// The part that both ranges cover; empty (`first == end`) if there is none.
[[nodiscard]] constexpr FrameRange intersection(FrameRange a, FrameRange b)
{
    const std::int64_t first = std::max(a.first, b.first);
    return {first, std::max(first, std::min(a.end, b.end))};
}

/// What to do with a time that falls between two frames.
enum class Rounding { down, nearest, up };

/// `frames` of rate `from` counted in frames of rate `to`, by exact integer arithmetic (128 bit inside). Rounds towards
/// minus infinity, to the nearest (halves up) or towards plus infinity.
[[nodiscard]] std::int64_t rescale_frames(std::int64_t frames, FrameRate from, FrameRate to, Rounding rounding);

/// A point in time: a whole number of frames at a rate. Compares exactly between rates: 12 frames at 24 = 6 frames at 12.
struct RationalTime {
    std::int64_t frames = 0;
    FrameRate rate{24};

    /// For the edge of a display or a codec only.
    [[nodiscard]] constexpr double seconds() const
    {
        return static_cast<double>(frames) * static_cast<double>(rate.denominator) / static_cast<double>(rate.numerator);
    }
    [[nodiscard]] RationalTime at_rate(FrameRate other, Rounding rounding) const
    {
        return {rescale_frames(frames, rate, other, rounding), other};
    }
    friend std::strong_ordering operator<=>(const RationalTime& a, const RationalTime& b);
    friend bool operator==(const RationalTime& a, const RationalTime& b) { return (a <=> b) == std::strong_ordering::equal; }
};

/// Half-open `[start, start + duration)` with one rate for both.
struct TimeRange {
    RationalTime start;
    std::int64_t duration = 0;  ///< frames at `start.rate`

    [[nodiscard]] constexpr RationalTime end() const { return {start.frames + duration, start.rate}; }
    [[nodiscard]] bool contains(const RationalTime& time) const { return time >= start && time < end(); }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// Conforming by repeating (or dropping) frames: the source frame on screen when frame `n` of a timeline at rate `timeline`
/// starts, for a source at rate `source` whose frame 0 starts with the timeline: floor(n · source / timeline).
///
///     source   12 fps   |   0   |   1   |   2   |
///     timeline 24 fps   | 0 | 1 | 2 | 3 | 4 | 5 |
[[nodiscard]] std::int64_t source_frame_at(std::int64_t n, FrameRate source, FrameRate timeline);

/// Timeline frames during which one of `source_frames` frames is on screen: ceil(frames · timeline / source). 33 frames of
/// 12 fps are 66 of 24 fps; 33 of 16 fps are 50.
[[nodiscard]] std::int64_t conformed_length(std::int64_t source_frames, FrameRate source, FrameRate timeline);

/// The first timeline frame that shows source frame `k` or a later one (for drops): ceil(k · timeline / source).
[[nodiscard]] std::int64_t first_timeline_frame_of(std::int64_t k, FrameRate source, FrameRate timeline);

}  // namespace kinora::core
