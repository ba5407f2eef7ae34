#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "inference/models/wan/dit.h"
#include "inference/pipeline/model_info.h"
#include "inference/sampling/schedule.h"
#include "inference/training/flow_loss.h"
#include "inference/training/muon_adam.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// The name of a draft in a training's `dit` folder too.
using inference::k_draft_file;

struct DraftTrainingOptions {
    std::filesystem::path training;  ///< of the starter: its `dit`, `latents` and `tokenizer` are read, `dit/draft…` written
    int draft_steps = 4;             ///< that the draft takes
    int teacher_steps = 4;           ///< of the teacher for each of them
    double guidance = 3.0;           ///< that is taken in
    double shift = 3.0;
    int rank = 16;
    int clip_frames = 33;  ///< which latent cache; the longest that there is up to this
    int batch = 6;
    int steps = 3000;
    double rate = 1e-3;
    double minutes = 1e9;
    std::uint64_t seed = 9;
    bool bfloat16 = true;
    bool cuda = false;
};

/// A pair of low-rank matrices for each matrix of the transformer's blocks: `up` starts at zero, so that nothing is changed.
class DraftLora {
public:
    DraftLora(inference::WanDit& model, int rank, std::uint64_t seed, const at::Device& device);

    /// Replaces the matrices of `working` (a copy of the model) by theirs plus the low-rank change, differentiably.
    void apply(inference::WanDit& working) const;

    /// All matrices, under the names that LoRA files have.
    [[nodiscard]] const std::vector<NamedParameter>& parameters() const { return parameters_; }

private:
    std::vector<NamedParameter> parameters_;               ///< down and up in turns
    std::vector<std::pair<std::string, std::size_t>> of_;  ///< a model's parameter and where its pair begins
};

/// A teacher's way from one noise level of the draft's to the next, on frames that aren't given: guided Euler steps. `flow`
/// gives the guided flow of [batch, channels, frames, height, width] at time steps [batch, frames]. `made` bool [batch,
/// frames]. Returns where the clips are at `levels.back()`, when they are `noisy` at `levels.front()`.
[[nodiscard]] at::Tensor follow_teacher(const at::Tensor& noisy, const at::Tensor& made, const std::vector<float>& levels,
                                        const std::function<at::Tensor(const at::Tensor&, const at::Tensor&)>& flow);

/// Distils the trained transformer into one that goes `draft_steps` steps without guidance, each as far as `teacher_steps`
/// guided ones (progressive distillation in one go, after Salimans and Ho, arXiv:2202.00512; guidance taken in after Meng et
/// al., arXiv:2210.03142), as a LoRA in `dit/draft.safetensors`. Goes on from its checkpoint. Returns the steps done in all.
[[nodiscard]] core::Result<std::int64_t> train_draft(const DraftTrainingOptions& options, const Say& say,
                                                     std::stop_token stop);

}  // namespace kinora::training
