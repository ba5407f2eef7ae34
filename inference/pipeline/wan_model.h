#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <optional>

#include "core/base/result.h"
#include "inference/models/wan/dit.h"
#include "inference/models/wan/vae.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/pipeline/model_info.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"

namespace kinora::inference {

/// A Wan model folder in memory: all parts of one pipeline, on one device. Text encoder and transformer work in `dtype`; so
/// does the VAE. Weights are mapped, not read: what a run doesn't touch costs nothing.
struct WanModel {
    WanModelInfo info;
    Tokenizer tokenizer;
    Umt5Encoder text_encoder;
    WanDit dit;
    WanVae vae;
    std::optional<LatentPreview> preview;  ///< `latent_rgb.json`, where the folder has one that fits

    /// Loads all parts. `not_found` and `corrupt` name the file or tensor.
    [[nodiscard]] static core::Result<WanModel> load(const WanModelInfo& info, c10::ScalarType dtype,
                                                     const c10::Device& device);

    [[nodiscard]] c10::ScalarType dtype() const { return dit.dtype(); }
    [[nodiscard]] c10::Device device() const { return dit.device(); }
};

/// The VAE of a model folder alone.
[[nodiscard]] core::Result<WanVae> load_vae(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device);

}  // namespace kinora::inference
