#include "inference/models/wan/dit_detect.h"

#include <optional>

#include "core/base/text.h"
#include "inference/weights/packed_weight.h"

namespace kinora::inference {
namespace {

core::Error corrupt(const std::string& source, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(source) + " " + why);
}

/// A tensor's shape, if it is there with so many dimensions.
const std::vector<std::int64_t>* find(const TensorShapes& shapes, const std::string& name, std::size_t dimensions)
{
    const auto found = shapes.find(name);
    return found != shapes.end() && found->second.size() == dimensions ? &found->second : nullptr;
}

std::int64_t count_blocks(const TensorShapes& shapes)
{
    std::int64_t count = 0;
    while (shapes.contains("blocks." + std::to_string(count) + ".attn1.to_q.weight"))
        ++count;
    return count;
}

/// Everything that shapes tell; heads are left at one as wide as the model.
core::Result<WanDitConfig> read_shapes(const TensorShapes& shapes, const std::string& source)
{
    const auto missing = [&](const std::string& name) {
        return corrupt(source, "is no Wan transformer: it has no tensor " + core::in_quotes(name) + " of the right form.");
    };
    const auto* patch = find(shapes, "patch_embedding.weight", 5);
    if (patch == nullptr) return missing("patch_embedding.weight");
    const auto* text = find(shapes, "condition_embedder.text_embedder.linear_1.weight", 2);
    if (text == nullptr) return missing("condition_embedder.text_embedder.linear_1.weight");
    const auto* time = find(shapes, "condition_embedder.time_embedder.linear_1.weight", 2);
    if (time == nullptr) return missing("condition_embedder.time_embedder.linear_1.weight");
    const auto* up = find(shapes, "blocks.0.ffn.net.0.proj.weight", 2);
    if (up == nullptr) return missing("blocks.0.ffn.net.0.proj.weight");
    const auto* out = find(shapes, "proj_out.weight", 2);
    if (out == nullptr) return missing("proj_out.weight");
    WanDitConfig config;
    const std::int64_t width = (*patch)[0];
    config.in_channels = (*patch)[1];
    config.patch_size = {(*patch)[2], (*patch)[3], (*patch)[4]};
    if (config.patch_volume() < 1 || (*out)[0] % config.patch_volume() != 0) return missing("proj_out.weight");
    config.out_channels = (*out)[0] / config.patch_volume();
    config.text_dim = (*text)[1];
    config.freq_dim = (*time)[1];
    config.ffn_dim = (*up)[0];
    config.num_layers = count_blocks(shapes);
    config.num_attention_heads = 1;
    config.attention_head_dim = width;
    config.cross_attn_norm = shapes.contains("blocks.0.norm2.weight");
    if (const auto* image = find(shapes, "condition_embedder.image_embedder.norm1.weight", 1)) {
        config.image_dim = (*image)[0];
        const auto* added = find(shapes, "blocks.0.attn2.add_k_proj.weight", 2);
        if (added == nullptr) return missing("blocks.0.attn2.add_k_proj.weight");
        config.added_kv_proj_dim = (*added)[1];
    }
    if (const auto* position = find(shapes, "condition_embedder.image_embedder.pos_embed", 3))
        config.pos_embed_seq_len = (*position)[1];
    return config;
}

std::string told(const std::optional<std::int64_t>& value)
{
    return value ? std::to_string(*value) : "nothing";
}

}  // namespace

TensorShapes shapes_of(const WeightMap& weights)
{
    TensorShapes shapes;
    for (const auto& [name, tensor] : weights.tensors())
        shapes.emplace(name, tensor.sizes().vec());
    for (const auto& [name, packed] : weights.packed())
        shapes.emplace(name, packed->shape());
    return shapes;
}

core::Result<void> check_dit_config(const WanDitConfig& config, const std::string& config_name, const TensorShapes& shapes,
                                    const std::string& weights_name)
{
    const auto found = read_shapes(shapes, weights_name);
    if (!found) return found.error();
    struct Value {
        const char* name;
        std::optional<std::int64_t> told;
        std::optional<std::int64_t> found;
    };
    const Value values[] = {
        {"the width (num_attention_heads x attention_head_dim)", config.width(), found->width()},
        {"patch_size", config.patch_volume(), found->patch_volume()},
        {"in_channels", config.in_channels, found->in_channels},
        {"out_channels", config.out_channels, found->out_channels},
        {"text_dim", config.text_dim, found->text_dim},
        {"freq_dim", config.freq_dim, found->freq_dim},
        {"ffn_dim", config.ffn_dim, found->ffn_dim},
        {"num_layers", config.num_layers, found->num_layers},
        {"cross_attn_norm", config.cross_attn_norm ? 1 : 0, found->cross_attn_norm ? 1 : 0},
        {"image_dim", config.image_dim, found->image_dim},
        {"added_kv_proj_dim", config.added_kv_proj_dim, found->added_kv_proj_dim},
        {"pos_embed_seq_len", config.pos_embed_seq_len, found->pos_embed_seq_len},
    };
    for (const Value& value : values)
        if (value.told != value.found)
            return corrupt(config_name, "says that " + std::string(value.name) + " is " + told(value.told) + ", but in " +
                                            core::in_quotes(weights_name) + " it is " + told(value.found) +
                                            "; one of the two is the wrong file.");
    return {};
}

}  // namespace kinora::inference
