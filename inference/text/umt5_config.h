#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/result.h"

namespace kinora::inference {

/// Shape of a UMT5 encoder, as in the `config.json` that transformers writes.
struct Umt5Config {
    std::int64_t vocab_size = 256384;
    std::int64_t d_model = 4096;
    std::int64_t d_kv = 64;  ///< width of a head
    std::int64_t d_ff = 10240;
    std::int64_t num_heads = 64;
    std::int64_t num_layers = 24;
    std::int64_t relative_attention_num_buckets = 32;
    std::int64_t relative_attention_max_distance = 128;
    double layer_norm_epsilon = 1e-6;

    /// Width of all heads together, which needn't be `d_model`.
    [[nodiscard]] std::int64_t inner_width() const { return num_heads * d_kv; }

    /// `name` is for messages. `corrupt`: a value that can't be; `unsupported`: another model or activation than UMT5's
    /// gated GELU.
    [[nodiscard]] static core::Result<Umt5Config> from_json(const nlohmann::json& object, const std::string& name);

    /// From `config.json` in the part's folder.
    [[nodiscard]] static core::Result<Umt5Config> read(const std::filesystem::path& folder);

    /// A `config.json` that transformers reads as well.
    [[nodiscard]] nlohmann::json to_json() const;
};

}  // namespace kinora::inference
