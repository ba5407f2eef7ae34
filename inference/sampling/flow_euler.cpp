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

}  // namespace kinora::inference
