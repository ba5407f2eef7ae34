#include "inference/models/clip/clip_names.h"

#include <cmath>
#include <string_view>
#include <utility>

#include "core/base/text.h"

namespace kinora::inference {
namespace {

constexpr std::string_view k_class = "embeddings.class_embedding";
constexpr std::string_view k_patches = "embeddings.patch_embedding.weight";
constexpr std::string_view k_positions = "embeddings.position_embedding.weight";
constexpr std::string_view k_open_clip = "visual.";

bool starts_with(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

/// What stands before `embeddings.class_embedding`; nothing found: empty.
std::string prefix_of(const WeightMap& weights)
{
    for (const auto& [name, tensor] : weights.tensors()) {
        const auto place = name.rfind(k_class);
        if (place != std::string::npos && place + k_class.size() == name.size()) return name.substr(0, place);
    }
    return {};
}

/// Where OpenCLIP's tower begins: "visual." or what stands before it too; empty if there is none.
std::string open_clip_prefix(const WeightMap& weights)
{
    constexpr std::string_view own = "cls_embedding";
    for (const auto& [name, tensor] : weights.tensors()) {
        const auto place = name.rfind(own);
        if (place == std::string::npos || place + own.size() != name.size()) continue;
        const std::string prefix = name.substr(0, place);
        const bool visual = prefix.size() >= k_open_clip.size() &&
                            prefix.compare(prefix.size() - k_open_clip.size(), k_open_clip.size(), k_open_clip) == 0;
        if (visual) return prefix;
    }
    return {};
}

/// A layer's part in OpenCLIP's and in transformers' naming.
constexpr std::pair<std::string_view, std::string_view> k_layer_parts[] = {
    {"norm1.", "layer_norm1."}, {"norm2.", "layer_norm2."}, {"attn.proj.", "self_attn.out_proj."},
    {"mlp.0.", "mlp.fc1."},     {"mlp.2.", "mlp.fc2."},
};

constexpr std::pair<std::string_view, std::string_view> k_outer_parts[] = {
    {"patch_embedding.", "embeddings.patch_embedding."},
    {"pre_norm.", "pre_layrnorm."},
    {"post_norm.", "post_layernorm."},
};

/// Adds queries, keys and values that lie in one tensor.
void add_parted(WeightMap& into, const std::string& layer, const std::string& ending, const at::Tensor& joined)
{
    const auto parts = joined.chunk(3, 0);
    const char* const names[] = {"q_proj.", "k_proj.", "v_proj."};
    for (std::size_t index = 0; index < parts.size(); ++index)
        into.add(layer + "self_attn." + names[index] + ending, parts[index]);
}

/// Adds one tensor of a layer, "attn.to_qkv.weight" and the like; false if it is none that is known.
bool add_layer_tensor(WeightMap& into, const std::string& layer, std::string_view part, const at::Tensor& tensor)
{
    constexpr std::string_view joined = "attn.to_qkv.";
    if (starts_with(part, joined) && tensor.size(0) % 3 == 0) {
        add_parted(into, layer, std::string(part.substr(joined.size())), tensor);
        return true;
    }
    for (const auto& [theirs, ours] : k_layer_parts) {
        if (!starts_with(part, theirs)) continue;
        into.add(layer + std::string(ours) + std::string(part.substr(theirs.size())), tensor);
        return true;
    }
    return false;
}

bool add_open_clip(WeightMap& into, std::string_view name, const at::Tensor& tensor)
{
    if (name == "cls_embedding") {
        into.add(std::string(k_class), tensor.flatten());
        return true;
    }
    if (name == "pos_embedding") {
        into.add(std::string(k_positions), tensor.flatten(0, -2));
        return true;
    }
    constexpr std::string_view layers = "transformer.";
    if (starts_with(name, layers)) {
        const auto rest = name.substr(layers.size());
        const auto dot = rest.find('.');
        if (dot == std::string_view::npos) return false;
        const std::string layer = "encoder.layers." + std::string(rest.substr(0, dot)) + ".";
        return add_layer_tensor(into, layer, rest.substr(dot + 1), tensor);
    }
    for (const auto& [theirs, ours] : k_outer_parts) {
        if (!starts_with(name, theirs)) continue;
        into.add(std::string(ours) + std::string(name.substr(theirs.size())), tensor);
        return true;
    }
    return false;
}

at::IntArrayRef shape_of(const WeightMap& weights, const std::string& name)
{
    const auto found = weights.tensors().find(name);
    return found == weights.tensors().end() ? at::IntArrayRef() : found->second.sizes();
}

core::Error corrupt(const std::string& source, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(source) + " " + why);
}

}  // namespace

WeightMap with_clip_names(const WeightMap& weights)
{
    const std::string open_clip = open_clip_prefix(weights);
    const std::string prefix = open_clip.empty() ? prefix_of(weights) : open_clip;
    WeightMap named;
    for (const auto& [name, tensor] : weights.tensors()) {
        if (!starts_with(name, prefix)) {
            named.add(name, tensor);
            continue;
        }
        const std::string rest = name.substr(prefix.size());
        if (open_clip.empty())
            named.add(rest, tensor);
        else if (!add_open_clip(named, rest, tensor))
            named.add(name, tensor);
    }
    return named;
}

core::Result<ClipVisionConfig> detect_clip_config(const WeightMap& weights, const std::string& source)
{
    const auto patches = shape_of(weights, std::string(k_patches));
    const auto positions = shape_of(weights, std::string(k_positions));
    if (patches.size() != 4 || positions.size() != 2 || patches[2] != patches[3] || patches[1] != 3)
        return corrupt(source, "holds no CLIP vision tower: its patch or position embedding is missing.");
    ClipVisionConfig config;
    config.hidden_size = patches[0];
    config.patch_size = patches[2];
    const auto side = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(positions[0] - 1))));
    if (side < 1 || side * side + 1 != positions[0])
        return corrupt(source, "has a position embedding that doesn't belong to a square picture.");
    config.image_size = side * config.patch_size;
    config.num_hidden_layers = 0;
    while (weights.contains("encoder.layers." + std::to_string(config.num_hidden_layers) + ".layer_norm1.weight"))
        ++config.num_hidden_layers;
    const auto wide = shape_of(weights, "encoder.layers.0.mlp.fc1.weight");
    if (config.num_hidden_layers < 2 || wide.size() != 2) return corrupt(source, "holds no layers of a CLIP vision tower.");
    config.intermediate_size = wide[0];
    const std::int64_t head = config.hidden_size == 1280 ? 80 : 64;
    if (config.hidden_size % head != 0) return corrupt(source, "has a width that no published CLIP vision tower has.");
    config.num_attention_heads = config.hidden_size / head;
    return config;
}

