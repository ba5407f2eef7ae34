#pragma once

#include <ATen/core/Tensor.h>

#include <set>
#include <vector>

#include "inference/sampling/sampler_state.h"
#include "inference/sampling/schedule.h"

namespace kinora::inference {

/// Options of UniPC that a scheduler's configuration can set.
struct UniPcOptions {
    int order = 2;                          ///< `solver_order`, 1…3
    std::set<int> steps_without_corrector;  ///< `disable_corrector`: not corrected after these steps
};

/// UniPC for flow models (Zhao et al. 2023; diffusers' `UniPCMultistepScheduler` with `bh2`, `predict_x0`,
/// `use_flow_sigmas`, `lower_order_final`). A value: copy it to keep a state and go on from it later. Everything is float32.
class UniPc {
public:
    explicit UniPc(NoiseSchedule schedule, UniPcOptions options = {});

    /// From the sample at the current step and the flow predicted there to the sample of the next step. Both float32, any
    /// shape.
    [[nodiscard]] at::Tensor step(const at::Tensor& flow, const at::Tensor& sample);

    [[nodiscard]] const NoiseSchedule& schedule() const { return schedule_; }
    /// Steps done so far.
    [[nodiscard]] int step_index() const { return step_index_; }

    /// What the steps to come depend on, and going on from it: false if it can't be a state of this sampler.
    [[nodiscard]] SamplerState state() const;
    [[nodiscard]] bool restore(const SamplerState& state);

private:
    [[nodiscard]] at::Tensor corrected(const at::Tensor& x0) const;
    [[nodiscard]] at::Tensor predicted(const at::Tensor& sample) const;

    NoiseSchedule schedule_;
    UniPcOptions options_;
    int step_index_ = 0;
    int order_ = 1;               ///< order of the last prediction
    at::Tensor last_sample_;      ///< corrected sample at the last step
    std::vector<at::Tensor> x0_;  ///< clip estimates, oldest first, at most `order`
};

}  // namespace kinora::inference
