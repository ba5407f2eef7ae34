#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "inference/sampling/sampler_state.h"
#include "inference/sampling/schedule.h"

namespace kinora::inference {

/// The steps of models distilled by distribution matching (DMD; FastWan): each estimates the finished clip and noises it
/// again for the next level, x ← (1 − σ')·(x − σ·flow) + σ'·noise. The noise is drawn from the seed and the step, so that
/// runs repeat. A value, as `UniPc`.
class Renoising {
public:
    Renoising(NoiseSchedule schedule, std::uint64_t seed);

    /// As `UniPc::step`.
    [[nodiscard]] at::Tensor step(const at::Tensor& flow, const at::Tensor& sample);

    [[nodiscard]] const NoiseSchedule& schedule() const { return schedule_; }
    [[nodiscard]] int step_index() const { return step_index_; }

    /// What the steps to come depend on, and going on from it: false if it can't be a state of this sampler.
    [[nodiscard]] SamplerState state() const;
    [[nodiscard]] bool restore(const SamplerState& state);

private:
    NoiseSchedule schedule_;
    std::uint64_t seed_;
    int step_index_ = 0;
};

}  // namespace kinora::inference
