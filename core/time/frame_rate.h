#pragma once

#include <cstdint>
#include <numeric>

namespace kinora::core {

/// Frames per second as an exact fraction: 24000/1001 is 23.976. Always positive and in lowest terms.
struct FrameRate {
    std::int64_t numerator = 24;
    std::int64_t denominator = 1;

    constexpr FrameRate() = default;
    constexpr FrameRate(std::int64_t frames, std::int64_t seconds = 1)
        : numerator(frames / std::gcd(frames, seconds)), denominator(seconds / std::gcd(frames, seconds))
    {
    }

    /// For the edge of a display or a codec only; never for arithmetic on time.
    [[nodiscard]] constexpr double as_double() const
    {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }

    friend constexpr bool operator==(const FrameRate&, const FrameRate&) = default;
};

}  // namespace kinora::core
