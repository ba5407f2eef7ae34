#include "inference/models/wan/vae.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <string>
#include <utility>

#include "inference/models/wan/vae_ops.h"
#include "inference/models/wan/vae_tiling.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_frames = 2;  // the dimension

at::Tensor per_channel(const std::vector<double>& values, const at::Device& device)
{
    return at::tensor(values, at::TensorOptions().dtype(at::kFloat)).to(device).view({1, -1, 1, 1, 1});
}

/// To float32, but for float64.
at::Tensor widened(const at::Tensor& x)
{
    return x.scalar_type() == at::kDouble ? x : x.to(at::kFloat);
}

Posterior split_moments(const at::Tensor& moments)
{
    const auto halves = widened(moments).chunk(2, 1);
    return {halves[0], halves[1].clamp(-30.0, 20.0)};
}

/// The tiles counted in larger units, cells of latents or folded pixels; at least one each.
VaeTiles divided(const VaeTiles& tiles, std::int64_t by)
{
    const auto cells = [&](std::int64_t pixels) { return std::max<std::int64_t>(1, pixels / by); };
    return {cells(tiles.min_height), cells(tiles.min_width), cells(tiles.stride_height), cells(tiles.stride_width)};
}

bool needs_tiles(const at::Tensor& x, const VaeTiles& tiles)
{
    return x.size(3) > tiles.min_height || x.size(4) > tiles.min_width;
}

}  // namespace

WanVae::WanVae(VaeConfig config)
    : config_(std::move(config)),
      encoder_(VaeEncoder::outline(config_)),
      quant_conv_(outline_causal(2 * config_.z_dim, 2 * config_.z_dim, 1)),
      post_quant_conv_(outline_causal(config_.z_dim, config_.z_dim, 1)),
      decoder_(VaeDecoder::outline(config_))
{
}

core::Result<WanVae> WanVae::create(VaeConfig config, WeightMap& weights)
{
    if (const auto checked = config.check(); !checked) return checked.error();
    WanVae vae(std::move(config));
    const auto walk = [&](const ParameterVisitor& visitor) { vae.for_each_parameter(visitor); };
    if (const auto loaded = load_parameters(walk, weights); !loaded) return loaded.error();
    return vae;
}

WanVae WanVae::create_random(VaeConfig config, std::uint64_t seed)
{
    WanVae vae(std::move(config));
    initialise_parameters([&](const ParameterVisitor& visitor) { vae.for_each_parameter(visitor); }, seed);
    return vae;
}

void WanVae::set_latent_statistics(std::vector<double> mean, std::vector<double> std)
{
    config_.latents_mean = std::move(mean);
    config_.latents_std = std::move(std);
}

void WanVae::for_each_parameter(const ParameterVisitor& visitor)
{
    encoder_.for_each_parameter(visitor);
    visit(quant_conv_, "quant_conv", visitor);
    visit(post_quant_conv_, "post_quant_conv", visitor);
    decoder_.for_each_parameter(visitor);
}

void WanVae::to(at::ScalarType dtype, const at::Device& device)
{
    convert_parameters([&](const ParameterVisitor& visitor) { for_each_parameter(visitor); }, dtype, device);
}

void WanVae::prepare(at::ScalarType dtype, const at::Device& device)
{
    std::int64_t values = 0;
    for_each_parameter([&](const std::string&, at::Tensor& parameter) { values += parameter.numel(); });
    const bool large = values * static_cast<std::int64_t>(c10::elementSize(dtype)) > k_largest_copied_vae;
    if (large && device.is_cpu() && (dtype == at::kFloat || dtype == at::kBFloat16))
        work_in(dtype);
    else
        to(dtype, device);
}

void WanVae::work_in(at::ScalarType dtype)
{
    for_each_parameter([dtype](const std::string& name, at::Tensor& parameter) {
        const bool of_convolution = parameter.dim() > 3 && name.rfind(".weight") != std::string::npos;
        if (!of_convolution) parameter = parameter.to(dtype);
    });
}

at::Tensor WanVae::prepared(const at::Tensor& x) const
{
    return x.to(quant_conv_.bias.options()).contiguous(at::MemoryFormat::ChannelsLast3d);
}

at::Tensor WanVae::encode_moments(const at::Tensor& folded, const VaeRoute& route) const
{
    const auto stride = config_.temporal_stride();
    const auto frames = 1 + (folded.size(k_frames) - 1) / stride * stride;
    if (route.latent_frames_per_chunk <= 0) {
        return mix_channels(encoder_.forward(folded.narrow(k_frames, 0, frames), nullptr), quant_conv_);
    }
    CausalCache cache;
    std::vector<at::Tensor> chunks;
    for (std::int64_t start = 0; start < frames;) {
        // The first chunk has the clip's first frame, which is a latent frame of its own.
        const auto wanted = route.latent_frames_per_chunk * stride - (start == 0 ? stride - 1 : 0);
        const auto count = std::min(wanted, frames - start);
        cache.begin_chunk();
        chunks.push_back(mix_channels(encoder_.forward(folded.narrow(k_frames, start, count), &cache), quant_conv_));
        start += count;
    }
    return at::cat(chunks, k_frames);
}

