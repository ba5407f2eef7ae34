#include "inference/text/umt5.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/where.h>
#include <c10/core/GradMode.h>

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

at::Tensor Umt5Encoder::position_buckets(const at::Tensor& relative) const
{
    // Half of the buckets is for keys after the query. Of each half, the first half is for single distances, the rest grows
    // logarithmically up to the largest distance. Computed with the reference's own float32 operations, as the borders are
    // close.
    const auto half = config_.relative_attention_num_buckets / 2;
    const auto exact = half / 2;
    const auto distance = relative.abs();
    const double range = std::log(static_cast<double>(config_.relative_attention_max_distance) / static_cast<double>(exact));
    const auto grown =
        (distance.to(at::kFloat) / static_cast<double>(exact)).log() / range * static_cast<double>(half - exact);
    const auto far = (grown.clamp_min(0.0).to(at::kLong) + exact).clamp_max(half - 1);
    return (relative > 0).to(at::kLong) * half + at::where(distance < exact, distance, far);
}

Umt5Encoder::Places Umt5Encoder::make_places(std::int64_t length, const at::Tensor& mask) const
{
    const auto options = at::TensorOptions().dtype(at::kLong).device(device());
    Places places;
    places.length = length;
    if (mask.defined() && (mask == 0).any().item<bool>())
        places.hidden_keys = (mask == 0).to(device()).unsqueeze(1).unsqueeze(1);
    places.buckets = position_buckets(at::arange(1 - length, length, options));
    return places;
}

at::Tensor Umt5Encoder::biases(const Umt5Block& block, const Places& places) const
{
    // Only distances matter: row p of the result is the window of all distances that begins at p.
    const auto of_distances = at::embedding(block.position_bias, places.buckets).transpose(0, 1).contiguous();
    return of_distances.unfold(1, places.length, 1).unsqueeze(0);
}

at::Tensor Umt5Encoder::attend(const Umt5Block& block, const at::Tensor& x, const Places& places) const
{
    const auto heads = [&](const Linear& layer) {
        return linear(layer, x).view({x.size(0), x.size(1), config_.num_heads, config_.d_kv}).transpose(1, 2);
    };
    // The last query first: it is the one that the first window of distances, with all keys before it, belongs to.
    const auto queries = heads(block.q).flip(2);
    const auto keys = heads(block.k);
    const auto values = heads(block.v);
    at::Tensor mixed;
    if (c10::GradMode::is_enabled()) {
        auto scores = (at::matmul(queries, keys.transpose(2, 3)) + biases(block, places)).to(at::kFloat);
        if (places.hidden_keys.defined())
            scores = scores.masked_fill(places.hidden_keys, std::numeric_limits<float>::lowest());
        mixed = at::matmul(at::softmax(scores, -1).to(values.scalar_type()), values);
    } else {
        // The same without keeping the scores of all pairs, which take longer to write and read than to compute.
        auto added = biases(block, places).to(queries.scalar_type());
        if (places.hidden_keys.defined())
            added = added.masked_fill(places.hidden_keys, -std::numeric_limits<double>::infinity());
        if (!queries.is_cpu()) added = added.contiguous();  // windows lie over each other, which only the CPU's kernel reads
        constexpr double k_unscaled = 1.0;
        mixed = at::scaled_dot_product_attention(queries, keys, values, added, 0.0, false, k_unscaled);
    }
    return linear(block.o, mixed.flip(2).transpose(1, 2).reshape({x.size(0), x.size(1), config_.inner_width()}));
}

at::Tensor Umt5Encoder::feed_forward(const Umt5Block& block, const at::Tensor& x) const
{
    if (c10::GradMode::is_enabled())
        return linear(block.wo, at::gelu(linear(block.wi_0, x), "tanh") * linear(block.wi_1, x));
    auto gated = linear_gelu(block.wi_0, x);
    return linear(block.wo, gated.mul_(linear(block.wi_1, x)));
}

at::Tensor Umt5Encoder::forward(const at::Tensor& ids, const at::Tensor& mask, const Observer& observer) const
{
    const auto observe = [&](std::size_t index, const at::Tensor& tensor) {
        if (observer) observer(std::string("hidden.").append(std::to_string(index)), tensor);
    };
    const Places places = make_places(ids.size(1), mask);
    const double eps = config_.layer_norm_epsilon;
    at::Tensor x = embed(embeddings_, ids.to(device()), dtype());
    observe(0, x);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const Umt5Block& block = blocks_[i];
        const auto linears = linear_type(block.q, x.scalar_type());
        x = x + attend(block, rms_norm(block.attention_norm, x, eps).to(linears), places);
        x = x + feed_forward(block, rms_norm(block.feed_forward_norm, x, eps).to(linears));
        observe(i + 1, x);
    }
    return rms_norm(final_norm_, x, eps);
}

at::Tensor Umt5Encoder::encode(const at::Tensor& ids, const at::Tensor& mask) const
{
    if (!mask.defined()) return forward(ids, mask);
    // No token sees padding, so what is padding in all rows needn't be computed.
    const auto tokens = at::nonzero(mask.any(0));
    const auto used = tokens.numel() == 0 ? 1 : tokens.max().item<std::int64_t>() + 1;
    const auto seen = mask.narrow(1, 0, used);
    const auto state = forward(ids.narrow(1, 0, used), seen);
    const auto shown = state * seen.to(state.device(), state.scalar_type()).unsqueeze(-1);
    return at::constant_pad_nd(shown, {0, 0, 0, ids.size(1) - used});
}

}  // namespace kinora::inference
