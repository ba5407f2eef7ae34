#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"
#include "inference/models/wan/dit_block.h"
#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/dit_embedders.h"
#include "inference/models/wan/dit_observer.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// A prompt as the transformer reads it: keys and values of every block's cross-attention. Made once per run by
/// `WanDit::make_context`, since nothing in it depends on the latents or the time step.
struct WanDitContext {
    std::vector<CrossContext> blocks;
};

/// The Wan diffusion transformer (2.1 and 2.2): predicts the flow, noise − clip, of noisy latents.
/// Follows diffusers' `WanTransformer3DModel`; tensors carry its names. Differentiable where its parameters require
/// gradients. Thread-safe for reading; the parameters are only changed through `for_each_parameter`.
class WanDit {
public:
    /// Takes the weights out of `weights` and converts them to `dtype` (float32 or bfloat16) and `device`. Time embedder,
    /// block norms and modulation tables stay float32, as the reference keeps them. A tensor that already fits isn't copied;
    /// with the other forms neither are the blocks' matrices. The values are the same with `WeightForm::as_stored`; 8-bit
    /// forms change them, where the device has such products. The first `whole_blocks` blocks are converted in any form.
    [[nodiscard]] static core::Result<WanDit> load(const WanDitConfig& config, WeightMap& weights,
                                                   at::ScalarType dtype = at::kFloat,
                                                   const at::Device& device = at::Device(at::kCPU),
                                                   WeightForm form = WeightForm::converted, std::int64_t whole_blocks = 0);

    /// New float32 weights on the CPU as the Wan authors start training: Xavier for linears, 0.02 for the time and text
    /// embedders, zero for the output projection and biases. The same seed gives the same weights.
    [[nodiscard]] static WanDit create_random(const WanDitConfig& config, std::uint64_t seed);

    [[nodiscard]] const WanDitConfig& config() const { return config_; }
    /// The type of activations between the blocks.
    [[nodiscard]] at::ScalarType dtype() const { return patch_embedding_.weight.scalar_type(); }
    [[nodiscard]] at::Device device() const { return patch_embedding_.weight.device(); }

    /// `text` [batch, rows, text_dim], zero past the prompt's end and always padded to the model's own length (the padding
    /// rows are attended to). `image` [images, rows, image_dim] only where the model has an image embedder.
    [[nodiscard]] WanDitContext make_context(const at::Tensor& text, const at::Tensor& image = {},
                                             const TensorObserver& observer = {}) const;

    /// `latents` [batch, in_channels, frames, height, width], height and width multiples of the patch.
    /// `timestep` 0…1000: [batch] for one time per clip, [batch, frames] for one per (patched) latent frame, or [batch,
    /// tokens]. The time per frame equals the reference's time per token and costs less. Returns the flow in the latents'
    /// shape with `out_channels`, in the model's type.
    [[nodiscard]] at::Tensor forward(const at::Tensor& latents, const at::Tensor& timestep, const WanDitContext& context,
                                     const TensorObserver& observer = {}, const BlockHook& before_block = {}) const;

    /// Visits every parameter with the name it has in a checkpoint. Replacing one is allowed between calls of `forward`.
    void for_each_parameter(const ParameterVisitor& visitor);

    /// Converts as `load` does.
    void convert(at::ScalarType dtype, const at::Device& device);

private:
    void use_int8(bool keep);
    explicit WanDit(const WanDitConfig& config);

    WanDitConfig config_;
    Convolution patch_embedding_;
    WanTimeEmbedder time_embedder_;
    WanTextEmbedder text_embedder_;
    std::optional<WanImageEmbedder> image_embedder_;
    std::vector<WanBlock> blocks_;
    at::Tensor scale_shift_table_;  ///< [1, 2, width]
    Linear proj_out_;
};

/// Whether an 8-bit form is for this layer ("blocks.0.attn1.to_q"): one that all tokens pass through at every step.
[[nodiscard]] bool is_worked_in_int8(const std::string& layer);

/// Whether the reference keeps a parameter in float32 in a bfloat16 model.
[[nodiscard]] bool stays_float32(const std::string& parameter);

}  // namespace kinora::inference
