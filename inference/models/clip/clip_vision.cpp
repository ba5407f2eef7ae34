#include "inference/models/clip/clip_vision.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/sigmoid.h>

#include <string>

namespace kinora::inference {
namespace {

constexpr const char* k_class = "vision_model.embeddings.class_embedding";
constexpr const char* k_positions = "vision_model.embeddings.position_embedding.weight";

/// Brings a stored tensor to `shape` where only dimensions of one are too many.
void reshape_stored(WeightMap& weights, const std::string& name, at::IntArrayRef shape)
{
    const auto found = weights.tensors().find(name);
    if (found == weights.tensors().end() || found->second.sizes() == shape) return;
    const auto squeezed = found->second.squeeze();
    if (squeezed.sizes() == shape) weights.add(name, squeezed);
}

ClipLayer outline_layer(const ClipVisionConfig& config)
{
    const auto width = config.hidden_size;
    const auto square = [&] { return outline_linear(width, width); };
    return {outline_layer_norm(width),
            square(),
            square(),
            square(),
            square(),
            outline_layer_norm(width),
            outline_linear(width, config.intermediate_size),
            outline_linear(config.intermediate_size, width)};
}

at::Tensor activated(const at::Tensor& x, bool quick)
{
    return quick ? x * at::sigmoid(x * 1.702) : at::gelu(x);
}

}  // namespace

ClipVision::ClipVision(const ClipVisionConfig& config)
    : config_(config),
      class_embedding_(outline({config.hidden_size})),
      patch_embedding_(outline({config.hidden_size, config.num_channels, config.patch_size, config.patch_size})),
      position_embedding_(outline({config.rows(), config.hidden_size})),
      pre_norm_(outline_layer_norm(config.hidden_size))
{
    for (std::int64_t index = 0; index + 1 < config.num_hidden_layers; ++index)
        layers_.push_back(outline_layer(config));
}

core::Result<ClipVision> ClipVision::load(const ClipVisionConfig& config, WeightMap& weights, at::ScalarType dtype,
                                          const at::Device& device)
{
    ClipVision tower(config);
    reshape_stored(weights, k_class, tower.class_embedding_.sizes());
    reshape_stored(weights, k_positions, tower.position_embedding_.sizes());
    const auto walk = [&](const ParameterVisitor& visitor) { tower.for_each_parameter(visitor); };
    if (auto loaded = load_parameters(walk, weights); !loaded) return loaded.error();
    convert_parameters(walk, dtype, device);
    return tower;
}

void ClipVision::for_each_parameter(const ParameterVisitor& visitor)
{
    visitor(k_class, class_embedding_);
    visitor("vision_model.embeddings.patch_embedding.weight", patch_embedding_);
    visitor(k_positions, position_embedding_);
    visit(pre_norm_, "vision_model.pre_layrnorm", visitor);  // the checkpoints' own spelling
    for (std::size_t index = 0; index < layers_.size(); ++index) {
        ClipLayer& layer = layers_[index];
        const std::string name = "vision_model.encoder.layers." + std::to_string(index);
        visit(layer.layer_norm1, name + ".layer_norm1", visitor);
        visit(layer.q, name + ".self_attn.q_proj", visitor);
        visit(layer.k, name + ".self_attn.k_proj", visitor);
        visit(layer.v, name + ".self_attn.v_proj", visitor);
        visit(layer.out, name + ".self_attn.out_proj", visitor);
        visit(layer.layer_norm2, name + ".layer_norm2", visitor);
        visit(layer.fc1, name + ".mlp.fc1", visitor);
        visit(layer.fc2, name + ".mlp.fc2", visitor);
    }
}

at::Tensor ClipVision::attend(const ClipLayer& layer, const at::Tensor& x) const
{
    const auto heads = [&](const Linear& projection) {
        return linear(projection, x).unflatten(-1, {config_.num_attention_heads, -1}).transpose(1, 2);
    };
    const auto mixed = at::scaled_dot_product_attention(heads(layer.q), heads(layer.k), heads(layer.v));
    return linear(layer.out, mixed.transpose(1, 2).flatten(2));
}

at::Tensor ClipVision::features(const at::Tensor& pixels) const
{
    const auto patches =
        at::conv2d(pixels.to(device(), dtype()), patch_embedding_, {}, {config_.patch_size, config_.patch_size});
    const auto whole = class_embedding_.expand({pixels.size(0), 1, config_.hidden_size});
    auto x = at::cat(at::TensorList{whole, patches.flatten(2).transpose(1, 2)}, 1) + position_embedding_;
    x = layer_norm(pre_norm_, x, config_.layer_norm_eps);
    for (const ClipLayer& layer : layers_) {
        x = x + attend(layer, layer_norm(layer.layer_norm1, x, config_.layer_norm_eps));
        const auto normed = layer_norm(layer.layer_norm2, x, config_.layer_norm_eps);
        x = x + linear(layer.fc2, activated(linear(layer.fc1, normed), config_.quick_gelu));
    }
    return x;
}

}  // namespace kinora::inference
