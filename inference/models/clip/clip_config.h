#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/result.h"

namespace kinora::inference {

/// The shape of a CLIP vision tower, as transformers' `config.json` names it; the defaults are those of ViT-H/14, which
/// Wan 2.1's image-to-video models look through.
struct ClipVisionConfig {
    std::int64_t hidden_size = 1280;
    std::int64_t intermediate_size = 5120;
    std::int64_t num_hidden_layers = 32;
    std::int64_t num_attention_heads = 16;
    std::int64_t num_channels = 3;
    std::int64_t image_size = 224;
    std::int64_t patch_size = 14;
    double layer_norm_eps = 1e-5;
    bool quick_gelu = false;  ///< `hidden_act` "quick_gelu" (x·σ(1.702·x)) instead of the exact GELU

    /// Rows of the features: one for the whole picture, then one per patch.
    [[nodiscard]] std::int64_t rows() const { return 1 + (image_size / patch_size) * (image_size / patch_size); }

    /// Reads and checks a `config.json`, also one that holds the tower as `vision_config`. `name` (a path) stands in errors.
    [[nodiscard]] static core::Result<ClipVisionConfig> from_json(const nlohmann::json& json, const std::string& name);
    /// Reads `folder/config.json`.
    [[nodiscard]] static core::Result<ClipVisionConfig> read(const std::filesystem::path& folder);
};

}  // namespace kinora::inference
