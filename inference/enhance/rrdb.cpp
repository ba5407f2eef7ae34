#include "inference/enhance/rrdb.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/pixel_unshuffle.h>
#include <ATen/ops/reflection_pad2d.h>
#include <ATen/ops/upsample_nearest2d.h>

#include <array>
#include <string>

#include "inference/enhance/slopes.h"

namespace kinora::inference {
namespace {

constexpr double k_slope = 0.2;
constexpr double k_share = 0.2;  // of what a block adds

at::Tensor convolve(const at::Tensor& x, const Convolution& layer)
{
    return at::conv2d(x, layer.weight, layer.bias, 1, 1);
}

core::Error misshapen(const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, "These are no weights of an ESRGAN upscaler: " + why + ".");
}

std::string dense_name(std::size_t number)
{
    return "body." + std::to_string(number / 3) + ".rdb" + std::to_string(number % 3 + 1) + ".conv";
}

/// A convolution's weight, or null.
const at::Tensor* weight(const WeightMap& weights, const std::string& name)
{
    const auto found = weights.tensors().find(name + ".weight");
    return found != weights.tensors().end() && found->second.dim() == 4 ? &found->second : nullptr;
}

}  // namespace

core::Result<RrdbConfig> RrdbConfig::detect(const WeightMap& weights)
{
    if (weights.contains("body.0.rdb1.conv1x1.weight"))
        return core::make_error(core::ErrorKind::unsupported,
                                "This is an ESRGAN+ upscaler, which Kinora can't run; ESRGAN and Real-ESRGAN are possible.");
    const at::Tensor* first = weight(weights, "conv_first");
    const at::Tensor* dense = weight(weights, "body.0.rdb1.conv1");
    const at::Tensor* last = weight(weights, "conv_last");
    if (first == nullptr || dense == nullptr || last == nullptr)
        return misshapen("its first, last or first dense convolution is missing");
    RrdbConfig config;
    config.features = first->size(0);
    config.growth = dense->size(0);
    config.channels = last->size(0);
    config.blocks = 0;
    while (weight(weights, dense_name(static_cast<std::size_t>(config.blocks) * 3) + "1") != nullptr)
        ++config.blocks;
    config.doublings = 0;
    while (weight(weights, "conv_up" + std::to_string(config.doublings + 1)) != nullptr)
        ++config.doublings;
    if (config.channels < 1 || config.channels > 4 || first->size(1) % config.channels != 0)
        return misshapen("its first convolution takes other channels than the last one gives");
    const std::int64_t cells = first->size(1) / config.channels;
    config.unshuffle = cells == 1 ? 1 : cells == 4 ? 2 : cells == 16 ? 4 : 0;
    if (config.unshuffle == 0 || config.doublings > 3 || (1 << config.doublings) < config.unshuffle)
        return misshapen("it enlarges by no factor of 1 to 8");
    return config;
}

RrdbNet::RrdbNet(const RrdbConfig& config) : config_(config)
{
    constexpr std::array<std::int64_t, 2> kernel{3, 3};
    const std::int64_t width = config.features;
    first_ = outline_convolution(config.channels * config.unshuffle * config.unshuffle, width, kernel);
    for (std::int64_t number = 0; number < config.blocks * 3; ++number) {
        DenseBlock block;
        for (std::int64_t i = 0; i < 5; ++i)
            block.convolutions[i] = outline_convolution(width + i * config.growth, i == 4 ? width : config.growth, kernel);
        blocks_.push_back(std::move(block));
    }
    after_blocks_ = outline_convolution(width, width, kernel);
    for (std::int64_t i = 0; i < config.doublings; ++i)
        doublings_.push_back(outline_convolution(width, width, kernel));
    large_ = outline_convolution(width, width, kernel);
    last_ = outline_convolution(width, config.channels, kernel);
}

core::Result<RrdbNet> RrdbNet::create(const RrdbConfig& config, WeightMap& weights)
{
    RrdbNet net(config);
    const ParameterWalk walk = [&](const ParameterVisitor& visitor) { net.for_each_parameter(visitor); };
    if (auto loaded = load_parameters(walk, weights); !loaded) return loaded.error();
    return net;
}

at::Tensor RrdbNet::dense(const DenseBlock& block, const at::Tensor& x) const
{
    at::Tensor all = x;
    for (int i = 0; i < 4; ++i)
        all = at::cat({all, leaky(convolve(all, block.convolutions[i]), k_slope)}, 1);
    return convolve(all, block.convolutions[4]) * k_share + x;
}

at::Tensor RrdbNet::upscale(const at::Tensor& pictures) const
{
    at::Tensor x = pictures;
    const std::int64_t cell = config_.unshuffle;
    if (cell > 1) {
        const std::int64_t right = (cell - x.size(3) % cell) % cell;
        const std::int64_t below = (cell - x.size(2) % cell) % cell;
        if (right > 0 || below > 0) x = at::reflection_pad2d(x, {0, right, 0, below});
        x = at::pixel_unshuffle(x, cell);
    }
    x = x.to(first_.weight.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor features = convolve(x, first_);
    x = features;
    for (std::size_t block = 0; block < blocks_.size(); block += 3) {
        at::Tensor y = x;
        for (std::size_t i = 0; i < 3; ++i)
            y = dense(blocks_[block + i], y);
        x = y * k_share + x;
    }
    x = convolve(x, after_blocks_) + features;
    for (const Convolution& layer : doublings_) {
        x = at::upsample_nearest2d(x, {x.size(2) * 2, x.size(3) * 2});
        x = leaky(convolve(x, layer), k_slope);
    }
    x = convolve(leaky(convolve(x, large_), k_slope), last_).to(pictures.scalar_type());
    return x.narrow(2, 0, pictures.size(2) * config_.scale()).narrow(3, 0, pictures.size(3) * config_.scale());
}

void RrdbNet::to(at::ScalarType dtype, const at::Device& device)
{
    convert_parameters([&](const ParameterVisitor& visitor) { for_each_parameter(visitor); }, dtype, device);
}

void RrdbNet::for_each_parameter(const ParameterVisitor& visitor)
{
    visit(first_, "conv_first", visitor);
    for (std::size_t number = 0; number < blocks_.size(); ++number)
        for (std::size_t i = 0; i < 5; ++i)
            visit(blocks_[number].convolutions[i], dense_name(number) + std::to_string(i + 1), visitor);
    visit(after_blocks_, "conv_body", visitor);
    for (std::size_t i = 0; i < doublings_.size(); ++i)
        visit(doublings_[i], "conv_up" + std::to_string(i + 1), visitor);
    visit(large_, "conv_hr", visitor);
    visit(last_, "conv_last", visitor);
}

}  // namespace kinora::inference
