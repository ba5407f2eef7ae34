#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "core/base/result.h"

namespace kinora::inference {

/// The shape of a Wan VAE, as the keys of diffusers' `AutoencoderKLWan` config.json name it. Two kinds exist: Wan 2.1
/// (stride 4×8×8) and Wan 2.2 (`is_residual`, `patch_size` 2, stride 4×16×16).
struct VaeConfig {
    std::int64_t base_dim = 96;
    std::int64_t decoder_base_dim = 96;  ///< `base_dim` where the file has null
    std::int64_t z_dim = 16;
    std::vector<std::int64_t> dim_mult{1, 2, 4, 4};
    std::int64_t num_res_blocks = 2;
    std::vector<bool> temporal_downsample{false, true, true};  ///< `temperal_downsample` in the file (sic)
    std::vector<double> latents_mean;                          ///< one per latent channel
    std::vector<double> latents_std;                           ///< one per latent channel, positive
    bool is_residual = false;
    std::int64_t in_channels = 3;   ///< 3 · patch_size²
    std::int64_t out_channels = 3;  ///< 3 · patch_size²
    std::int64_t patch_size = 1;    ///< pixels folded into channels; the file has null for 1

    /// Reads and checks a config.json; errors name the key. `source` is the file's name for messages.
    [[nodiscard]] static core::Result<VaeConfig> from_json(const nlohmann::json& json, const std::string& source);
    [[nodiscard]] static core::Result<VaeConfig> from_file(const std::filesystem::path& path);

    /// The config.json that diffusers would write.
    [[nodiscard]] nlohmann::json to_json() const;

    /// What is wrong with the values, if anything.
    [[nodiscard]] core::Result<void> check() const;

    /// Channels at the borders of the encoder's levels, from its first convolution on: one more than `dim_mult`.
    [[nodiscard]] std::vector<std::int64_t> encoder_widths() const;
    /// The same for the decoder, from the coarsest level to the finest.
    [[nodiscard]] std::vector<std::int64_t> decoder_widths() const;

    /// Pixels per latent cell along one side.
    [[nodiscard]] std::int64_t spatial_stride() const;
    /// Frames per latent frame: a clip of `1 + n · temporal_stride()` frames has `1 + n` latent frames.
    [[nodiscard]] std::int64_t temporal_stride() const;
};

}  // namespace kinora::inference
