#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <optional>

#include "core/base/result.h"
#include "inference/models/clip/clip_image.h"
#include "inference/models/clip/clip_vision.h"
#include "inference/models/wan/dit.h"
#include "inference/models/wan/vae.h"
#include "inference/pipeline/model_info.h"
#include "inference/pipeline/step_preview.h"
#include "inference/pipeline/wan_experts.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"

namespace kinora::inference {

/// A CLIP vision tower with the preparation of its pictures.
struct ImageEncoder {
    ClipVision tower;
    ClipImageSettings settings;
};

/// What becomes of the matrices of a model's large parts.
struct WeightForms {
    WeightForm text = WeightForm::converted;
    WeightForm transformer = WeightForm::converted;
    /// Where the transformer's matrices are left as they are stored: so many of its blocks are converted all the same.
    std::int64_t whole_blocks = 0;

    friend bool operator==(const WeightForms&, const WeightForms&) = default;
};

/// A Wan model in memory: all parts of one pipeline, on one device. Text encoder and transformers work in `dtype`; so do the
/// VAE and the image encoder. Weights are mapped, not read: what a run doesn't touch costs nothing. Encoders and
/// transformers are loaded when a run asks for them, and can be freed before the next stage; of two experts one is in
/// memory.
struct WanModel {
    WanModelInfo info;
    c10::ScalarType dtype;
    c10::Device device;
    WeightForms forms;
    Tokenizer tokenizer;
    WanExperts experts;
    WanVae vae;
    std::optional<Umt5Encoder> text_encoder;    ///< after `load_encoders`
    std::optional<ImageEncoder> image_encoder;  ///< the same, of Wan 2.1's image-to-video models
    StepPreview preview;

    /// Loads the small parts and finds the files of the others. `not_found` and `corrupt` name the file or tensor.
    [[nodiscard]] static core::Result<WanModel> load(const WanModelInfo& info, c10::ScalarType dtype,
                                                     const c10::Device& device, WeightForms forms = {});

    /// Loads the encoders that aren't in memory.
    [[nodiscard]] core::Result<void> load_encoders();
    void release_encoders();
};

/// One of a model's transformers, 0 for the only one or that for high noise, 1 for low noise; its weights are checked
/// against the configuration.
[[nodiscard]] core::Result<WanDit> load_dit(const WanModelInfo& info, int expert, c10::ScalarType dtype,
                                            const c10::Device& device, const WeightForms& forms = {});

/// The VAE of a model alone.
[[nodiscard]] core::Result<WanVae> load_vae(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device);

}  // namespace kinora::inference
