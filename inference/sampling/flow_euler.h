#pragma once

#include <ATen/core/Tensor.h>

#include "inference/sampling/sampler_state.h"
#include "inference/sampling/schedule.h"

namespace kinora::inference {

/// Euler steps along the flow: x ← x + (σ_next − σ)·flow. A value, as `UniPc`.
class FlowEuler {
public:
    explicit FlowEuler(NoiseSchedule schedule);

    /// As `UniPc::step`.
    [[nodiscard]] at::Tensor step(const at::Tensor& flow, const at::Tensor& sample);

    [[nodiscard]] const NoiseSchedule& schedule() const { return schedule_; }
    [[nodiscard]] int step_index() const { return step_index_; }

    /// What the steps to come depend on, and going on from it: false if it can't be a state of this sampler.
    [[nodiscard]] SamplerState state() const;
    [[nodiscard]] bool restore(const SamplerState& state);

private:
    NoiseSchedule schedule_;
    int step_index_ = 0;
};

}  // namespace kinora::inference
