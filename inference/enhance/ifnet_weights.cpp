#include <string>

#include "inference/enhance/ifnet.h"

namespace kinora::inference {
namespace {

Convolution outline_transposed(std::int64_t in, std::int64_t out)
{
    return {outline({in, out, 4, 4}), outline({out})};
}

IfnetBlock outline_block(const IfnetConfig& config, std::size_t number)
{
    const std::int64_t width = config.widths[number];
    const bool prelu = config.residual == IfnetResidual::prelu_whole;
    IfnetBlock block;
    block.shrink[0].convolution = outline_convolution(config.taken(number), width / 2, {3, 3});
    block.shrink[1].convolution = outline_convolution(width / 2, width, {3, 3});
    if (prelu) block.shrink[0].factor = outline({width / 2});
    if (prelu) block.shrink[1].factor = outline({width});
    for (std::int64_t i = 0; i < config.steps; ++i) {
        IfnetBlock::Step step;
        step.convolution = outline_convolution(width, width, {3, 3});
        if (prelu) step.factor = outline({width});
        if (config.residual == IfnetResidual::scaled_steps) step.factor = outline({1, width, 1, 1});
        block.steps.push_back(std::move(step));
    }
    block.last = outline_transposed(width, config.shuffled ? 4 * config.given : config.given);
    return block;
}

void visit_step(IfnetBlock::Step& step, const std::string& convolution, const std::string& factor,
                const ParameterVisitor& visitor)
{
    visit(step.convolution, convolution, visitor);
    if (step.factor.defined()) visitor(factor, step.factor);
}

std::string encoder_name(IfnetEncoder kind, std::size_t layer)
{
    if (kind == IfnetEncoder::head) return "encode.cnn" + std::to_string(layer);
    return "encode." + std::to_string(kind == IfnetEncoder::sequence ? 2 * layer : layer);
}

}  // namespace

Ifnet::Ifnet(const IfnetConfig& config) : config_(config)
{
    for (std::size_t block = 0; block < config.widths.size(); ++block)
        blocks_.push_back(outline_block(config, block));
    if (config.encoder == IfnetEncoder::none) return;
    const std::int64_t width = config.encoder_width;
    encoder_.push_back(outline_convolution(3, width, {3, 3}));
    if (config.encoder != IfnetEncoder::pair) {
        encoder_.push_back(outline_convolution(width, width, {3, 3}));
        encoder_.push_back(outline_convolution(width, width, {3, 3}));
    }
    encoder_.push_back(outline_transposed(width, config.encoded));
}

core::Result<Ifnet> Ifnet::create(const IfnetConfig& config, WeightMap& weights)
{
    Ifnet net(config);
    const ParameterWalk walk = [&](const ParameterVisitor& visitor) { net.for_each_parameter(visitor); };
    if (auto loaded = load_parameters(walk, weights); !loaded) return loaded.error();
    return net;
}

Ifnet Ifnet::create_random(const IfnetConfig& config, std::uint64_t seed)
{
    Ifnet net(config);
    initialise_parameters([&](const ParameterVisitor& visitor) { net.for_each_parameter(visitor); }, seed);
    for (IfnetBlock& block : net.blocks_) {
        for (auto& step : block.steps)
            if (step.factor.defined()) step.factor.fill_(config.residual == IfnetResidual::scaled_steps ? 1.0 : 0.25);
        for (auto& step : block.shrink)
            if (step.factor.defined()) step.factor.fill_(0.25);
        block.last.weight.mul_(0.1);
        block.last.bias.zero_();
    }
    return net;
}

void Ifnet::to(at::ScalarType dtype, const at::Device& device)
{
    convert_parameters([&](const ParameterVisitor& visitor) { for_each_parameter(visitor); }, dtype, device);
}

void Ifnet::for_each_parameter(const ParameterVisitor& visitor)
{
    for (std::size_t number = 0; number < blocks_.size(); ++number) {
        const std::string name = "block" + std::to_string(number) + ".";
        IfnetBlock& block = blocks_[number];
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string layer = name + "conv0." + std::to_string(i);
            visit_step(block.shrink[i], layer + ".0", layer + ".1.weight", visitor);
        }
        for (std::size_t i = 0; i < block.steps.size(); ++i) {
            const std::string layer = name + "convblock." + std::to_string(i);
            if (config_.residual == IfnetResidual::scaled_steps)
                visit_step(block.steps[i], layer + ".conv", layer + ".beta", visitor);
            else
                visit_step(block.steps[i], layer + ".0", layer + ".1.weight", visitor);
        }
        visit(block.last, name + (config_.shuffled ? "lastconv.0" : "lastconv"), visitor);
    }
    for (std::size_t layer = 0; layer < encoder_.size(); ++layer)
        visit(encoder_[layer], encoder_name(config_.encoder, layer), visitor);
}

}  // namespace kinora::inference
