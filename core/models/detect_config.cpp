#include <algorithm>
#include <string>

#include "core/models/detected_part.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr std::int64_t k_head = 128;  // of every released Wan

/// Shapes by name, remembering the first that is missing.
class Shapes {
public:
    explicit Shapes(const PartShapes& shapes) : shapes_(shapes) {}

    [[nodiscard]] bool has(const std::string& name) const { return shapes_.contains(name); }

    /// One side of a tensor; 0 where there is no such tensor or side.
    std::int64_t side(const std::string& name, std::size_t index)
    {
        const auto found = shapes_.find(name);
        if (found != shapes_.end() && index < found->second.size()) return found->second[index];
        if (missing_.empty()) missing_ = name;
        return 0;
    }

    [[nodiscard]] const std::string& missing() const { return missing_; }

private:
    const PartShapes& shapes_;
    std::string missing_;
};

/// How many of the names "PREFIX0SUFFIX", "PREFIX1SUFFIX" … follow each other.
std::int64_t count(const PartShapes& shapes, const std::string& prefix, const std::string& suffix)
{
    std::int64_t number = 0;
    while (shapes.contains(prefix + std::to_string(number) + suffix))
        ++number;
    return number;
}

json or_null(const Shapes& shapes, const std::string& name, std::int64_t value)
{
    return shapes.has(name) ? json(value) : json(nullptr);
}

std::string lacking(const std::string& tensor)
{
    return "its tensor \"" + tensor + "\" is missing or has an impossible shape";
}

// The statistics of the released VAEs' latents; shapes can't tell them.
const std::vector<double> k_mean21{-0.7571, -0.7089, -0.9113, 0.1075,  -0.1745, 0.9653,  -0.1517, 1.5508,
                                   0.4134,  -0.0715, 0.5517,  -0.3632, -0.1922, -0.9497, 0.2503,  -0.2921};
const std::vector<double> k_std21{2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743,
                                  3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253, 2.8251, 1.9160};
const std::vector<double> k_mean22{-0.2289, -0.0052, -0.1323, -0.2339, -0.2799, 0.0174,  0.1838,  0.1557,  -0.1382, 0.0542,
                                   0.2813,  0.0891,  0.1570,  -0.0098, 0.0375,  -0.1825, -0.2246, -0.1207, -0.0698, 0.5109,
                                   0.2665,  -0.2108, -0.2158, 0.2502,  -0.2055, -0.0322, 0.1109,  0.1567,  -0.0729, 0.0899,
                                   -0.2799, -0.1230, -0.0313, -0.1649, 0.0117,  0.0723,  -0.2839, -0.2083, -0.0520, 0.3748,
                                   0.0152,  0.1957,  0.1433,  -0.2944, 0.3573,  -0.0548, -0.1681, -0.0667};
const std::vector<double> k_std22{0.4765, 1.0364, 0.4514, 1.1677, 0.5313, 0.4990, 0.4818, 0.5013, 0.8158, 1.0344,
                                  0.5894, 1.0901, 0.6885, 0.6165, 0.8454, 0.4978, 0.5759, 0.3523, 0.7135, 0.6804,
                                  0.5833, 1.4146, 0.8986, 0.5659, 0.7069, 0.5338, 0.4889, 0.4917, 0.4069, 0.4999,
                                  0.6866, 0.4093, 0.5709, 0.6065, 0.6415, 0.4944, 0.5726, 1.2042, 0.5458, 1.6887,
                                  0.3971, 1.0600, 0.3943, 0.5537, 0.5444, 0.4089, 0.7468, 0.7744};

/// Widths of a VAE's encoder in units of its first one, level by level, and where it halves the time.
struct VaeLevels {
    std::vector<std::int64_t> multiples;
    std::vector<bool> temporal;
    std::int64_t blocks = 0;
};

