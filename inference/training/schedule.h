#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace kinora::training {

/// The learning rate's course: warm-up, constant, cosine to `floor` at the end.
struct Schedule {
    std::int64_t steps = 1000;
    std::int64_t warm_up = 50;
    double decay_share = 0.3;  ///< of all steps, at the end
    double floor = 0.02;

    /// What to multiply the rates with at a step (counted from 0).
    [[nodiscard]] double factor(std::int64_t step) const
    {
        const double warm = std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(warm_up));
        const double begin = static_cast<double>(steps) * (1.0 - decay_share);
        const double share = (static_cast<double>(step) - begin) / std::max(1.0, static_cast<double>(steps) - begin);
        if (share <= 0) return warm;
        const double cosine = 0.5 + 0.5 * std::cos(std::numbers::pi * std::min(1.0, share));
        return warm * (floor + (1.0 - floor) * cosine);
    }
};

}  // namespace kinora::training
