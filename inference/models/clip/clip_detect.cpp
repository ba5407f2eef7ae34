#include "inference/models/clip/clip_detect.h"

#include <vector>

#include "core/base/text.h"
#include "inference/weights/packed_weight.h"

namespace kinora::inference {
namespace {

constexpr const char* k_patches = "vision_model.embeddings.patch_embedding.weight";
constexpr const char* k_positions = "vision_model.embeddings.position_embedding.weight";

/// A tensor's shape without leading ones; empty if it isn't there.
std::vector<std::int64_t> shape_of(const WeightMap& weights, const std::string& name)
{
    std::vector<std::int64_t> shape;
    if (const auto found = weights.tensors().find(name); found != weights.tensors().end())
        shape = found->second.sizes().vec();
    else if (const auto packed = weights.packed().find(name); packed != weights.packed().end())
        shape = packed->second->shape();
    while (shape.size() > 2 && shape.front() == 1)
        shape.erase(shape.begin());
    return shape;
}

std::int64_t count_layers(const WeightMap& weights)
{
    std::int64_t layers = 0;
    while (weights.contains("vision_model.encoder.layers." + std::to_string(layers) + ".layer_norm1.weight"))
        ++layers;
    return layers;
}

core::Error corrupt(const std::string& source, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(source) + " " + why);
}

}  // namespace

core::Result<void> check_clip_config(const ClipVisionConfig& config, const std::string& config_name,
                                     const WeightMap& weights, const std::string& weights_name)
{
    const auto differ = [&](const std::string& what, std::int64_t told, std::int64_t found) {
        return corrupt(config_name, "says that " + what + " is " + std::to_string(told) + ", but in " +
                                        core::in_quotes(weights_name) + " it is " + std::to_string(found) +
                                        "; one of the two is the wrong file.");
    };
    const auto patches = shape_of(weights, k_patches);
    const auto positions = shape_of(weights, k_positions);
    const auto wide = shape_of(weights, "vision_model.encoder.layers.0.mlp.fc1.weight");
    if (patches.size() == 4 && patches[0] != config.hidden_size)
        return differ("hidden_size", config.hidden_size, patches[0]);
    if (patches.size() == 4 && patches[2] != config.patch_size) return differ("patch_size", config.patch_size, patches[2]);
    if (positions.size() == 2 && positions[0] != config.rows())
        return differ("the number of positions", config.rows(), positions[0]);
    if (wide.size() == 2 && wide[0] != config.intermediate_size)
        return differ("intermediate_size", config.intermediate_size, wide[0]);
    const auto layers = count_layers(weights);
    if (layers != config.num_hidden_layers) return differ("num_hidden_layers", config.num_hidden_layers, layers);
    return {};
}

}  // namespace kinora::inference