/// Wan 2.1's encoder numbers its blocks through all levels; a resampling ends a level.
VaeLevels levels_21(const PartShapes& all, Shapes& shapes, std::int64_t base)
{
    VaeLevels levels;
    std::int64_t in_level = 0;
    for (std::int64_t index = 0; index < 64; ++index) {
        const std::string block = "encoder.down_blocks." + std::to_string(index);
        if (all.contains(block + ".resample.1.weight")) {
            levels.temporal.push_back(all.contains(block + ".time_conv.weight"));
            levels.blocks = in_level;
            in_level = 0;
        } else if (all.contains(block + ".conv1.weight")) {
            if (in_level++ == 0) levels.multiples.push_back(shapes.side(block + ".conv1.weight", 0) / base);
        }
    }
    if (levels.blocks == 0) levels.blocks = in_level;
    return levels;
}

VaeLevels levels_22(const PartShapes& all, Shapes& shapes, std::int64_t base)
{
    VaeLevels levels;
    const auto number = count(all, "encoder.down_blocks.", ".resnets.0.conv1.weight");
    for (std::int64_t index = 0; index < number; ++index) {
        const std::string level = "encoder.down_blocks." + std::to_string(index);
        levels.multiples.push_back(shapes.side(level + ".resnets.0.conv1.weight", 0) / base);
        levels.blocks = count(all, level + ".resnets.", ".conv1.weight");
        if (index + 1 < number) levels.temporal.push_back(all.contains(level + ".downsampler.time_conv.weight"));
    }
    return levels;
}

}  // namespace

json detect_transformer(const PartShapes& all, std::string& problem)
{
    Shapes shapes(all);
    const auto width = shapes.side("patch_embedding.weight", 0);
    const json patch{shapes.side("patch_embedding.weight", 2), shapes.side("patch_embedding.weight", 3),
                     shapes.side("patch_embedding.weight", 4)};
    const auto volume = std::max<std::int64_t>(
        1, patch[0].get<std::int64_t>() * patch[1].get<std::int64_t>() * patch[2].get<std::int64_t>());
    const std::string image = "condition_embedder.image_embedder.norm1.weight";
    const std::string positions = "condition_embedder.image_embedder.pos_embed";
    const std::string added = "blocks.0.attn2.add_k_proj.weight";
    json config{{"_class_name", "WanTransformer3DModel"},
                {"patch_size", patch},
                {"attention_head_dim", k_head},
                {"num_attention_heads", width / k_head},
                {"in_channels", shapes.side("patch_embedding.weight", 1)},
                {"out_channels", shapes.side("proj_out.weight", 0) / volume},
                {"text_dim", shapes.side("condition_embedder.text_embedder.linear_1.weight", 1)},
                {"freq_dim", shapes.side("condition_embedder.time_embedder.linear_1.weight", 1)},
                {"ffn_dim", shapes.side("blocks.0.ffn.net.0.proj.weight", 0)},
                {"num_layers", count(all, "blocks.", ".attn1.to_q.weight")},
                {"cross_attn_norm", shapes.has("blocks.0.norm2.weight")},
                {"qk_norm", "rms_norm_across_heads"},
                {"eps", 1e-6},
                {"rope_max_seq_len", 1024}};
    config["image_dim"] = or_null(shapes, image, shapes.has(image) ? shapes.side(image, 0) : 0);
    config["added_kv_proj_dim"] = or_null(shapes, added, shapes.has(added) ? shapes.side(added, 1) : 0);
    config["pos_embed_seq_len"] = or_null(shapes, positions, shapes.has(positions) ? shapes.side(positions, 1) : 0);
    if (!shapes.missing().empty()) {
        problem = lacking(shapes.missing());
        return nullptr;
    }
    if (width % k_head != 0)
        problem = "its width of " + std::to_string(width) +
                  " is no multiple of the 128 channels of a head; put its configuration beside it as NAME.config.json";
    return config;
}

