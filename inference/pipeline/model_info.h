#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/vae_config.h"
#include "inference/pipeline/denoise.h"

namespace kinora::inference {

/// What a Wan model folder (diffusers layout) says of itself, read without its weights.
struct WanModelInfo {
    std::filesystem::path folder;
    core::ModelCapabilities capabilities;
    WanDitConfig dit;
    VaeConfig vae;
    TimeForm time_form = TimeForm::per_clip;  ///< `expand_timesteps` of model_index.json
};

/// Reads model_index.json, the configurations of transformer, VAE and scheduler and, if there, Kinora's own `kinora.json`
/// (name, default size, frames, rate, steps, guidance, shift, sampler, max_frames, any_frame). Values that no file names are
/// those of the Wan release of the same kind. `not_found` for a missing file, `corrupt` for one that doesn't parse,
/// `unsupported` for another pipeline or scheduler, each naming the file.
[[nodiscard]] core::Result<WanModelInfo> read_model_info(const std::filesystem::path& folder, const std::string& model_id);

}  // namespace kinora::inference
