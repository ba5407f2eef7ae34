#include "inference/sampling/unipc.h"

#include <ATen/TensorOperators.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

namespace kinora::inference {
namespace {

/// Half the log signal-to-noise ratio of a flow's noise level. Float arithmetic on purpose: next to σ = 1 the reference's
/// rounding decides the value.
float log_snr(float sigma)
{
    return std::log(1.0F - sigma) - std::log(sigma);
}

/// What both updates share when going from σ_s to σ_t.
struct Update {
    float alpha;           ///< 1 − σ_t
    float ratio;           ///< σ_t / σ_s
    float h_phi_1;         ///< e^{-h} − 1; B(h) of `bh2` is the same
    std::vector<float> r;  ///< places of the earlier estimates in units of h, then 1
    std::vector<float> b;  ///< right-hand side of the order conditions
};

/// `from` is the step whose estimate is newest, `order` the number of estimates used.
Update make_update(const std::vector<float>& sigmas, int from, int order)
{
    const float sigma_s = sigmas[static_cast<std::size_t>(from)];
    const float sigma_t = sigmas[static_cast<std::size_t>(from) + 1];
    const float lambda_s = log_snr(sigma_s);
    const float h = log_snr(sigma_t) - lambda_s;
    Update update{1.0F - sigma_t, sigma_t / sigma_s, std::expm1(-h), {}, {}};
    for (int back = 1; back < order; ++back)
        update.r.push_back((log_snr(sigmas[static_cast<std::size_t>(from - back)]) - lambda_s) / h);
    update.r.push_back(1.0F);
    float h_phi_k = update.h_phi_1 / -h - 1.0F;
    float factorial = 1.0F;
    for (int k = 1; k <= order; ++k) {
        update.b.push_back(h_phi_k * factorial / update.h_phi_1);
        factorial *= static_cast<float>(k + 1);
        h_phi_k = h_phi_k / -h - 1.0F / factorial;
    }
    return update;
}

/// Solves Σ_j r_j^i ρ_j = b_i for i < n by elimination with pivots; n is at most 3.
std::vector<float> solve_order_conditions(const Update& update, std::size_t n)
{
    std::vector<std::vector<float>> rows(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j)
            rows[i].push_back(std::pow(update.r[j], static_cast<float>(i)));
        rows[i].push_back(update.b[i]);
    }
    for (std::size_t column = 0; column < n; ++column) {
        const auto pivot =
            std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(column), rows.end(),
                             [&](const auto& a, const auto& b) { return std::abs(a[column]) < std::abs(b[column]); });
        std::swap(rows[column], *pivot);
        for (std::size_t row = 0; row < n; ++row) {
            if (row == column) continue;
            const float factor = rows[row][column] / rows[column][column];
            for (std::size_t k = column; k <= n; ++k)
                rows[row][k] -= factor * rows[column][k];
        }
    }
    std::vector<float> rho;
    for (std::size_t i = 0; i < n; ++i)
        rho.push_back(rows[i][n] / rows[i][i]);
    return rho;
}

}  // namespace

UniPc::UniPc(NoiseSchedule schedule, UniPcOptions options) : schedule_(std::move(schedule)), options_(std::move(options))
{
    assert(options_.order >= 1 && options_.order <= 3);
}

at::Tensor UniPc::step(const at::Tensor& flow, const at::Tensor& sample)
{
    assert(step_index_ < schedule_.steps());
    const auto x0 = sample - flow * schedule_.sigmas[static_cast<std::size_t>(step_index_)];
    const bool correct = step_index_ > 0 && !options_.steps_without_corrector.contains(step_index_ - 1);
    last_sample_ = correct ? corrected(x0) : sample;

    x0_.push_back(x0);
    if (static_cast<int>(x0_.size()) > options_.order) x0_.erase(x0_.begin());
    // Low order while history is short, and at the end, where the last step goes to σ = 0.
    order_ = std::min({options_.order, schedule_.steps() - step_index_, step_index_ + 1});
    auto next = predicted(last_sample_);
    ++step_index_;
    return next;
}

SamplerState UniPc::state() const
{
    SamplerState state{step_index_, order_, {}};
    if (step_index_ > 0) state.tensors.emplace_back("last_sample", last_sample_);
    for (std::size_t index = 0; index < x0_.size(); ++index)
        state.tensors.emplace_back("x0_" + std::to_string(index), x0_[index]);
    return state;
}

bool UniPc::restore(const SamplerState& state)
{
    const int steps = state.step_index;
    if (steps < 0 || steps > schedule_.steps() || state.order < 1 || state.order > options_.order) return false;
    const auto estimates = static_cast<std::size_t>(std::min(steps, options_.order));
    if (state.tensors.size() != estimates + (steps > 0 ? 1 : 0)) return false;
    step_index_ = steps;
    order_ = state.order;
    x0_.clear();
    last_sample_ = steps > 0 ? state.tensors.front().second : at::Tensor();
    for (std::size_t index = 0; index < estimates; ++index)
        x0_.push_back(state.tensors[index + 1].second);
    return true;
}

at::Tensor UniPc::predicted(const at::Tensor& sample) const
{
    const auto update = make_update(schedule_.sigmas, step_index_, order_);
    const auto& newest = x0_.back();
    auto next = sample * update.ratio - newest * (update.alpha * update.h_phi_1);
    if (order_ == 1) return next;
    // For order 2 the reference takes the simplified weight ½.
    const auto rho =
        order_ == 2 ? std::vector<float>{0.5F} : solve_order_conditions(update, static_cast<std::size_t>(order_) - 1);
    for (std::size_t back = 1; back <= rho.size(); ++back) {
        const auto difference = (x0_[x0_.size() - 1 - back] - newest) / update.r[back - 1];
        next = next - difference * (update.alpha * update.h_phi_1 * rho[back - 1]);
    }
    return next;
}

at::Tensor UniPc::corrected(const at::Tensor& x0) const
{
    const auto update = make_update(schedule_.sigmas, step_index_ - 1, order_);
    const auto rho =
        order_ == 1 ? std::vector<float>{0.5F} : solve_order_conditions(update, static_cast<std::size_t>(order_));
    const auto& newest = x0_.back();
    auto sum = (x0 - newest) * rho.back();
    for (std::size_t back = 1; back < rho.size(); ++back) {
        const auto difference = (x0_[x0_.size() - 1 - back] - newest) / update.r[back - 1];
        sum = sum + difference * rho[back - 1];
    }
    return last_sample_ * update.ratio - newest * (update.alpha * update.h_phi_1) - sum * (update.alpha * update.h_phi_1);
}

}  // namespace kinora::inference
