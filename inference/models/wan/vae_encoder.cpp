#include "inference/models/wan/vae_encoder.h"

#include <ATen/ops/cat.h>

#include <algorithm>
#include <utility>

#include "inference/models/wan/vae_ops.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_frames = 2;  // the dimension

}  // namespace

at::Tensor EncoderLevel::forward(at::Tensor x, CausalCache* cache, const Convolution* entry) const
{
    // The shortcut averages over frames, too: it wants all of them.
    if (entry != nullptr && shortcut) {
        x = convolve_causally(x, *entry, cache);
        entry = nullptr;
    }
    const auto frames = x.size(k_frames), at_once = frames_at_once(x, cache);
    const auto place = cache != nullptr ? cache->place() : 0;
    std::vector<at::Tensor> parts;
    for (std::int64_t frame = 0; frame < frames; frame += at_once) {
        if (cache != nullptr) cache->go_back(place);
        auto part = at_once == frames ? x : x.narrow(k_frames, frame, std::min(at_once, frames - frame));
        if (!shortcut && at_once == frames) x.reset();
        if (entry != nullptr) part = convolve_causally(part, *entry, cache);
        for (const auto& block : blocks)
            part = block.forward(std::move(part), cache);
        parts.push_back(downsample ? halve_frame_size(part, downsample->convolution) : std::move(part));
    }
    auto hidden = parts.size() == 1 ? std::move(parts.front()) : at::cat(parts, k_frames);
    parts.clear();
    const bool in_time = downsample && downsample->time_conv;
    if (in_time) hidden = halve_frame_rate(hidden, *downsample->time_conv, cache);
    return shortcut ? add_to(hidden, average_cells(x, width, in_time ? 2 : 1, downsample ? 2 : 1)) : hidden;
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
    auto hidden = levels.front().forward(x, cache, &conv_in);
    for (std::size_t level = 1; level < levels.size(); ++level)
        hidden = levels[level].forward(std::move(hidden), cache);
    return activate_and_convolve(middle.forward(std::move(hidden), cache), norm_out.gamma, conv_out, cache);
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
