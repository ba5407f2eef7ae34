#include "inference/sampling/dpm_solver.h"

#include <ATen/TensorOperators.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

namespace kinora::inference {
namespace {

/// Runs shorter than this end with lower orders, as in the reference.
constexpr int k_short_run = 15;

/// Half the log signal-to-noise ratio of a flow's noise level; infinite where no noise is left.
float log_snr(float sigma)
{
    return std::log(1.0F - sigma) - std::log(sigma);
}

}  // namespace

DpmSolver::DpmSolver(NoiseSchedule schedule, int order) : schedule_(std::move(schedule)), order_(order)
{
    assert(order_ >= 1 && order_ <= 3);
}

int DpmSolver::order_of_step() const
{
    const int left = schedule_.steps() - step_index_;
    int order = std::min(order_, static_cast<int>(x0_.size()));
    if (left == 1) return 1;  // towards σ = 0 the higher orders are not defined
    if (left == 2 && schedule_.steps() < k_short_run) order = std::min(order, 2);
    return order;
}

at::Tensor DpmSolver::step(const at::Tensor& flow, const at::Tensor& sample)
{
    assert(step_index_ < schedule_.steps());
    x0_.insert(x0_.begin(), sample - flow * schedule_.sigmas[static_cast<std::size_t>(step_index_)]);
    if (static_cast<int>(x0_.size()) > order_) x0_.pop_back();
    auto result = next(sample);
    ++step_index_;
    return result;
}

SamplerState DpmSolver::state() const
{
    SamplerState state{step_index_, order_, {}};
    for (std::size_t index = 0; index < x0_.size(); ++index)
        state.tensors.emplace_back("x0_" + std::to_string(index), x0_[index]);
    return state;
}

bool DpmSolver::restore(const SamplerState& state)
{
    const int steps = state.step_index;
    if (steps < 0 || steps > schedule_.steps() || state.order != order_) return false;
    if (state.tensors.size() != static_cast<std::size_t>(std::min(steps, order_))) return false;
    step_index_ = steps;
    x0_.clear();
    for (const auto& [name, tensor] : state.tensors)
        x0_.push_back(tensor);
    return true;
}

at::Tensor DpmSolver::next(const at::Tensor& sample) const
{
    const auto sigma = [&](int back) { return schedule_.sigmas[static_cast<std::size_t>(step_index_ - back)]; };
    const float target = sigma(-1);
    const float alpha = 1.0F - target;
    const float h = log_snr(target) - log_snr(sigma(0));
    const float phi = std::exp(-h) - 1.0F;
    const auto& newest = x0_.front();
    auto result = sample * (target / sigma(0)) - newest * (alpha * phi);
    const int order = order_of_step();
    if (order == 1) return result;

    const float r0 = (log_snr(sigma(0)) - log_snr(sigma(1))) / h;
    const auto slope = (newest - x0_[1]) * (1.0F / r0);
    if (order == 2) return result - slope * (0.5F * alpha * phi);

    const float r1 = (log_snr(sigma(1)) - log_snr(sigma(2))) / h;
    const auto earlier_slope = (x0_[1] - x0_[2]) * (1.0F / r1);
    const auto first = slope + (slope - earlier_slope) * (r0 / (r0 + r1));
    const auto second = (slope - earlier_slope) * (1.0F / (r0 + r1));
    return result + first * (alpha * (phi / h + 1.0F)) - second * (alpha * ((phi + h) / (h * h) - 0.5F));
}

}  // namespace kinora::inference
