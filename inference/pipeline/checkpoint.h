#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/model_info.h"
#include "inference/sampling/sampler.h"
#include "inference/sampling/step_cache.h"

namespace kinora::inference {

/// A run between two of its steps. On disk it is a latents file, so that whatever reads latents can show how far the run has
/// come, with the state of the sampler beside them: `state.sample` and `state.…` tensors in the sampler's own order, and in
/// the metadata `kinora.checkpoint`, a JSON object with a digest over all of it.
struct Checkpoint {
    SavedLatents saved;    ///< the finished clip as estimated in the last step, the recipe, the steps done
    at::Tensor sample;     ///< [1, channels, frames, height, width], float32: what the sampler goes on from
    SamplerState sampler;  ///< with `saved.steps_done` steps done
    StepCacheState cache;
    std::string weights;  ///< `weights_fingerprint` of the model
};

/// Writes the file whole or not at all; folders above it are made. `disk_full`, `io`.
[[nodiscard]] core::Result<void> save_checkpoint(const std::filesystem::path& file, const Checkpoint& checkpoint);

/// Reads a checkpoint and compares its digest. `not_found`; `corrupt` for a file that was damaged or holds no state;
/// `unsupported` for one of a newer Kinora.
[[nodiscard]] core::Result<Checkpoint> load_checkpoint(const std::filesystem::path& file);

/// Whether a run of `recipe` (as resolved now) with the model of `weights` can go on from the checkpoint: the same clip,
/// made by the same steps of the same model. `invalid_argument` names what differs. Device, data type and threads may
/// differ; that the bits then do, too, is told in the recipe's `fallbacks`.
[[nodiscard]] core::Result<void> check_checkpoint(const Checkpoint& checkpoint, core::Recipe& recipe,
                                                  const std::string& weights, at::IntArrayRef shape,
                                                  const std::filesystem::path& file);

/// Tells one model's weights from another's without reading all of them: SHA-256 over the sizes of its files and samples of
/// their content. Errors are those of finding the files.
[[nodiscard]] core::Result<std::string> weights_fingerprint(const WanParts& parts);

}  // namespace kinora::inference
