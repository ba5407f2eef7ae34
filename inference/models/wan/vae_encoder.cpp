#include "inference/models/wan/vae_encoder.h"

#include <ATen/ops/add.h>

#include "inference/models/wan/vae_ops.h"

namespace kinora::inference {

at::Tensor EncoderLevel::forward(const at::Tensor& x, CausalCache* cache) const
{
    auto hidden = x;
    for (const auto& block : blocks)
        hidden = block.forward(hidden, cache);
    if (downsample) hidden = downsample->forward(hidden, cache);
    if (!shortcut) return hidden;
    const std::int64_t factor_t = downsample && downsample->time_conv ? 2 : 1;
    return at::add(hidden, average_cells(x, width, factor_t, downsample ? 2 : 1));
}

VaeEncoder VaeEncoder::outline(const VaeConfig& config)
{
    const auto widths = config.encoder_widths();
    VaeEncoder encoder;
    encoder.conv_in = outline_causal(config.in_channels, widths.front(), 3);
    for (std::size_t index = 0; index + 1 < widths.size(); ++index) {
        EncoderLevel level;
        level.shortcut = config.is_residual;
        level.width = widths[index + 1];
        for (std::int64_t block = 0; block < config.num_res_blocks; ++block)
            level.blocks.push_back(outline_residual_block(block == 0 ? widths[index] : level.width, level.width));
        if (index < config.temporal_downsample.size()) {
            const bool temporal = config.temporal_downsample[index];
            level.downsample = outline_downsample(level.width, temporal ? Temporal::resample : Temporal::keep);
        }
        encoder.levels.push_back(std::move(level));
    }
    encoder.middle = outline_middle_block(widths.back());
    encoder.norm_out = outline_video_norm(widths.back());
    encoder.conv_out = outline_causal(widths.back(), 2 * config.z_dim, 3);
    return encoder;
}

at::Tensor VaeEncoder::forward(const at::Tensor& x, CausalCache* cache) const
{
    auto hidden = convolve_causally(x, conv_in, cache);
    for (const auto& level : levels)
        hidden = level.forward(hidden, cache);
    return activate_and_convolve(middle.forward(hidden, cache), norm_out.gamma, conv_out, cache);
}

void VaeEncoder::for_each_parameter(const ParameterVisitor& visitor)
{
    visit(conv_in, "encoder.conv_in", visitor);
    std::size_t in_row = 0;
    for (std::size_t index = 0; index < levels.size(); ++index) {
        auto& level = levels[index];
        const auto own = "encoder.down_blocks." + std::to_string(index);
        for (std::size_t block = 0; block < level.blocks.size(); ++block) {
            visit(level.blocks[block],
                  level.shortcut ? own + ".resnets." + std::to_string(block)
                                 : "encoder.down_blocks." + std::to_string(in_row++),
                  visitor);
        }
        if (level.downsample) {
            visit(*level.downsample,
                  level.shortcut ? own + ".downsampler" : "encoder.down_blocks." + std::to_string(in_row++), visitor);
        }
    }
    visit(middle, "encoder.mid_block", visitor);
    visit(norm_out, "encoder.norm_out", visitor);
    visit(conv_out, "encoder.conv_out", visitor);
}

}  // namespace kinora::inference
