#include "inference/models/wan/dit_embedders.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/silu.h>
#include <c10/core/impl/LocalDispatchKeySet.h>

#include <cmath>

namespace kinora::inference {
namespace {

// The reference leaves the image embedder's norms at PyTorch's default, whatever the configuration's eps.
constexpr double k_image_eps = 1e-5;

}  // namespace

at::Tensor time_sinusoid(const at::Tensor& timesteps, std::int64_t freq_dim)
{
    const std::int64_t half = freq_dim / 2;
    const auto options = at::TensorOptions().dtype(at::kFloat).device(timesteps.device());
    const auto frequency = (at::arange(half, options) * -std::log(10000.0)).div(static_cast<double>(half)).exp();
    const auto angle = timesteps.to(at::kFloat).unsqueeze(1) * frequency.unsqueeze(0);
    return at::cat(at::TensorList{angle.cos(), angle.sin()}, -1);
}

TimeModulation embed_time(const WanTimeEmbedder& embedder, const WanDitConfig& config, const at::Tensor& timesteps,
                          at::ScalarType dtype, const TensorObserver& observer)
{
    const auto batch = timesteps.size(0);
    const auto groups = timesteps.size(1);
    const auto sinusoid = time_sinusoid(timesteps.flatten(), config.freq_dim);
    at::Tensor embedding;
    {
        // Mixed-precision training must not round here: time steps a thousandth apart would fall together.
        const c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::autocast_dispatch_keyset);
        embedding = linear(embedder.linear_2, at::silu(linear(embedder.linear_1, sinusoid)));
    }
    const auto rounded = embedding.to(dtype);
    const auto projection = linear(embedder.time_proj, at::silu(rounded));
    if (observer) {
        observer("time_sinusoid", sinusoid);
        observer("temb", embedding.view({batch, groups, -1}));
        observer("timestep_proj", projection.view({batch, groups, -1}));
    }
    return {rounded.view({batch, groups, -1}), projection.to(at::kFloat).view({batch, groups, 6, -1})};
}

at::Tensor embed_text(const WanTextEmbedder& embedder, const at::Tensor& text)
{
    return linear(embedder.linear_2, at::gelu(linear(embedder.linear_1, text), "tanh"));
}

at::Tensor embed_image(const WanImageEmbedder& embedder, const at::Tensor& features)
{
    const auto dtype = features.scalar_type();
    auto x = features;
    if (embedder.pos_embed.defined()) x = x.reshape({-1, 2 * x.size(1), x.size(2)}) + embedder.pos_embed;
    x = layer_norm(embedder.norm1, x.to(at::kFloat), k_image_eps).to(dtype);
    x = linear(embedder.second, at::gelu(linear(embedder.first, x)));
    return layer_norm(embedder.norm2, x.to(at::kFloat), k_image_eps).to(dtype);
}

WanTimeEmbedder outline_time_embedder(const WanDitConfig& config)
{
    return {outline_linear(config.freq_dim, config.width()), outline_linear(config.width(), config.width()),
            outline_linear(config.width(), 6 * config.width())};
}

WanTextEmbedder outline_text_embedder(const WanDitConfig& config)
{
    return {outline_linear(config.text_dim, config.width()), outline_linear(config.width(), config.width())};
}

std::optional<WanImageEmbedder> outline_image_embedder(const WanDitConfig& config)
{
    if (!config.image_dim) return std::nullopt;
    const auto dim = *config.image_dim;
    WanImageEmbedder embedder{outline_layer_norm(dim),
                              outline_linear(dim, dim),
                              outline_linear(dim, config.width()),
                              outline_layer_norm(config.width()),
                              {}};
    if (config.pos_embed_seq_len) embedder.pos_embed = outline({1, *config.pos_embed_seq_len, dim});
    return embedder;
}

void visit(WanTimeEmbedder& embedder, const std::string& name, const ParameterVisitor& visitor)
{
    visit(embedder.linear_1, name + ".time_embedder.linear_1", visitor);
    visit(embedder.linear_2, name + ".time_embedder.linear_2", visitor);
    visit(embedder.time_proj, name + ".time_proj", visitor);
}

void visit(WanTextEmbedder& embedder, const std::string& name, const ParameterVisitor& visitor)
{
    visit(embedder.linear_1, name + ".text_embedder.linear_1", visitor);
    visit(embedder.linear_2, name + ".text_embedder.linear_2", visitor);
}

void visit(WanImageEmbedder& embedder, const std::string& name, const ParameterVisitor& visitor)
{
    visit(embedder.norm1, name + ".image_embedder.norm1", visitor);
    visit(embedder.first, name + ".image_embedder.ff.net.0.proj", visitor);
    visit(embedder.second, name + ".image_embedder.ff.net.2", visitor);
    visit(embedder.norm2, name + ".image_embedder.norm2", visitor);
    if (embedder.pos_embed.defined()) visitor(name + ".image_embedder.pos_embed", embedder.pos_embed);
}

}  // namespace kinora::inference
