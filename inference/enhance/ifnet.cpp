#include "inference/enhance/ifnet.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/grid_sampler_2d.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/pixel_shuffle.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/upsample_bilinear2d.h>

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "inference/enhance/slopes.h"

namespace kinora::inference {
namespace {

constexpr double k_slope = 0.2;

at::Tensor resized(const at::Tensor& x, double factor)
{
    if (factor == 1.0) return x;
    const auto height = static_cast<std::int64_t>(std::floor(static_cast<double>(x.size(2)) * factor));
    const auto width = static_cast<std::int64_t>(std::floor(static_cast<double>(x.size(3)) * factor));
    return at::upsample_bilinear2d(x, {height, width}, false, factor, factor);
}

at::Tensor convolve(const at::Tensor& x, const Convolution& layer, std::int64_t stride)
{
    return at::conv2d(x, layer.weight, layer.bias, stride, 1);
}

/// A transposed convolution that doubles the size.
at::Tensor enlarge(const at::Tensor& x, const Convolution& layer)
{
    return at::conv_transpose2d(x, layer.weight, layer.bias, 2, 1);
}

at::Tensor bend(at::Tensor x, const at::Tensor& slopes)
{
    return slopes.defined() ? with_slopes(std::move(x), slopes) : leaky(std::move(x), k_slope);
}

}  // namespace

/// What goes from block to block.
struct Ifnet::Pass {
    at::Tensor first;
    at::Tensor second;
    at::Tensor moment;  ///< [batch, 1, height, width]
    at::Tensor encoded_first;
    at::Tensor encoded_second;
    at::Tensor warped_first;
    at::Tensor warped_second;
    at::Tensor flow;
    at::Tensor mask;
    at::Tensor passed;
    double coarser = 1.0;    ///< by which everything is seen smaller than usual
    bool restarted = false;  ///< RIFE 4.0 begins again, coarser, where motions are large