json detect_vae(const PartShapes& all, std::string& problem)
{
    Shapes shapes(all);
    const auto base = std::max<std::int64_t>(1, shapes.side("encoder.conv_in.weight", 0));
    const auto channels = shapes.side("encoder.conv_in.weight", 1);
    const auto latent = shapes.side("post_quant_conv.weight", 0);
    const bool residual = shapes.has("encoder.down_blocks.0.resnets.0.conv1.weight");
    const VaeLevels levels = residual ? levels_22(all, shapes, base) : levels_21(all, shapes, base);
    const auto decoder = shapes.side("decoder.conv_in.weight", 0);
    const std::int64_t last = levels.multiples.empty() ? 1 : std::max<std::int64_t>(1, levels.multiples.back());
    std::int64_t patch = 1;
    while (3 * patch * patch < channels)
        ++patch;
    json config{{"_class_name", "AutoencoderKLWan"},
                {"base_dim", base},
                {"decoder_base_dim", decoder / last},
                {"z_dim", latent},
                {"dim_mult", levels.multiples},
                {"num_res_blocks", levels.blocks},
                {"attn_scales", json::array()},
                {"temperal_downsample", levels.temporal},
                {"is_residual", residual},
                {"in_channels", channels},
                {"out_channels", channels},
                {"patch_size", patch > 1 ? json(patch) : json(nullptr)}};
    if (latent == 16 || latent == 48) {
        config["latents_mean"] = latent == 16 ? k_mean21 : k_mean22;
        config["latents_std"] = latent == 16 ? k_std21 : k_std22;
    } else {
        problem = "its latents have " + std::to_string(latent) +
                  " channels, whose mean and deviation aren't known; put its configuration beside it as NAME.config.json";
    }
    if (!shapes.missing().empty() || levels.multiples.empty()) {
        problem = lacking(shapes.missing().empty() ? "encoder.down_blocks" : shapes.missing());
        return nullptr;
    }
    return config;
}

json detect_text_encoder(const PartShapes& all, std::string& problem)
{
    Shapes shapes(all);
    const std::string table = shapes.has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight";
    const std::string attention = "encoder.block.0.layer.0.SelfAttention.";
    const auto heads = std::max<std::int64_t>(1, shapes.side(attention + "relative_attention_bias.weight", 1));
    json config{{"model_type", "umt5"},
                {"architectures", {"UMT5EncoderModel"}},
                {"feed_forward_proj", "gated-gelu"},
                {"vocab_size", shapes.side(table, 0)},
                {"d_model", shapes.side(table, 1)},
                {"d_kv", shapes.side(attention + "q.weight", 0) / heads},
                {"d_ff", shapes.side("encoder.block.0.layer.1.DenseReluDense.wi_0.weight", 0)},
                {"num_heads", heads},
                {"num_layers", count(all, "encoder.block.", ".layer.0.SelfAttention.q.weight")},
                {"relative_attention_num_buckets", shapes.side(attention + "relative_attention_bias.weight", 0)},
                {"relative_attention_max_distance", 128},
                {"layer_norm_epsilon", 1e-6}};
    if (!shapes.missing().empty()) {
        problem = lacking(shapes.missing());
        return nullptr;
    }
    if (!shapes.has("encoder.block.1.layer.0.SelfAttention.relative_attention_bias.weight") && config["num_layers"] != 1)
        problem = "it is a T5 with one table of positions for all layers, but Wan needs UMT5";
    return config;
}

json detect_image_encoder(const PartShapes& all, std::string& problem)
{
    Shapes shapes(all);
    const std::string patches = "vision_model.embeddings.patch_embedding.weight";
    const auto width = shapes.side(patches, 0);
    const auto patch = std::max<std::int64_t>(1, shapes.side(patches, 2));
    const auto places = shapes.side("vision_model.embeddings.position_embedding.weight", 0);
    std::int64_t side = 0;
    while ((side + 1) * (side + 1) < places)
        ++side;
    // Released towers have heads of 64 channels, but for the huge ones, which have 80.
    const std::int64_t head = width % 80 == 0 ? 80 : 64;
    json config{{"model_type", "clip_vision_model"},
                {"architectures", {"CLIPVisionModelWithProjection"}},
                {"hidden_size", width},
                {"intermediate_size", shapes.side("vision_model.encoder.layers.0.mlp.fc1.weight", 0)},
                {"num_hidden_layers", count(all, "vision_model.encoder.layers.", ".mlp.fc1.weight")},
                {"num_attention_heads", std::max<std::int64_t>(1, width / head)},
                {"num_channels", shapes.side(patches, 1)},
                {"patch_size", patch},
                {"image_size", side * patch},
                {"hidden_act", "gelu"},
                {"layer_norm_eps", 1e-5}};
    if (!shapes.missing().empty()) {
        problem = lacking(shapes.missing());
        return nullptr;
    }
    return config;
}

}  // namespace kinora::core
