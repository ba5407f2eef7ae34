#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "inference/pipeline/checkpoint.h"
#include "inference/pipeline/denoise.h"
#include "inference/pipeline/model_info.h"

namespace kinora::inference {

/// Keeps on disk what a run has reached, so that neither a crash nor a stop loses more than a step: a checkpoint after every
/// step that took a second or more (of quick steps after those of a second), and the latents at the end. Files are those
/// that the request names. Refers to request and recipe, which have to outlive it.
class RunKeeper {
public:
    /// `left_out` steps of the recipe's are before the sampler's first one.
    RunKeeper(const core::GenerationRequest& request, core::Recipe& recipe, std::string weights, int left_out = 0)
        : request_(request), recipe_(recipe), weights_(std::move(weights)), left_out_(left_out)
    {
    }

    /// A step was done. A checkpoint that can't be written is told in the recipe, once; the run goes on.
    void after_step(const DenoiseStep& step);
    /// The sampling ended, by itself or because it was asked to. Latents of a clip that is to be decoded replace the
    /// checkpoint.
    [[nodiscard]] core::Result<void> ended(const Denoised& denoised);
    /// The sampling failed: what it had reached is written, if it wasn't yet.
    void failed();
    /// What the sampling had reached after its last step; nothing before the first.
    [[nodiscard]] std::optional<Checkpoint> reached() const;

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] bool keeps() const { return !request_.checkpoint_file.empty(); }
    [[nodiscard]] Checkpoint checkpoint_of(const at::Tensor& clip, const at::Tensor& sample, const Sampler& sampler,
                                           const StepCache& cache) const;

    const core::GenerationRequest& request_;
    core::Recipe& recipe_;
    std::string weights_;
    int left_out_;
    Clock::time_point last_written_ = Clock::now();
    Clock::duration cost_{};
    bool told_ = false;
    std::optional<Checkpoint> last_step_;
    bool unwritten_ = false;  ///< no file holds `last_step_`
};

/// Where a run begins: at the noise, at a checkpoint, or with latents that are finished already.
struct RunStart {
    std::optional<Checkpoint> checkpoint;
    std::optional<SavedLatents> finished;
};

/// Reads what `request.resume_from` names and checks that the run of `recipe` can go on from it; nothing if it is empty.
/// Latents that an earlier run of the same recipe finished are taken as they are.
[[nodiscard]] core::Result<RunStart> start_of(const core::GenerationRequest& request, const WanModelInfo& info,
                                              const std::string& weights, core::Recipe& recipe);

/// Sets sampler, which leaves out the first steps of its recipe, and job to the checkpoint. `corrupt` if its state can't be
/// one of this sampler.
[[nodiscard]] core::Result<void> go_on_from(const Checkpoint& checkpoint, const std::filesystem::path& file, int left_out,
                                            Sampler& sampler, DenoiseJob& job);

/// Latents [1, channels, frames, height, width] as they are handed over.
[[nodiscard]] core::LatentClip to_latent_clip(const at::Tensor& latents, const std::string& model_id);
/// The same of finished ones, with how they are decoded.
[[nodiscard]] core::LatentClip to_latent_clip(const Denoised& denoised, const std::string& model_id);

/// The shape of the latents of a recipe's size and so many frames, [1, channels, frames, height, width].
[[nodiscard]] std::vector<std::int64_t> latent_shape(const WanModelInfo& info, const core::Recipe& recipe, int frames);

}  // namespace kinora::inference
