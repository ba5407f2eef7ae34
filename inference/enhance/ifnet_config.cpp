#include "inference/enhance/ifnet_config.h"

#include <ATen/core/Tensor.h>

#include <algorithm>

namespace kinora::inference {
namespace {

using Tensors = std::map<std::string, at::Tensor>;

core::Error misshapen(const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, "These are no weights of a RIFE 4 network: " + why + ".");
}

std::string block_name(std::size_t block)
{
    return "block" + std::to_string(block) + ".";
}

/// A convolution's weight, or null.
const at::Tensor* weight(const Tensors& tensors, const std::string& name)
{
    const auto found = tensors.find(name);
    return found != tensors.end() && found->second.dim() == 4 ? &found->second : nullptr;
}

bool detect_encoder(const Tensors& tensors, IfnetConfig& config)
{
    const at::Tensor* first = weight(tensors, "encode.cnn0.weight");
    const at::Tensor* last = weight(tensors, "encode.cnn3.weight");
    config.encoder = IfnetEncoder::head;
    if (first == nullptr) {
        first = weight(tensors, "encode.0.weight");
        last = weight(tensors, "encode.6.weight");
        config.encoder = IfnetEncoder::sequence;
        if (last == nullptr) {
            last = weight(tensors, "encode.1.weight");
            config.encoder = IfnetEncoder::pair;
        }
    }
    if (first == nullptr) {
        config.encoder = IfnetEncoder::none;
        return true;
    }
    if (last == nullptr) return false;
    config.encoder_width = first->size(0);
    config.encoded = last->size(1);
    return true;
}

void detect_steps(const Tensors& tensors, IfnetConfig& config)
{
    config.residual = IfnetResidual::scaled_steps;
    const char* step = ".conv.weight";
    if (!tensors.contains("block0.convblock.0.beta")) {
        config.residual = tensors.contains("block0.conv0.0.1.weight") ? IfnetResidual::prelu_whole : IfnetResidual::plain;
        step = ".0.weight";
    }
    config.steps = 0;
    while (tensors.contains("block0.convblock." + std::to_string(config.steps) + step))
        ++config.steps;
}

std::vector<double> usual_scales(const std::vector<std::int64_t>& widths)
{
    if (widths.size() == 3) return {4, 2, 1};
    if (widths.size() == 4) return {8, 4, 2, 1};
    // The light one of 4.25 sees large motions; only the width of its last block tells it.
    if (widths.back() == 24) return {32, 16, 8, 4, 1};
    return {16, 8, 4, 2, 1};
}

}  // namespace

std::int64_t IfnetConfig::taken(std::size_t block) const
{
    return block == 0 ? 7 + 2 * encoded : 12 + 2 * encoded + passed;
}

std::int64_t IfnetConfig::size_multiple() const
{
    // RIFE 4.0 may begin again at half the size.
    const std::int64_t restart = residual == IfnetResidual::prelu_whole ? 2 : 1;
    return static_cast<std::int64_t>(*std::max_element(scales.begin(), scales.end())) * 4 * restart;
}

std::string IfnetConfig::version() const
{
    if (residual == IfnetResidual::prelu_whole) return "RIFE 4.0 or 4.1";
    if (residual == IfnetResidual::plain) return "RIFE 4.2 to 4.4";
    if (encoder == IfnetEncoder::none) return given == 5 ? "RIFE 4.5" : "RIFE 4.6";
    if (encoder == IfnetEncoder::pair) return "RIFE 4.7 to 4.9";
    if (encoder == IfnetEncoder::sequence) return "RIFE 4.10 to 4.12";
    if (widths.size() == 5) return "RIFE 4.25 or 4.26";
    return passed > 0 ? "RIFE 4.21 to 4.23" : "RIFE 4.13 to 4.24";
}

core::Result<IfnetConfig> IfnetConfig::detect(const WeightMap& weights)
{
    const Tensors& tensors = weights.tensors();
    IfnetConfig config;
    for (std::size_t block = 0; block < 6; ++block) {
        const at::Tensor* second = weight(tensors, block_name(block) + "conv0.1.0.weight");
        if (second == nullptr) break;
        config.widths.push_back(second->size(0));
    }
    if (config.widths.size() < 3 || config.widths.size() > 5)
        return misshapen("it has " + std::to_string(config.widths.size()) + " blocks instead of 3 to 5");
    config.scales = usual_scales(config.widths);
    if (!detect_encoder(tensors, config)) return misshapen("its encoder is incomplete");
    detect_steps(tensors, config);
    if (config.steps == 0) return misshapen("block0 has no convolutions");
    const at::Tensor* last = weight(tensors, "block0.lastconv.0.weight");
    config.shuffled = last != nullptr;
    if (last == nullptr) last = weight(tensors, "block0.lastconv.weight");
    if (last == nullptr) return misshapen("block0 has no last layer");
    config.given = config.shuffled ? last->size(1) / 4 : last->size(1);
    const at::Tensor* second = weight(tensors, "block1.conv0.0.0.weight");
    if (second == nullptr || config.given < 5) return misshapen("block1 has no first layer, or block0 gives no mask");
    config.passed = second->size(1) - 12 - 2 * config.encoded;
    if (config.passed < 0 || (config.passed > 0 && config.passed != config.given - 5))
        return misshapen("block1 takes other channels than block0 gives");
    config.adds_masks = config.encoder == IfnetEncoder::none;
    return config;
}

IfnetConfig IfnetConfig::small()
{
    IfnetConfig config;
    config.widths = {64, 48, 40, 32};
    config.scales = {8, 4, 2, 1};
    config.steps = 6;
    config.given = 5;
    return config;
}

}  // namespace kinora::inference
