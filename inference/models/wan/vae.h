#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

#include "core/base/result.h"
#include "inference/models/wan/vae_config.h"
#include "inference/models/wan/vae_decoder.h"
#include "inference/models/wan/vae_encoder.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// Bytes of weights up to which a VAE on the CPU is laid out once; the weights of larger ones stay in their file's pages.
constexpr std::int64_t k_largest_copied_vae = 32 << 20;

/// How a clip goes through the VAE. All give the same values up to rounding.
struct VaeRoute {
    /// 0: the whole clip at once, which is fastest and what training needs. n: n latent frames at a time with a causal
    /// cache, as the reference does with n = 1, so that memory doesn't grow with the clip.
    std::int64_t latent_frames_per_chunk = 0;
    /// Called after each chunk of a decoding with the share that is done; may throw to leave it.
    std::function<void(double part)> after_chunk = {};
};

/// Overlapping square-ish tiles for frames that don't fit in memory whole. Sizes in pixels, as diffusers' `enable_tiling`.
/// Tiles are blended linearly where they overlap; unlike the routes, tiles change the values.
struct VaeTiles {
    std::int64_t min_height = 256;
    std::int64_t min_width = 256;
    std::int64_t stride_height = 192;
    std::int64_t stride_width = 192;
};

/// What the encoder says of a clip's latents: float32, [batch, z, latent frames, height / stride, width / stride].
struct Posterior {
    at::Tensor mean;
    at::Tensor log_variance;  ///< within ±30 and 20, as the reference clamps it
};

/// The Wan VAE (diffusers' `AutoencoderKLWan`), 2.1 and 2.2 kind.
///
/// Videos are [batch, 3, frames, height, width] within ±1 with 1 + n · temporal_stride frames and sides that are multiples
/// of spatial_stride. Latents are the encoder's own; `normalise` turns them into those of the transformer. Passes compute in
/// the weights' type and return float32 (float64 from float64 weights). They are differentiable if parameters ask for
/// gradients, and may be called by several threads at once if those don't. Errors of libtorch (out of memory) are thrown as
/// c10::Error.
class WanVae {
public:
    /// Takes its weights, without copying them, by diffusers' names. Errors name the tensor that is missing or misshapen.
    [[nodiscard]] static core::Result<WanVae> create(VaeConfig config, WeightMap& weights);

    /// PyTorch's default initialisation, float32 on the CPU, the same for the same seed. Precondition: `config.check()`.
    [[nodiscard]] static WanVae create_random(VaeConfig config, std::uint64_t seed);

    [[nodiscard]] const VaeConfig& config() const { return config_; }

    /// Sets the latents' statistics, each of z_dim entries, which a trainer measures at the end.
    void set_latent_statistics(std::vector<double> mean, std::vector<double> std);

    /// Visits every parameter by its name in the checkpoint; the visitor may replace it.
    void for_each_parameter(const ParameterVisitor& visitor);

    /// Converts the weights and lays them out channels-last. Gradients flow through the conversion, so a copy of a float32
    /// model converted to bfloat16 trains the float32 weights in mixed precision.
    void to(at::ScalarType dtype, const at::Device& device);

    /// What a program wants that only encodes and decodes: `work_in` where a copy of the weights would take more than
    /// `k_largest_copied_vae`, else `to`.
    void prepare(at::ScalarType dtype, const at::Device& device);

    /// Passes shall compute in `dtype`, float32 or bfloat16, on the CPU; the convolutions' weights stay as they are, in
    /// their file's pages, and each is converted and laid out when it is used. Without gradients.
    void work_in(at::ScalarType dtype);

    /// Frames beyond the last complete group are left out, as in the reference.
    [[nodiscard]] Posterior encode(const at::Tensor& video, const VaeRoute& route = {}) const;
    [[nodiscard]] Posterior encode_tiled(const at::Tensor& video, const VaeTiles& tiles, const VaeRoute& route = {}) const;

    /// Latents → video, clamped to ±1.
    [[nodiscard]] at::Tensor decode(const at::Tensor& latents, const VaeRoute& route = {}) const;
    [[nodiscard]] at::Tensor decode_tiled(const at::Tensor& latents, const VaeTiles& tiles,
                                          const VaeRoute& route = {}) const;

    /// Latents → video without the clamp, whose gradient would vanish: for training.
    [[nodiscard]] at::Tensor reconstruct(const at::Tensor& latents, const VaeRoute& route = {}) const;

    /// (latents − mean) / std per channel, in float32.
    [[nodiscard]] at::Tensor normalise(const at::Tensor& latents) const;
    /// latents · std + mean per channel, in float32.
    [[nodiscard]] at::Tensor denormalise(const at::Tensor& latents) const;

private:
    explicit WanVae(VaeConfig config);

    [[nodiscard]] at::Tensor encode_moments(const at::Tensor& folded, const VaeRoute& route) const;
    [[nodiscard]] at::Tensor decode_folded(const at::Tensor& latents, const VaeRoute& route) const;
    [[nodiscard]] at::Tensor prepared(const at::Tensor& x) const;
    [[nodiscard]] at::Tensor decode_in_chunks(const at::Tensor& latents, const VaeRoute& route) const;

    VaeConfig config_;
    VaeEncoder encoder_;
    Convolution quant_conv_;
    Convolution post_quant_conv_;
    VaeDecoder decoder_;
};

}  // namespace kinora::inference
