#include "inference/sampling/renoising.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/randn.h>

#include <cassert>
#include <utility>

namespace kinora::inference {
namespace {

/// A seed for each step that is unlike those of the steps beside it and of the first noise (SplitMix64's mixing).
std::uint64_t seed_of_step(std::uint64_t seed, int step)
{
    std::uint64_t mixed = seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(step + 1);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
}

}  // namespace

Renoising::Renoising(NoiseSchedule schedule, std::uint64_t seed) : schedule_(std::move(schedule)), seed_(seed) {}

at::Tensor Renoising::step(const at::Tensor& flow, const at::Tensor& sample)
{
    assert(step_index_ < schedule_.steps());
    const auto index = static_cast<std::size_t>(step_index_++);
    const auto clip = sample - flow * schedule_.sigmas[index];
    const float next = schedule_.sigmas[index + 1];
    if (next == 0.0F) return clip;
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed_of_step(seed_, step_index_));
    // On the CPU, so that a seed means the same on every device.
    const auto noise = at::randn(sample.sizes(), generator, at::TensorOptions().dtype(at::kFloat)).to(sample.device());
    return clip * (1.0F - next) + noise * next;
}

SamplerState Renoising::state() const
{
    return {step_index_, 1, {}};
}

bool Renoising::restore(const SamplerState& state)
{
    if (state.step_index < 0 || state.step_index > schedule_.steps() || !state.tensors.empty()) return false;
    step_index_ = state.step_index;
    return true;
}

}  // namespace kinora::inference
