#include "inference/pipeline/tone_anchor.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/median.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace kinora::inference {
namespace {

/// Shifts beyond this, in standard deviations of the latents, are taken for a change that is meant.
constexpr double k_meant = 0.3;
/// Latent frames after which the whole shift is taken back.
constexpr double k_rise = 3;

/// Latent frames to the nearest given one.
std::int64_t distance_to_given(const std::vector<bool>& given, std::int64_t frame)
{
    std::int64_t nearest = static_cast<std::int64_t>(given.size());
    for (std::size_t at = 0; at < given.size(); ++at)
        if (given[at]) nearest = std::min(nearest, std::abs(static_cast<std::int64_t>(at) - frame));
    return nearest;
}

/// The mean of the given frames, [channels, height, width]. A clip's first one holds a single picture: it counts only alone.
at::Tensor tone_of_given(const at::Tensor& frames, const std::vector<bool>& given)
{
    std::vector<at::Tensor> counted;
    for (std::size_t at = 1; at < given.size(); ++at)
        if (given[at]) counted.push_back(frames.select(1, static_cast<std::int64_t>(at)));
    if (counted.empty()) counted.push_back(frames.select(1, 0));
    return at::stack(counted).mean(0);
}

}  // namespace

at::Tensor hold_tone(const at::Tensor& latents, const std::vector<bool>& given)
{
    const auto count = std::count(given.begin(), given.end(), true);
    if (count == 0 || count == static_cast<std::ptrdiff_t>(given.size())) return latents;
    auto held = latents.clone();
    const auto frames = held[0];
    const auto tone = tone_of_given(frames, given);
    // Least squares for a shift that rises with the distance to what is given and then stays.
    auto sum = at::zeros({frames.size(0)}, frames.options());
    double weights = 0;
    for (std::int64_t at = 0; at < frames.size(1); ++at) {
        if (given[static_cast<std::size_t>(at)]) continue;
        const double weight = std::min(1.0, static_cast<double>(distance_to_given(given, at)) / k_rise);
        sum += std::get<0>((frames.select(1, at) - tone).flatten(1).median(1)) * weight;
        weights += weight * weight;
    }
    auto shift = sum / weights;
    shift = shift * at::exp(-(shift / k_meant).square());
    for (std::int64_t at = 0; at < frames.size(1); ++at) {
        if (given[static_cast<std::size_t>(at)]) continue;
        const double weight = std::min(1.0, static_cast<double>(distance_to_given(given, at)) / k_rise);
        frames.select(1, at).sub_(shift.view({-1, 1, 1}), weight);
    }
    return held;
}

}  // namespace kinora::inference
