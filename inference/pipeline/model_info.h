#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "inference/models/clip/clip_config.h"
#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/vae_config.h"
#include "inference/pipeline/denoise.h"

namespace kinora::inference {

/// The file of a model's folder, beside its parts, that makes it draw in a few steps: a LoRA that the trainer distilled. It
/// is no part of the model, and no LoRA of the artist's.
inline constexpr const char* k_draft_file = "draft.safetensors";

/// Where the parts of a model lie; each a folder of a diffusers model, or a file. Empty: the model has no such part.
struct WanParts {
    std::filesystem::path transformer;    ///< the only one, or the expert for high noise
    std::filesystem::path transformer_2;  ///< the expert for low noise
    std::filesystem::path vae;
    std::filesystem::path text_encoder;
    std::filesystem::path tokenizer;
    std::filesystem::path image_encoder;    ///< CLIP
    std::filesystem::path image_processor;  ///< folder of `preprocessor_config.json`; may be empty beside a CLIP

    /// Those with weights, in the order in which they are hashed.
    [[nodiscard]] std::vector<std::filesystem::path> with_weights() const;
};

/// What a Wan model says of itself, read without its weights.
struct WanModelInfo {
    std::filesystem::path folder;  ///< what the model is known by: its folder or file
    WanParts parts;
    core::ModelCapabilities capabilities;
    WanDitConfig dit;
    VaeConfig vae;
    std::optional<ClipVisionConfig> clip;     ///< of Wan 2.1's image-to-video models
    TimeForm time_form = TimeForm::per_clip;  ///< `expand_timesteps` of model_index.json
    float boundary = 0.0F;                    ///< time step (0…1000) below which the second expert works; 0: a single one

    [[nodiscard]] bool two_experts() const { return boundary > 0.0F; }
    /// Channels beside the noise that tell the given pictures: a mask of the frames in a latent frame, then their latents.
    [[nodiscard]] bool has_condition_channels() const { return dit.in_channels != vae.z_dim; }
};

/// Fills in `capabilities`: the values of the Wan release that has the form of `dit`, `vae`, `clip`, `time_form` and
/// `boundary`, its name, and which pictures it takes. `unsupported` with `source` in it if no Wan model has that form.
[[nodiscard]] core::Result<void> describe_release(WanModelInfo& info, const std::string& model_id,
                                                  const std::string& source);

/// Reads model_index.json, the configurations of transformers, VAE, image encoder and scheduler and, if there, Kinora's own
/// `kinora.json` (name, default size, frames, rate, steps, guidance, shift, sampler, max_frames, any_frame), and sees
/// whether there is a draft. Values that no file names are those of the Wan release of the same form. `not_found` for a
/// missing file, `corrupt` for one that doesn't parse or contradicts another, `unsupported` for another pipeline or
/// scheduler, each naming the file.
[[nodiscard]] core::Result<WanModelInfo> read_model_info(const std::filesystem::path& folder, const std::string& model_id);

}  // namespace kinora::inference
