#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "inference/sampling/sampler_state.h"
#include "inference/sampling/schedule.h"

namespace kinora::inference {

/// DPM-Solver++ multistep for flow models (Lu et al. 2022; diffusers' `DPMSolverMultistepScheduler` with `dpmsolver++`,
/// `midpoint`, `use_flow_sigmas`, `lower_order_final`, `final_sigmas_type` zero). Order 2 is known as DPM++ 2M. A value, as
/// `UniPc`; everything is float32.
class DpmSolver {
public:
    /// `order` 1…3.
    explicit DpmSolver(NoiseSchedule schedule, int order = 2);

    /// As `UniPc::step`.
    [[nodiscard]] at::Tensor step(const at::Tensor& flow, const at::Tensor& sample);

    [[nodiscard]] const NoiseSchedule& schedule() const { return schedule_; }
    [[nodiscard]] int step_index() const { return step_index_; }

    /// What the steps to come depend on, and going on from it: false if it can't be a state of this sampler.
    [[nodiscard]] SamplerState state() const;
    [[nodiscard]] bool restore(const SamplerState& state);

private:
    [[nodiscard]] int order_of_step() const;
    [[nodiscard]] at::Tensor next(const at::Tensor& sample) const;

    NoiseSchedule schedule_;
    int order_;
    int step_index_ = 0;
    std::vector<at::Tensor> x0_;  ///< clip estimates, newest first, at most `order_`
};

}  // namespace kinora::inference
