#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/generation/clip_layout.h"
#include "core/generation/run_control.h"
#include "inference/models/wan/dit.h"
#include "inference/pipeline/guidance.h"
#include "inference/pipeline/wan_experts.h"
#include "inference/sampling/sampler.h"
#include "inference/sampling/step_cache.h"

namespace kinora::inference {

/// One prompt and the latent frames it rules, half-open. The segments of a run cover all its latent frames once, in order.
struct PromptSegment {
    at::Tensor embeddings;  ///< [1, rows, text_dim], zero past the prompt's end, padded to the model's length
    std::int64_t first_frame = 0;
    std::int64_t end_frame = 0;
};

/// Latent frames that the clip must keep: they enter every step clean, with the time step 0.
struct CleanFrames {
    at::Tensor latents;       ///< [1, channels, frames, height, width], float32, normalised; anything where not given
    std::vector<bool> given;  ///< one per latent frame
};

/// Whether the model is told one time per clip (2.1) or one per latent frame (2.2 TI2V; needed for clean frames).
enum class TimeForm { per_clip, per_frame };

/// All that one run of the sampler needs.
struct DenoiseJob {
    at::Tensor noise;  ///< [1, channels, frames, height, width], float32
    std::vector<PromptSegment> segments;
    at::Tensor negative;  ///< embeddings of the negative prompt, as in a segment; read only if `guidance` does
    GuidanceSettings guidance;
    std::optional<CleanFrames> clean;
    /// Channels that stand beside the noise in every step [1, channels, frames, height, width]; undefined: none.
    at::Tensor condition;
    at::Tensor image;  ///< features of the given pictures [pictures, rows, image_dim]; undefined: none
    TimeForm time_form = TimeForm::per_clip;
    /// Where a run that was interrupted goes on; undefined: at the noise. The sampler is then in the state it had there.
    at::Tensor start;
    at::Tensor start_clip;  ///< the finished latents as estimated there; undefined: not known
    int stop_after = 0;     ///< steps after which the clip is kept as it is; 0: none
    const core::RunControl* control = nullptr;
    StepReuse reuse = StepReuse::off;
    std::optional<StepCacheState> start_cache;  ///< of the step cache, where the run goes on
    /// The prompt's pass and the negative prompt's one after the other, in half the memory.
    bool passes_apart = false;
    /// Called within a step, with the share of it that is done.
    std::function<void(double part)> within_step;
};

/// What one step did, for previews and tests. Tensors are valid in the call only.
struct DenoiseStep {
    int index = 0;
    int steps = 0;
    int expert = 0;              ///< 1: the expert for low noise
    const at::Tensor& input;     ///< what the model saw: latents with clean frames in place, and the condition's channels
    const at::Tensor& timestep;  ///< [1] or [1, frames]
    const at::Tensor& flows;     ///< raw predictions in float32: the prompt's and, with a second pass, the negative's
    const at::Tensor& clip;      ///< estimate of the finished latents (x − σ·flow), clean frames in place
    const at::Tensor& latents;   ///< after the step
    const Sampler& sampler;      ///< after the step
    const StepCache& cache;      ///< after the step
};
using DenoiseObserver = std::function<void(const DenoiseStep&)>;

/// Why a run of the sampler ended.
enum class DenoiseEnd {
    complete,
    stopped,  ///< the stop token
    paused,   ///< `RunVerb::pause`
    kept,     ///< `RunVerb::stop_and_keep`, `stop_after`
};

/// Where a run of the sampler ended.
struct Denoised {
    at::Tensor latents;  ///< finished ones; of a run that isn't complete those that were estimated in its last step
    at::Tensor sample;   ///< the sampler's own, from which a run goes on
    Sampler sampler;
    StepCache cache;
    DenoiseEnd end = DenoiseEnd::complete;
    int steps_done = 0;         ///< in all, with those before `start`
    core::ClipLayout layout{};  ///< of `latents`
};

/// Runs the sampler from noise to latents; float32 but for the model itself. A stop or pause is answered within a step,
/// between two of the model's blocks; that step is done again when the run goes on. Fails if an expert can't be loaded.
/// Throws what libtorch throws.
[[nodiscard]] core::Result<Denoised> denoise(WanExperts& experts, Sampler sampler, const DenoiseJob& job,
                                             const DenoiseObserver& observer, const std::stop_token& stop);

/// Standard normal noise, drawn on the CPU so that a seed means the same on every device.
[[nodiscard]] at::Tensor draw_noise(at::IntArrayRef shape, std::uint64_t seed);

}  // namespace kinora::inference
