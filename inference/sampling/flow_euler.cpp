#include "inference/sampling/flow_euler.h"

#include <ATen/TensorOperators.h>

#include <cassert>
#include <utility>

namespace kinora::inference {

FlowEuler::FlowEuler(NoiseSchedule schedule) : schedule_(std::move(schedule)) {}

at::Tensor FlowEuler::step(const at::Tensor& flow, const at::Tensor& sample)
{
    assert(step_index_ < schedule_.steps());
    const auto index = static_cast<std::size_t>(step_index_++);
    return sample + flow * (schedule_.sigmas[index + 1] - schedule_.sigmas[index]);
}

SamplerState FlowEuler::state() const
{
    return {step_index_, 1, {}};
}

bool FlowEuler::restore(const SamplerState& state)
{
    if (state.step_index < 0 || state.step_index > schedule_.steps() || !state.tensors.empty()) return false;
    step_index_ = state.step_index;
    return true;
}

}  // namespace kinora::inference
