#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace kinora::inference {

/// How eagerly steps reuse the prediction of an earlier one.
enum class StepReuse { off, balanced, fast };

/// "off", "balanced", "fast"; `invalid_argument` says which there are.
[[nodiscard]] core::Result<StepReuse> step_reuse(const std::string& name);

/// What a step cache remembers between two steps, for checkpoints.
struct StepCacheState {
    double rate = 0;   ///< change of the prediction by change of the latents, at the last step that was computed
    double drift = 0;  ///< summed up since then, relative
    double span = 0;   ///< how far the latents moved between the last two steps that were computed
    bool measured = false;
    std::vector<std::pair<std::string, at::Tensor>> tensors;  ///< [n, channels, frames, height, width]
};

/// Leaves out passes through the model whose result would hardly differ from the last one (after EasyCache, Zhou et al.
/// 2025, which decides while it runs and needs no calibration): how much the prediction changes with the latents is measured
/// between two computed steps, and while the changes that this foretells add up to less than a bound, the model isn't asked:
/// the prediction goes on changing with the latents as it did between the last two steps that were computed. The first and
/// the last steps are always computed. A value: a copy is a checkpoint.
class StepCache {
public:
    StepCache(StepReuse reuse, int steps);

    /// The prediction for `latents` at step `index`: foretold from the last ones, or what `compute` gives.
    [[nodiscard]] at::Tensor predict(int index, const at::Tensor& latents, const std::function<at::Tensor()>& compute);

    /// Forgets what an expert predicted that doesn't work any more.
    void forget();

    /// Steps that were left out.
    [[nodiscard]] int reused() const { return reused_; }

    [[nodiscard]] StepCacheState state() const;
    /// False if it can't be a state of a cache.
    [[nodiscard]] bool restore(const StepCacheState& state);

private:
    [[nodiscard]] bool may_reuse(int index) const;
    [[nodiscard]] at::Tensor foretold(const at::Tensor& latents) const;

    StepReuse reuse_;
    int steps_;
    int reused_ = 0;
    double rate_ = 0;
    double drift_ = 0;
    double span_ = 0;
    bool measured_ = false;   ///< `rate_` is known
    at::Tensor latents_;      ///< of the last step
    at::Tensor computed_at_;  ///< latents of the last step that was computed
    at::Tensor prediction_;   ///< computed there
    at::Tensor change_;       ///< of it since the one that was computed before
};

}  // namespace kinora::inference
