#include "core/time/rational_time.h"

namespace kinora::core {
namespace {

__extension__ using Wide = __int128;

/// a / b for b > 0, towards minus infinity.
Wide floor_divide(Wide a, Wide b)
{
    const Wide quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

}  // namespace

std::int64_t rescale_frames(std::int64_t frames, FrameRate from, FrameRate to, Rounding rounding)
{
    const Wide top = static_cast<Wide>(frames) * from.denominator * to.numerator;
    const Wide bottom = static_cast<Wide>(from.numerator) * to.denominator;
    switch (rounding) {
        case Rounding::down:
            return static_cast<std::int64_t>(floor_divide(top, bottom));
        case Rounding::nearest:
            return static_cast<std::int64_t>(floor_divide(2 * top + bottom, 2 * bottom));
        case Rounding::up:
            return static_cast<std::int64_t>(-floor_divide(-top, bottom));
    }
    return 0;
}

std::strong_ordering operator<=>(const RationalTime& a, const RationalTime& b)
{
    const Wide left = static_cast<Wide>(a.frames) * a.rate.denominator * b.rate.numerator;
    const Wide right = static_cast<Wide>(b.frames) * b.rate.denominator * a.rate.numerator;
    if (left < right) return std::strong_ordering::less;
    return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::int64_t source_frame_at(std::int64_t n, FrameRate source, FrameRate timeline)
{
    return rescale_frames(n, timeline, source, Rounding::down);
}

std::int64_t conformed_length(std::int64_t source_frames, FrameRate source, FrameRate timeline)
{
    return rescale_frames(source_frames, source, timeline, Rounding::up);
}

std::int64_t first_timeline_frame_of(std::int64_t k, FrameRate source, FrameRate timeline)
{
    return rescale_frames(k, source, timeline, Rounding::up);
}

}  // namespace kinora::core
