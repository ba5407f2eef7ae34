#include "inference/text/umt5.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/where.h>

#include <array>
#include <cmath>
#include <limits>

namespace kinora::inference {
namespace {

constexpr const char* k_shared_table = "shared";
constexpr const char* k_shared = "shared.weight";
constexpr const char* k_embed_tokens = "encoder.embed_tokens.weight";

bool ends_with(const std::string& text, std::string_view ending)
{
    return text.size() >= ending.size() && std::string_view(text).substr(text.size() - ending.size()) == ending;
}

/// Standard deviation of a parameter at the start, as transformers' `UMT5PreTrainedModel` has it; 0: a gain, which starts at
/// one.
double initial_deviation(const std::string& name, const Umt5Config& config)
{
    const auto model = static_cast<double>(config.d_model);
    if (name == k_shared) return 1.0;
    if (ends_with(name, ".q.weight")) return 1.0 / std::sqrt(model * static_cast<double>(config.d_kv));
    if (ends_with(name, ".o.weight")) return 1.0 / std::sqrt(static_cast<double>(config.inner_width()));
    if (ends_with(name, ".wo.weight")) return 1.0 / std::sqrt(static_cast<double>(config.d_ff));
    if (ends_with(name, "norm.weight")) return 0.0;
    return 1.0 / std::sqrt(model);
}

/// The type that a block's linears read: the residual's, but in mixed-precision training.
at::ScalarType linear_type(const Linear& layer, at::ScalarType residual)
{
    return layer.weight.is_meta() || layer.converts_at_use ? residual : layer.weight.scalar_type();
}

}  // namespace

Umt5Encoder::Umt5Encoder(const Umt5Config& config)
    : config_(config),
      embeddings_(outline_linear(config.d_model, config.vocab_size, Bias::without)),
      final_norm_(outline_rms_norm(config.d_model))
{
    const auto inner = config.inner_width();
    for (std::int64_t i = 0; i < config.num_layers; ++i) {
        Umt5Block block;
        block.attention_norm = outline_rms_norm(config.d_model);
        block.q = outline_linear(config.d_model, inner, Bias::without);
        block.k = outline_linear(config.d_model, inner, Bias::without);
        block.v = outline_linear(config.d_model, inner, Bias::without);
        block.o = outline_linear(inner, config.d_model, Bias::without);
        block.position_bias = outline({config.relative_attention_num_buckets, config.num_heads});
        block.feed_forward_norm = outline_rms_norm(config.d_model);
        block.wi_0 = outline_linear(config.d_model, config.d_ff, Bias::without);
        block.wi_1 = outline_linear(config.d_model, config.d_ff, Bias::without);
        block.wo = outline_linear(config.d_ff, config.d_model, Bias::without);
        blocks_.push_back(std::move(block));
    }
}

void Umt5Encoder::for_each_parameter(const ParameterVisitor& visitor)
{
    visit(embeddings_, k_shared_table, visitor);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const std::string name = std::string("encoder.block.").append(std::to_string(i));
        const std::string attention = name + ".layer.0.SelfAttention";
        const std::string feed_forward = name + ".layer.1.DenseReluDense";
        Umt5Block& block = blocks_[i];
        visit(block.attention_norm, name + ".layer.0.layer_norm", visitor);
        visit(block.q, attention + ".q", visitor);
        visit(block.k, attention + ".k", visitor);
        visit(block.v, attention + ".v", visitor);
        visit(block.o, attention + ".o", visitor);
        visitor(attention + ".relative_attention_bias.weight", block.position_bias);
        visit(block.feed_forward_norm, name + ".layer.1.layer_norm", visitor);
        visit(block.wi_0, feed_forward + ".wi_0", visitor);
        visit(block.wi_1, feed_forward + ".wi_1", visitor);
        visit(block.wo, feed_forward + ".wo", visitor);
    }
    visit(final_norm_, "encoder.final_layer_norm", visitor);
}

core::Result<Umt5Encoder> Umt5Encoder::load(const Umt5Config& config, WeightMap& weights, at::ScalarType dtype,
                                            const at::Device& device, WeightForm form)
{
    // The same table under two names: the one that is there stands for both.
    if (weights.contains(k_embed_tokens)) {
        const std::array<std::int64_t, 2> shape{config.vocab_size, config.d_model};
        const bool alone = !weights.contains(k_shared);
        if (weights.is_packed(k_embed_tokens)) {
            const auto table = weights.take_packed(k_embed_tokens, shape);
            if (!table) return table.error();
            if (alone) weights.add(k_shared, *table);
        } else {
            const auto table = weights.take(k_embed_tokens, shape);
            if (!table) return table.error();
            if (alone) weights.add(k_shared, *table);
        }
    }
    Umt5Encoder encoder(config);
    const auto walk = [&](const ParameterVisitor& visitor) { encoder.for_each_parameter(visitor); };
    if (auto loaded = load_parameters(walk, weights); !loaded) return loaded.error();
    const auto large = [form](const std::string& name) {
        return name == k_shared_table || (form == WeightForm::as_stored && name.rfind("encoder.block.", 0) == 0);
    };
    convert_but_large([&](const ParameterVisitor& visitor) { encoder.for_each_parameter(visitor); }, dtype, device,
                      [dtype](const std::string&) { return dtype; }, large);
    encoder.embeddings_.converts_at_use = false;  // rows are converted when they are looked up
    return encoder;
}