core::Result<void> check_clip_config(const ClipVisionConfig& config, const std::string& config_name,
                                     const WeightMap& weights, const std::string& weights_name)
{
    const auto differ = [&](const std::string& what, std::int64_t told, std::int64_t found) {
        return core::make_error(core::ErrorKind::corrupt, core::in_quotes(config_name) + " says that " + what + " is " +
                                                              std::to_string(told) + ", but in " +
                                                              core::in_quotes(weights_name) + " it is " +
                                                              std::to_string(found) + "; one of them is the wrong file.");
    };
    const auto patches = shape_of(weights, std::string(k_patches));
    const auto positions = shape_of(weights, std::string(k_positions));
    if (patches.size() == 4 && patches[0] != config.hidden_size)
        return differ("hidden_size", config.hidden_size, patches[0]);
    if (patches.size() == 4 && patches[2] != config.patch_size) return differ("patch_size", config.patch_size, patches[2]);
    if (positions.size() == 2 && positions[0] != config.rows())
        return differ("the number of positions", config.rows(), positions[0]);
    std::int64_t layers = 0;
    while (weights.contains("encoder.layers." + std::to_string(layers) + ".layer_norm1.weight"))
        ++layers;
    if (layers != config.num_hidden_layers) return differ("num_hidden_layers", config.num_hidden_layers, layers);
    return {};
}

}  // namespace kinora::inference
