#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace kinora::inference {

/// The shape of a Wan diffusion transformer, as diffusers' `transformer/config.json` names it.
struct WanDitConfig {
    std::array<std::int64_t, 3> patch_size{1, 2, 2};  ///< frames, height, width
    std::int64_t num_attention_heads = 40;
    std::int64_t attention_head_dim = 128;
    std::int64_t in_channels = 16;
    std::int64_t out_channels = 16;
    std::int64_t text_dim = 4096;
    std::int64_t freq_dim = 256;
    std::int64_t ffn_dim = 13824;
    std::int64_t num_layers = 40;
    bool cross_attn_norm = true;
    double eps = 1e-6;
    std::optional<std::int64_t> image_dim;          ///< width of CLIP features (2.1 image-to-video)
    std::optional<std::int64_t> added_kv_proj_dim;  ///< width of the image keys' input; set together with `image_dim`
    std::int64_t rope_max_seq_len = 1024;           ///< positions per axis
    std::optional<std::int64_t> pos_embed_seq_len;  ///< rows of the image position embedding (first-and-last-frame models)

    [[nodiscard]] std::int64_t width() const { return num_attention_heads * attention_head_dim; }
    [[nodiscard]] std::int64_t patch_volume() const { return patch_size[0] * patch_size[1] * patch_size[2]; }

    /// Reads and checks the keys above; keys it doesn't know are ignored. `name` (a path) stands in the error's sentence.
    [[nodiscard]] static core::Result<WanDitConfig> from_json(const nlohmann::json& json, const std::string& name);
    /// Reads `folder/config.json`.
    [[nodiscard]] static core::Result<WanDitConfig> read(const std::filesystem::path& folder);
    /// As diffusers would write it.
    [[nodiscard]] nlohmann::json to_json() const;
};

}  // namespace kinora::inference