at::Tensor WanVae::decode_folded(const at::Tensor& latents, const VaeRoute& route) const
{
    const auto hidden = mix_channels(latents, post_quant_conv_);
    if (route.latent_frames_per_chunk <= 0) return decoder_.forward(hidden, nullptr);
    CausalCache cache;
    std::vector<at::Tensor> chunks;
    for (std::int64_t start = 0; start < hidden.size(k_frames); start += route.latent_frames_per_chunk) {
        const auto count = std::min(route.latent_frames_per_chunk, hidden.size(k_frames) - start);
        cache.begin_chunk();
        chunks.push_back(decoder_.forward(hidden.narrow(k_frames, start, count), &cache));
    }
    return at::cat(chunks, k_frames);
}

Posterior WanVae::encode(const at::Tensor& video, const VaeRoute& route) const
{
    return split_moments(encode_moments(prepared(fold_patches(video, config_.patch_size)), route));
}

at::Tensor WanVae::reconstruct(const at::Tensor& latents, const VaeRoute& route) const
{
    return widened(unfold_patches(decode_folded(prepared(latents), route), config_.patch_size));
}

at::Tensor WanVae::decode(const at::Tensor& latents, const VaeRoute& route) const
{
    return route.latent_frames_per_chunk > 0 ? decode_in_chunks(latents, route)
                                             : reconstruct(latents, route).clamp_(-1.0, 1.0);
}

/// As `reconstruct`, with every chunk put into its place in the clip at once: pictures are there a single time.
at::Tensor WanVae::decode_in_chunks(const at::Tensor& latents, const VaeRoute& route) const
{
    const auto hidden = mix_channels(prepared(latents), post_quant_conv_);
    const auto total = hidden.size(k_frames);
    CausalCache cache;
    at::Tensor video;
    std::int64_t written = 0;
    for (std::int64_t start = 0; start < total; start += route.latent_frames_per_chunk) {
        const auto count = std::min(route.latent_frames_per_chunk, total - start);
        cache.begin_chunk();
        const auto pictures =
            widened(unfold_patches(decoder_.forward(hidden.narrow(k_frames, start, count), &cache), config_.patch_size));
        if (!video.defined()) {
            auto shape = pictures.sizes().vec();
            shape[k_frames] = 1 + (total - 1) * config_.temporal_stride();
            // Channels last, as pictures are handed over.
            video = at::empty(shape, pictures.options().memory_format(at::MemoryFormat::ChannelsLast3d));
        }
        const auto frames = pictures.size(k_frames);
        video.narrow(k_frames, written, frames).copy_(pictures).clamp_(-1.0, 1.0);
        written += frames;
        if (route.after_chunk) route.after_chunk(static_cast<double>(start + count) / static_cast<double>(total));
    }
    return video;
}

Posterior WanVae::encode_tiled(const at::Tensor& video, const VaeTiles& tiles, const VaeRoute& route) const
{
    if (!needs_tiles(video, tiles)) return encode(video, route);
    // The reference folds patches first and then takes the tile sizes for folded pixels.
    const auto folded = prepared(fold_patches(video, config_.patch_size));
    const auto stride = config_.spatial_stride() / config_.patch_size;
    const auto encode_tile = [&](const at::Tensor& tile) { return widened(encode_moments(tile, route)); };
    const auto as_it_is = [](const at::Tensor& x) { return x; };
    return split_moments(process_in_tiles(folded, divided(tiles, 1), divided(tiles, stride), encode_tile, as_it_is));
}

at::Tensor WanVae::decode_tiled(const at::Tensor& latents, const VaeTiles& tiles, const VaeRoute& route) const
{
    const auto latent_tiles = divided(tiles, config_.spatial_stride());
    if (!needs_tiles(latents, latent_tiles)) return decode(latents, route);
    const auto decode_tile = [&](const at::Tensor& tile) { return widened(decode_folded(tile, route)); };
    const auto unfold = [&](const at::Tensor& x) { return unfold_patches(x, config_.patch_size); };
    return process_in_tiles(prepared(latents), latent_tiles, divided(tiles, config_.patch_size), decode_tile, unfold)
        .clamp_(-1.0, 1.0);
}

at::Tensor WanVae::normalise(const at::Tensor& latents) const
{
    const auto device = latents.device();
    return (latents.to(at::kFloat) - per_channel(config_.latents_mean, device)) / per_channel(config_.latents_std, device);
}

at::Tensor WanVae::denormalise(const at::Tensor& latents) const
{
    const auto device = latents.device();
    return latents.to(at::kFloat) * per_channel(config_.latents_std, device) + per_channel(config_.latents_mean, device);
}

}  // namespace kinora::inference
