#include "inference/sampling/step_cache.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/abs.h>
#include <ATen/ops/mean.h>

#include <algorithm>
#include <cmath>

namespace kinora::inference {
namespace {

/// Steps at the start and the end of a run that are always computed: there the picture is laid out, and finished.
constexpr int k_first_steps = 3;
constexpr int k_last_steps = 1;

/// Relative change that may add up before a step is computed again.
double bound_of(StepReuse reuse)
{
    return reuse == StepReuse::fast ? 0.10 : 0.05;
}

/// A foretold prediction lies no further beyond the last one than so many times the way between the last two: noise in their
/// difference grows with it.
constexpr double k_farthest = 3;

double size_of(const at::Tensor& tensor)
{
    return tensor.abs().mean().item<double>();
}

}  // namespace

core::Result<StepReuse> step_reuse(const std::string& name)
{
    if (name == "off") return StepReuse::off;
    if (name == "balanced") return StepReuse::balanced;
    if (name == "fast") return StepReuse::fast;
    return core::make_error(core::ErrorKind::invalid_argument,
                            "There is no step cache \"" + name + "\"; choose off, balanced or fast.");
}

StepCache::StepCache(StepReuse reuse, int steps) : reuse_(reuse), steps_(steps) {}

bool StepCache::may_reuse(int index) const
{
    return measured_ && prediction_.defined() && index >= k_first_steps && index < steps_ - k_last_steps;
}

at::Tensor StepCache::predict(int index, const at::Tensor& latents, const std::function<at::Tensor()>& compute)
{
    if (reuse_ == StepReuse::off) return compute();
    if (may_reuse(index)) {
        const double moved = size_of(latents - latents_);
        const double drift = drift_ + rate_ * moved / std::max(1e-12, size_of(prediction_));
        if (drift < bound_of(reuse_)) {
            drift_ = drift;
            latents_ = latents;
            ++reused_;
            return foretold(latents);
        }
    }
    auto computed = compute();
    if (prediction_.defined()) {
        change_ = computed - prediction_;
        span_ = size_of(latents - computed_at_);
        rate_ = size_of(change_) / std::max(1e-12, span_);
        measured_ = std::isfinite(rate_);
    }
    drift_ = 0;
    latents_ = latents;
    computed_at_ = latents;
    prediction_ = computed;
    return computed;
}

at::Tensor StepCache::foretold(const at::Tensor& latents) const
{
    const double way = size_of(latents - computed_at_) / std::max(1e-12, span_);
    return prediction_ + change_ * std::min(way, k_farthest);
}

void StepCache::forget()
{
    measured_ = false;
    drift_ = 0;
    latents_.reset();
    computed_at_.reset();
    prediction_.reset();
    change_.reset();
}

StepCacheState StepCache::state() const
{
    StepCacheState state{rate_, drift_, span_, measured_, {}};
    if (prediction_.defined())
        state.tensors = {
            {"cache_latents", latents_}, {"cache_computed_at", computed_at_}, {"cache_prediction", prediction_}};
    if (measured_) state.tensors.emplace_back("cache_change", change_);
    return state;
}

bool StepCache::restore(const StepCacheState& state)
{
    if (!std::isfinite(state.rate) || !std::isfinite(state.drift) || !std::isfinite(state.span)) return false;
    // A prediction that was measured has changed since the one before.
    const std::size_t needed = state.measured ? 4 : 3;
    if (!state.tensors.empty() && state.tensors.size() != needed) return false;
    if (state.measured && state.tensors.empty()) return false;
    rate_ = state.rate;
    drift_ = state.drift;
    span_ = state.span;
    measured_ = state.measured;
    if (state.tensors.empty()) return true;
    latents_ = state.tensors[0].second;
    computed_at_ = state.tensors[1].second;
    prediction_ = state.tensors[2].second;
    if (needed == 4) change_ = state.tensors[3].second;
    const bool fits = !change_.defined() || change_.sizes() == prediction_.sizes();
    return latents_.sizes() == computed_at_.sizes() && prediction_.dim() == 5 && fits;
}

}  // namespace kinora::inference
