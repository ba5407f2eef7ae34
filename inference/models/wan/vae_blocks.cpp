#include "inference/models/wan/vae_blocks.h"

#include <utility>

#include "inference/models/wan/vae_activation.h"
#include "inference/models/wan/vae_ops.h"

namespace kinora::inference {
namespace {

ChannelNorm outline_frame_norm(std::int64_t width)
{
    return {outline({width, 1, 1})};
}

}  // namespace

at::Tensor ResidualBlock::forward(at::Tensor x, CausalCache* cache) const
{
    auto hidden = activate_and_convolve(x, norm1.gamma, conv1, cache);
    if (conv_shortcut) x = mix_channels(x, *conv_shortcut);
    return add_to(activate_and_convolve(std::move(hidden), norm2.gamma, conv2, cache), x);
}

at::Tensor FrameAttention::forward(const at::Tensor& x) const
{
    return add_to(attend_within_frames(normalise_channels(x, norm.gamma), to_qkv, proj), x);
}

at::Tensor MiddleBlock::forward(at::Tensor x, CausalCache* cache) const
{
    return second.forward(attention.forward(first.forward(std::move(x), cache)), cache);
}

at::Tensor Upsample::forward(at::Tensor x, CausalCache* cache) const
{
    if (time_conv) x = double_frame_rate(x, *time_conv, cache);
    return double_frame_size(x, convolution);
}

Convolution outline_causal(std::int64_t in, std::int64_t out, std::int64_t kernel)
{
    return outline_convolution(in, out, {kernel, kernel, kernel});
}

ChannelNorm outline_video_norm(std::int64_t width)
{
    return {outline({width, 1, 1, 1})};
}

ResidualBlock outline_residual_block(std::int64_t in, std::int64_t out)
{
    ResidualBlock block{outline_video_norm(in), outline_causal(in, out, 3), outline_video_norm(out),
                        outline_causal(out, out, 3), std::nullopt};
    if (in != out) block.conv_shortcut = outline_causal(in, out, 1);
    return block;
}

MiddleBlock outline_middle_block(std::int64_t width)
{
    return {outline_residual_block(width, width),
            {outline_frame_norm(width), outline_convolution(width, 3 * width, {1, 1}),
             outline_convolution(width, width, {1, 1})},
            outline_residual_block(width, width)};
}

Downsample outline_downsample(std::int64_t width, Temporal temporal)
{
    Downsample block{outline_convolution(width, width, {3, 3}), std::nullopt};
    if (temporal == Temporal::resample) block.time_conv = outline_convolution(width, width, {3, 1, 1});
    return block;
}

Upsample outline_upsample(std::int64_t in, std::int64_t out, Temporal temporal)
{
    Upsample block{outline_convolution(in, out, {3, 3}), std::nullopt};
    if (temporal == Temporal::resample) block.time_conv = outline_convolution(in, 2 * in, {3, 1, 1});
    return block;
}

void visit(ChannelNorm& norm, const std::string& name, const ParameterVisitor& visitor)
{
    visitor(name + ".gamma", norm.gamma);
}

void visit(ResidualBlock& block, const std::string& name, const ParameterVisitor& visitor)
{
    visit(block.norm1, name + ".norm1", visitor);
    visit(block.conv1, name + ".conv1", visitor);
    visit(block.norm2, name + ".norm2", visitor);
    visit(block.conv2, name + ".conv2", visitor);
    if (block.conv_shortcut) visit(*block.conv_shortcut, name + ".conv_shortcut", visitor);
}

void visit(MiddleBlock& block, const std::string& name, const ParameterVisitor& visitor)
{
    visit(block.first, name + ".resnets.0", visitor);
    visit(block.attention.norm, name + ".attentions.0.norm", visitor);
    visit(block.attention.to_qkv, name + ".attentions.0.to_qkv", visitor);
    visit(block.attention.proj, name + ".attentions.0.proj", visitor);
    visit(block.second, name + ".resnets.1", visitor);
}

void visit(Downsample& block, const std::string& name, const ParameterVisitor& visitor)
{
    visit(block.convolution, name + ".resample.1", visitor);
    if (block.time_conv) visit(*block.time_conv, name + ".time_conv", visitor);
}

void visit(Upsample& block, const std::string& name, const ParameterVisitor& visitor)
{
    visit(block.convolution, name + ".resample.1", visitor);
    if (block.time_conv) visit(*block.time_conv, name + ".time_conv", visitor);
}

}  // namespace kinora::inference