Umt5Encoder Umt5Encoder::create_random(const Umt5Config& config, std::uint64_t seed)
{
    Umt5Encoder encoder(config);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    encoder.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        const double deviation = initial_deviation(name, config);
        const auto options = at::TensorOptions().dtype(at::kFloat);
        parameter = deviation == 0.0 ? at::ones(parameter.sizes(), options)
                                     : at::empty(parameter.sizes(), options).normal_(0.0, deviation, generator);
    });
    return encoder;
}

void Umt5Encoder::convert(at::ScalarType dtype, const at::Device& device)
{
    convert_parameters([&](const ParameterVisitor& visitor) { for_each_parameter(visitor); }, dtype, device);
}

void Umt5Encoder::convert_linears(at::ScalarType dtype)
{
    for (Umt5Block& block : blocks_)
        for (Linear* layer : {&block.q, &block.k, &block.v, &block.o, &block.wi_0, &block.wi_1, &block.wo})
            layer->weight = layer->weight.to(dtype);
}

at::Tensor Umt5Encoder::position_buckets(std::int64_t length) const
{
    // Half of the buckets is for keys after the query. Of each half, the first half is for single distances, the rest grows
    // logarithmically up to the largest distance. Computed with the reference's own float32 operations, as the borders are
    // close.
    const auto half = config_.relative_attention_num_buckets / 2;
    const auto exact = half / 2;
    const auto places = at::arange(length, at::TensorOptions().dtype(at::kLong).device(device()));
    const auto relative = places.unsqueeze(0) - places.unsqueeze(1);
    const auto distance = relative.abs();
    const double range = std::log(static_cast<double>(config_.relative_attention_max_distance) / static_cast<double>(exact));
    const auto grown =
        (distance.to(at::kFloat) / static_cast<double>(exact)).log() / range * static_cast<double>(half - exact);
    const auto far = (grown.clamp_min(0.0).to(at::kLong) + exact).clamp_max(half - 1);
    return (relative > 0).to(at::kLong) * half + at::where(distance < exact, distance, far);
}

at::Tensor Umt5Encoder::attend(const Umt5Block& block, const at::Tensor& x, const at::Tensor& buckets,
                               const at::Tensor& hidden_keys) const
{
    const auto heads = [&](const Linear& layer) {
        return linear(layer, x).view({x.size(0), x.size(1), config_.num_heads, config_.d_kv}).transpose(1, 2);
    };
    const auto bias = at::embedding(block.position_bias, buckets).permute({2, 0, 1}).unsqueeze(0);
    auto scores = (at::matmul(heads(block.q), heads(block.k).transpose(2, 3)) + bias).to(at::kFloat);
    if (hidden_keys.defined()) scores = scores.masked_fill(hidden_keys, std::numeric_limits<float>::lowest());
    const auto values = heads(block.v);
    const auto mixed = at::matmul(at::softmax(scores, -1).to(values.scalar_type()), values);
    return linear(block.o, mixed.transpose(1, 2).reshape({x.size(0), x.size(1), config_.inner_width()}));
}

at::Tensor Umt5Encoder::forward(const at::Tensor& ids, const at::Tensor& mask, const Observer& observer) const
{
    const auto observe = [&](std::size_t index, const at::Tensor& tensor) {
        if (observer) observer(std::string("hidden.").append(std::to_string(index)), tensor);
    };
    const auto buckets = position_buckets(ids.size(1));
    const auto hidden_keys = mask.defined() ? (mask == 0).to(device()).unsqueeze(1).unsqueeze(1) : at::Tensor();
    const double eps = config_.layer_norm_epsilon;
    at::Tensor x = embed(embeddings_, ids.to(device()), dtype());
    observe(0, x);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const Umt5Block& block = blocks_[i];
        const auto linears = linear_type(block.q, x.scalar_type());
        x = x + attend(block, rms_norm(block.attention_norm, x, eps).to(linears), buckets, hidden_keys);
        const auto normed = rms_norm(block.feed_forward_norm, x, eps).to(linears);
        x = x + linear(block.wo, at::gelu(linear(block.wi_0, normed), "tanh") * linear(block.wi_1, normed));
        observe(i + 1, x);
    }
    return rms_norm(final_norm_, x, eps);
}

at::Tensor Umt5Encoder::encode(const at::Tensor& ids, const at::Tensor& mask) const
{
    const auto state = forward(ids, mask);
    return mask.defined() ? state * mask.to(state.device(), state.scalar_type()).unsqueeze(-1) : state;
}

}  // namespace kinora::inference
