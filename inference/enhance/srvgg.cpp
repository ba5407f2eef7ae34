#include "inference/enhance/srvgg.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/pixel_shuffle.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <set>
#include <string>

#include "inference/enhance/slopes.h"

namespace kinora::inference {
namespace {

std::string body(std::int64_t index, const char* tensor)
{
    return "body." + std::to_string(index) + "." + tensor;
}

core::Error misshapen(const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, "These are no weights of an SRVGG upscaler: " + why + ".");
}

}  // namespace

core::Result<SrvggConfig> SrvggConfig::detect(const WeightMap& weights)
{
    const auto& tensors = weights.tensors();
    const auto first = tensors.find("body.0.weight");
    if (first == tensors.end() || first->second.dim() != 4) return misshapen("there is no first convolution body.0.weight");
    std::int64_t last = 0;
    for (std::int64_t index = 2; tensors.contains(body(index, "weight")); index += 2)
        last = index;
    if (last < 2) return misshapen("there is no second convolution body.2.weight");
    if (!tensors.contains("body.1.weight"))
        return core::make_error(core::ErrorKind::unsupported,
                                "This SRVGG upscaler has an activation without weights; Kinora knows those with PReLU.");
    SrvggConfig config;
    config.features = first->second.size(0);
    config.channels = first->second.size(1);
    config.convolutions = last / 2 - 1;
    const auto& end = tensors.at(body(last, "weight"));
    if (end.dim() != 4 || config.channels < 1 || config.channels > 4 || end.size(0) % config.channels != 0)
        return misshapen("its last convolution has a strange shape");
    const std::int64_t cells = end.size(0) / config.channels;
    config.scale = std::llround(std::sqrt(static_cast<double>(cells)));
    if (config.scale * config.scale != cells || config.scale < 1 || config.scale > 8)
        return misshapen("its last convolution fits no enlargement of 1 to 8");
    return config;
}

SrvggNet::SrvggNet(const SrvggConfig& config) : config_(config)
{
    convolutions_.push_back(outline_convolution(config.channels, config.features, {3, 3}));
    for (std::int64_t i = 0; i < config.convolutions; ++i)
        convolutions_.push_back(outline_convolution(config.features, config.features, {3, 3}));
    convolutions_.push_back(outline_convolution(config.features, config.channels * config.scale * config.scale, {3, 3}));
    slopes_.resize(convolutions_.size() - 1);
    for (at::Tensor& slope : slopes_)
        slope = outline({config.features});
}

core::Result<SrvggNet> SrvggNet::create(const SrvggConfig& config, WeightMap& weights)
{
    SrvggNet net(config);
    const ParameterWalk walk = [&](const ParameterVisitor& visitor) { net.for_each_parameter(visitor); };
    if (auto loaded = load_parameters(walk, weights); !loaded) return loaded.error();
    return net;
}

SrvggNet SrvggNet::create_random(const SrvggConfig& config, std::uint64_t seed)
{
    SrvggNet net(config);
    initialise_parameters([&](const ParameterVisitor& visitor) { net.for_each_parameter(visitor); }, seed);
    for (at::Tensor& slope : net.slopes_)
        slope.fill_(0.2);
    net.convolutions_.back().weight.mul_(0.1);
    net.convolutions_.back().bias.zero_();
    return net;
}

at::Tensor SrvggNet::upscale(const at::Tensor& pictures) const
{
    at::Tensor x = pictures.to(convolutions_.front().weight.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
    for (std::size_t i = 0; i + 1 < convolutions_.size(); ++i) {
        x = at::conv2d(x, convolutions_[i].weight, convolutions_[i].bias, 1, 1);
        x = with_slopes(x, slopes_[i]);
    }
    x = at::conv2d(x, convolutions_.back().weight, convolutions_.back().bias, 1, 1);
    const at::Tensor detail = at::pixel_shuffle(x.to(pictures.scalar_type()), config_.scale);
    return detail + at::upsample_nearest2d(pictures, {detail.size(2), detail.size(3)});
}

void SrvggNet::to(at::ScalarType dtype, const at::Device& device)
{
    convert_parameters([&](const ParameterVisitor& visitor) { for_each_parameter(visitor); }, dtype, device);
}

void SrvggNet::for_each_parameter(const ParameterVisitor& visitor)
{
    for (std::size_t i = 0; i < convolutions_.size(); ++i) {
        const auto index = static_cast<std::int64_t>(2 * i);
        visitor(body(index, "weight"), convolutions_[i].weight);
        visitor(body(index, "bias"), convolutions_[i].bias);
        if (i < slopes_.size()) visitor(body(index + 1, "weight"), slopes_[i]);
    }
}

}  // namespace kinora::inference