    [[nodiscard]] at::Tensor blended() const
    {
        const at::Tensor share = at::sigmoid(mask);
        return warped_first * share + warped_second * (1 - share);
    }
    void warp_pictures()
    {
        warped_first = warp(first, flow.narrow(1, 0, 2));
        warped_second = warp(second, flow.narrow(1, 2, 2));
    }
};

at::Tensor warp(const at::Tensor& picture, const at::Tensor& flow)
{
    const std::int64_t height = picture.size(2);
    const std::int64_t width = picture.size(3);
    const auto options = flow.options().dtype(at::kFloat);
    const at::Tensor across = at::linspace(-1.0, 1.0, width, options).view({1, 1, width});
    const at::Tensor down = at::linspace(-1.0, 1.0, height, options).view({1, height, 1});
    const at::Tensor wide = flow.to(at::kFloat);
    const at::Tensor grid = at::stack({wide.select(1, 0) * (2.0 / static_cast<double>(width - 1)) + across,
                                       wide.select(1, 1) * (2.0 / static_cast<double>(height - 1)) + down},
                                      -1);
    constexpr int bilinear = 0;
    constexpr int border = 1;
    return at::grid_sampler_2d(picture.to(at::kFloat).contiguous(), grid, bilinear, border, true);
}

at::Tensor Ifnet::encode(const at::Tensor& picture) const
{
    at::Tensor x = convolve(picture.to(encoder_.front().weight.scalar_type()), encoder_.front(), 2);
    if (config_.encoder == IfnetEncoder::pair) return enlarge(x, encoder_.back()).to(at::kFloat);
    for (std::size_t i = 1; i + 1 < encoder_.size(); ++i)
        x = convolve(leaky(x, k_slope), encoder_[i], 1);
    return enlarge(leaky(x, k_slope), encoder_.back()).to(at::kFloat);
}

at::Tensor Ifnet::run_block(std::size_t block, const at::Tensor& input, const at::Tensor& flow, double scale) const
{
    const IfnetBlock& weights = blocks_[block];
    at::Tensor x = resized(input, 1.0 / scale);
    if (flow.defined()) x = at::cat({x, resized(flow, 1.0 / scale) / scale}, 1);
    x = x.to(weights.last.weight.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
    for (const auto& step : weights.shrink)
        x = bend(convolve(x, step.convolution, 2), step.factor);
    const at::Tensor before = x;
    for (const auto& step : weights.steps) {
        at::Tensor y = convolve(x, step.convolution, 1);
        if (config_.residual == IfnetResidual::scaled_steps)
            x = leaky(y * step.factor.to(y.scalar_type()) + x, k_slope);
        else
            x = bend(std::move(y), step.factor);
    }
    if (config_.residual == IfnetResidual::prelu_whole) x = x + before;
    x = enlarge(x, weights.last).to(at::kFloat).contiguous();
    if (config_.shuffled) x = at::pixel_shuffle(x, 2);
    const double factor = config_.shuffled ? scale : scale * 2;
    x = resized(x, factor);
    return at::cat({x.narrow(1, 0, 4) * factor, x.narrow(1, 4, x.size(1) - 4)}, 1);
}

void Ifnet::refine(Pass& pass, std::size_t block) const
{
    std::vector<at::Tensor> parts{block == 0 ? pass.first : pass.warped_first,
                                  block == 0 ? pass.second : pass.warped_second};
    if (config_.encoded > 0) {
        parts.push_back(block == 0 ? pass.encoded_first : warp(pass.encoded_first, pass.flow.narrow(1, 0, 2)));
        parts.push_back(block == 0 ? pass.encoded_second : warp(pass.encoded_second, pass.flow.narrow(1, 2, 2)));
    }
    parts.push_back(pass.moment);
    if (block > 0) parts.push_back(pass.mask);
    if (block > 0 && config_.passed > 0) parts.push_back(pass.passed);
    const double scale = config_.scales[block] * pass.coarser;
    const at::Tensor given = run_block(block, at::cat(parts, 1), pass.flow, scale);
    at::Tensor flow = given.narrow(1, 0, 4);
    // RIFE 4.0 begins again at half the size where both motions are very large.
    if (config_.residual == IfnetResidual::prelu_whole && block == 1 && !pass.restarted &&
        flow.narrow(1, 0, 2).abs().max().item<float>() > 32 && flow.narrow(1, 2, 2).abs().max().item<float>() > 32) {
        pass.restarted = true;
        pass.coarser *= 2;
        pass.flow = at::Tensor();
        refine(pass, 0);
        return refine(pass, 1);
    }
    pass.flow = block == 0 ? flow : pass.flow + flow;
    const at::Tensor mask = given.narrow(1, 4, 1);
    pass.mask = block > 0 && config_.adds_masks ? pass.mask + mask : mask;
    if (config_.passed > 0) pass.passed = given.narrow(1, 5, config_.passed);
    pass.warp_pictures();
}

std::vector<at::Tensor> Ifnet::all_between(const at::Tensor& first, const at::Tensor& second, const at::Tensor& moment,
                                           double coarser) const
{
    Pass pass = begin(first, second, moment, coarser);
    std::vector<at::Tensor> reached;
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        refine(pass, block);
        reached.push_back(pass.blended());
    }
    return reached;
}

at::Tensor Ifnet::between(const at::Tensor& first, const at::Tensor& second, const at::Tensor& moment, double coarser) const
{
    Pass pass = begin(first, second, moment, coarser);
    for (std::size_t block = 0; block < blocks_.size(); ++block)
        refine(pass, block);
    return pass.blended();
}

Ifnet::Pass Ifnet::begin(const at::Tensor& first, const at::Tensor& second, const at::Tensor& moment, double coarser) const
{
    Pass pass;
    pass.coarser = coarser;
    pass.first = first.clamp(0, 1);
    pass.second = second.clamp(0, 1);
    pass.moment = moment.expand({first.size(0), 1, first.size(2), first.size(3)});
    if (config_.encoded > 0) {
        pass.encoded_first = encode(pass.first);
        pass.encoded_second = encode(pass.second);
    }
    return pass;
}

}  // namespace kinora::inference
