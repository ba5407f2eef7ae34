#include "inference/models/wan/vae_decoder.h"

#include <ATen/ops/add.h>

#include "inference/models/wan/vae_ops.h"

namespace kinora::inference {

at::Tensor DecoderLevel::forward(const at::Tensor& x, CausalCache* cache) const
{
    auto hidden = x;
    for (const auto& block : blocks)
        hidden = block.forward(hidden, cache);
    if (!upsample) return hidden;
    hidden = upsample->forward(hidden, cache);
    if (!residual_kind) return hidden;
    const auto start = cache == nullptr || cache->is_first_chunk() ? ClipStart::yes : ClipStart::no;
    return at::add(hidden, spread_channels(x, width, upsample->time_conv ? 2 : 1, start));
}

VaeDecoder VaeDecoder::outline(const VaeConfig& config)
{
    const auto widths = config.decoder_widths();
    const auto resamplings = config.temporal_downsample.size();
    VaeDecoder decoder;
    decoder.conv_in = outline_causal(config.z_dim, widths.front(), 3);
    decoder.middle = outline_middle_block(widths.front());
    for (std::size_t index = 0; index + 1 < widths.size(); ++index) {
        DecoderLevel level;
        level.residual_kind = config.is_residual;
        level.width = widths[index + 1];
        // The 2.1 kind's upsampling halves the width on the way to the next level.
        const auto in = index > 0 && !config.is_residual ? widths[index] / 2 : widths[index];
        for (std::int64_t block = 0; block <= config.num_res_blocks; ++block)
            level.blocks.push_back(outline_residual_block(block == 0 ? in : level.width, level.width));
        if (index < resamplings) {
            const bool temporal = config.temporal_downsample[resamplings - 1 - index];
            level.upsample = outline_upsample(level.width, config.is_residual ? level.width : level.width / 2,
                                              temporal ? Temporal::resample : Temporal::keep);
        }
        decoder.levels.push_back(std::move(level));
    }
    decoder.norm_out = outline_video_norm(widths.back());
    decoder.conv_out = outline_causal(widths.back(), config.out_channels, 3);
    return decoder;
}

at::Tensor VaeDecoder::forward(const at::Tensor& x, CausalCache* cache) const
{
    auto hidden = middle.forward(convolve_causally(x, conv_in, cache), cache);
    for (const auto& level : levels)
        hidden = level.forward(hidden, cache);
    return activate_and_convolve(hidden, norm_out.gamma, conv_out, cache);
}

void VaeDecoder::for_each_parameter(const ParameterVisitor& visitor)
{
    visit(conv_in, "decoder.conv_in", visitor);
    visit(middle, "decoder.mid_block", visitor);
    for (std::size_t index = 0; index < levels.size(); ++index) {
        auto& level = levels[index];
        const auto own = "decoder.up_blocks." + std::to_string(index);
        for (std::size_t block = 0; block < level.blocks.size(); ++block)
            visit(level.blocks[block], own + ".resnets." + std::to_string(block), visitor);
        if (level.upsample) visit(*level.upsample, own + (level.residual_kind ? ".upsampler" : ".upsamplers.0"), visitor);
    }
    visit(norm_out, "decoder.norm_out", visitor);
    visit(conv_out, "decoder.conv_out", visitor);
}

}  // namespace kinora::inference
