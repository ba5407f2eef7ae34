#include "inference/models/taehv/taehv.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/pixel_shuffle.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/zeros_like.h>

#include <optional>
#include <string>
#include <utility>

namespace kinora::inference {
namespace {

/// Places in the published decoder's sequence: per stage three blocks, an enlargement without weights, growth in time, and a
/// convolution.
constexpr std::int64_t k_entry = 1;
constexpr std::int64_t k_first_stage = 3;
constexpr std::int64_t k_stage = 6;
constexpr std::int64_t k_exit = k_first_stage + 3 * k_stage + 1;

std::string name_of(std::int64_t place, const std::string& rest)
{
    return "decoder." + std::to_string(place) + "." + rest;
}

core::Error misshapen(const std::string& tensor)
{
    return core::make_error(core::ErrorKind::corrupt, "These are no weights of a TAEHV decoder: \"" + tensor +
                                                          "\" is missing or has a strange shape.");
}

/// A convolution's weight of 3 × 3 or 1 × 1; undefined if there is none.
at::Tensor weight_at(const WeightMap& weights, const std::string& name)
{
    const auto found = weights.tensors().find(name);
    return found != weights.tensors().end() && found->second.dim() == 4 ? found->second : at::Tensor();
}

at::Tensor conv(const Convolution& layer, const at::Tensor& x)
{
    return at::conv2d(x, layer.weight, layer.bias, 1, layer.weight.size(2) / 2);
}

}  // namespace

core::Result<TaehvConfig> TaehvConfig::detect(const WeightMap& weights)
{
    TaehvConfig config;
    const auto entry = weight_at(weights, name_of(k_entry, "weight"));
    if (!entry.defined()) return misshapen(name_of(k_entry, "weight"));
    config.channels = entry.size(1);
    config.widths[0] = entry.size(0);
    for (std::size_t stage = 0; stage < 3; ++stage) {
        const std::int64_t place = k_first_stage + k_stage * static_cast<std::int64_t>(stage);
        const auto grow = weight_at(weights, name_of(place + 4, "conv.weight"));
        if (!grow.defined() || grow.size(1) != config.widths[stage] || grow.size(0) % grow.size(1) != 0 || grow.size(0) == 0)
            return misshapen(name_of(place + 4, "conv.weight"));
        config.strides[stage] = grow.size(0) / grow.size(1);
        if (config.strides[stage] > 2) return misshapen(name_of(place + 4, "conv.weight"));
        const auto shrink = weight_at(weights, name_of(place + 5, "weight"));
        if (!shrink.defined()) return misshapen(name_of(place + 5, "weight"));
        config.widths[stage + 1] = shrink.size(0);
    }
    config.strides[0] = 1;  // Wan's latents have four frames, two doublings
    const auto exit = weight_at(weights, name_of(k_exit, "weight"));
    if (!exit.defined()) return misshapen(name_of(k_exit, "weight"));
    for (config.patch = 1; config.patch <= 4; ++config.patch)
        if (3 * config.patch * config.patch == exit.size(0)) return config;
    return misshapen(name_of(k_exit, "weight"));
}

core::Result<TaehvDecoder> TaehvDecoder::load(WeightMap& weights)
{
    const auto config = TaehvConfig::detect(weights);
    if (!config) return config.error();
    TaehvDecoder decoder;
    decoder.config_ = *config;
    const auto& widths = config->widths;
    std::optional<core::Error> error;
    const auto take = [&](const std::string& name, at::IntArrayRef shape) -> at::Tensor {
        if (error) return {};
        auto taken = weights.take(name, shape);
        if (!taken) {
            error = taken.error();
            return {};
        }
        const auto wide = taken->to(at::kFloat);
        return wide.dim() == 4 ? wide.contiguous(at::MemoryFormat::ChannelsLast) : wide;
    };
    const auto whole = [&](const std::string& name, std::int64_t in, std::int64_t out) {
        return Convolution{take(name + "weight", {out, in, 3, 3}), take(name + "bias", {out})};
    };
    decoder.entry_ = whole(name_of(k_entry, ""), config->channels, widths[0]);
    for (std::size_t stage = 0; stage < 3; ++stage) {
        const std::int64_t place = k_first_stage + k_stage * static_cast<std::int64_t>(stage);
        const std::int64_t width = widths[stage];
        auto& made = decoder.stages_[stage];
        for (std::size_t block = 0; block < 3; ++block) {
            const auto at = place + static_cast<std::int64_t>(block);
            made.blocks[block] = {whole(name_of(at, "conv.0."), 2 * width, width),
                                  whole(name_of(at, "conv.2."), width, width), whole(name_of(at, "conv.4."), width, width)};
        }
        const std::string grow = name_of(place + 4, "conv.weight");
        made.grow = take(grow, weight_at(weights, grow).sizes());
        if (!error && made.grow.size(0) > width * config->strides[stage])
            made.grow = made.grow.narrow(0, made.grow.size(0) - width, width).contiguous();
        made.shrink = take(name_of(place + 5, "weight"), {widths[stage + 1], width, 3, 3});
    }
    decoder.exit_ = whole(name_of(k_exit, ""), widths[3], 3 * config->patch * config->patch);
    if (error) return *error;
    return decoder;
}

void TaehvDecoder::to(at::ScalarType dtype, const at::Device& device)
{
    const auto move = [&](at::Tensor& tensor) {
        if (tensor.defined()) tensor = tensor.to(device, dtype);
    };
    const auto move_layer = [&](Convolution& layer) {
        move(layer.weight);
        move(layer.bias);
    };
    move_layer(entry_);
    move_layer(exit_);
    for (Stage& stage : stages_) {
        for (Block& block : stage.blocks)
            for (Convolution* layer : {&block.first, &block.second, &block.third})
                move_layer(*layer);
        move(stage.grow);
        move(stage.shrink);
    }
}

at::Tensor TaehvDecoder::run_block(const Block& block, const at::Tensor& x, at::Tensor& past) const
{
    const auto before = past.defined() ? past : at::zeros_like(x);
    auto y = conv(block.first, at::cat(at::TensorList{x, before}, 1)).relu_();
    y = conv(block.second, y).relu_();
    past = x;
    return conv(block.third, y).add_(x).relu_();
}

void TaehvDecoder::run_stage(std::size_t index, at::Tensor x, Memory& memory, Wanted wanted,
                             std::vector<at::Tensor>& out) const
{
    if (index == stages_.size()) {
        auto pictures = conv(exit_, x.relu_());
        if (config_.patch > 1) pictures = at::pixel_shuffle(pictures, config_.patch);
        out.push_back(pictures.clamp_(0, 1));
        return;
    }
    const Stage& stage = stages_[index];
    for (std::size_t block = 0; block < stage.blocks.size(); ++block)
        x = run_block(stage.blocks[block], x, memory[index][block]);
    const std::int64_t width = config_.widths[index];
    const std::int64_t stride = config_.strides[index];
    // Nothing after the last stage's blocks remembers, so frames that aren't wanted needn't be made there.
    const bool last_stage = index + 1 == stages_.size();
    if (last_stage && wanted == Wanted::none) return;
    const std::int64_t first = last_stage && wanted == Wanted::last ? stride - 1 : 0;
    // A 1 × 1 convolution commutes with the repetition of pixels, and costs a quarter before it.
    const auto grown = at::conv2d(x, stage.grow.narrow(0, first * width, (stride - first) * width));
    for (std::int64_t frame = 0; frame < stride - first; ++frame) {
        const auto part = grown.narrow(1, frame * width, width);
        const auto large = at::upsample_nearest2d(part, {2 * part.size(2), 2 * part.size(3)});
        const bool is_last = first + frame + 1 == stride;
        const auto of_it = wanted == Wanted::all || is_last ? wanted : Wanted::none;
        run_stage(index + 1, at::conv2d(large, stage.shrink, {}, 1, 1), memory, of_it, out);
    }
}

at::Tensor TaehvDecoder::run(const at::Tensor& latents, Wanted wanted) const
{
    Memory memory;
    std::vector<at::Tensor> pictures;
    for (std::int64_t frame = 0; frame < latents.size(2); ++frame) {
        const auto in = latents.select(2, frame)
                            .to(entry_.weight.device(), entry_.weight.scalar_type())
                            .contiguous(at::MemoryFormat::ChannelsLast);
        std::vector<at::Tensor> made;
        run_stage(0, conv(entry_, at::tanh(in / 3) * 3).relu_(), memory, wanted, made);
        // The clip's first latent frame holds one picture.
        const bool only_last = wanted == Wanted::last || frame == 0;
        pictures.insert(pictures.end(), only_last ? made.end() - 1 : made.begin(), made.end());
    }
    return at::cat(pictures);
}

at::Tensor TaehvDecoder::decode(const at::Tensor& latents) const
{
    return run(latents, Wanted::all);
}

at::Tensor TaehvDecoder::decode_last(const at::Tensor& latents) const
{
    return run(latents, Wanted::last);
}

}  // namespace kinora::inference
