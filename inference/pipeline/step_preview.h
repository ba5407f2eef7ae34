#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "inference/models/taehv/taehv.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/pipeline/model_info.h"

namespace kinora::inference {

/// Largest share of a run's sampling that previews may take.
constexpr double k_preview_share = 0.03;

/// What the clip will look like, after a step: through a TAEHV decoder where its file lies with the model and the machine
/// has the time for it, else through the VAE's linear map. The map is that of the model's folder (`latent_rgb.json`), or one
/// that an earlier run fitted to what this VAE decoded and kept in Kinora's cache. Nothing here changes the clip's bits.
class StepPreview {
public:
    using Pictures = std::shared_ptr<const std::vector<core::Picture8>>;

    /// Finds the files of a model. `corrupt` for a `latent_rgb.json` in its folder that can't be read; a decoder that can't
    /// is told by `trouble`.
    [[nodiscard]] static core::Result<StepPreview> find(const WanModelInfo& info, at::ScalarType dtype,
                                                        const at::Device& device);

    /// Pictures of the estimated clip [1, channels, frames, height, width], one for each latent frame; null after steps that
    /// have none. `step_seconds` is what the step took.
    [[nodiscard]] Pictures after_step(const at::Tensor& clip, double step_seconds);

    /// A TAEHV file was found and can't be used: why, in a sentence. Empty: no trouble.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }
    [[nodiscard]] bool has_decoder() const { return decoder_.has_value(); }
    [[nodiscard]] bool has_map() const { return map_.has_value(); }

    /// Fits a map to a finished clip, for this model's next runs, where there is none. `frames` belongs to `latents`.
    void learn(const WanModelInfo& info, const at::Tensor& latents, const core::FrameSequence& frames);

private:
    [[nodiscard]] std::vector<core::Picture8> decoded(const at::Tensor& clip) const;
    [[nodiscard]] bool affords_decoder(const at::Tensor& clip, double step_seconds);

    std::optional<LatentPreview> map_;
    std::optional<TaehvDecoder> decoder_;
    std::string trouble_;
    double cost_ = 0;       ///< seconds of a decoded preview; 0: not known
    double allowance_ = 0;  ///< seconds that previews may still take
};

/// The TAEHV file for latents of a VAE: `taew2_1` or `taew2_2`, as `.safetensors` or `.pth`, in the model's folder, beside
/// its VAE, in a `vae_approx` folder beside that or in Kinora's own folder of models. Empty: there is none.
[[nodiscard]] std::filesystem::path find_taehv(const WanModelInfo& info);

}  // namespace kinora::inference
