#include "inference/models/wan/vae_decoder.h"

#include <ATen/ops/cat.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "inference/runtime/memory.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_frames = 2;  // the dimension

/// Features of so many bytes are large beside what a purge of the allocator costs.
constexpr std::size_t k_large_features = std::size_t{4} << 20;

}  // namespace

at::Tensor DecoderLevel::forward(at::Tensor x, CausalCache* cache, ClipStart start) const
{
    const auto before = residual_kind && upsample ? x : at::Tensor();
    for (const auto& block : blocks)
        x = block.forward(std::move(x), cache);
    if (!upsample) return x;
    if (x.device().is_cpu() && x.nbytes() >= k_large_features) give_back_memory(x.device());
    x = upsample->forward(std::move(x), cache);
    if (!residual_kind) return x;  // moved: a copy would stay as long as what the caller does with it
    return add_to(std::move(x), spread_channels(before, width, upsample->time_conv ? 2 : 1, start));
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

void VaeDecoder::run_levels(std::size_t level, at::Tensor x, CausalCache* cache, ClipStart start,
                            std::vector<at::Tensor>& pictures) const
{
    // The last level's features are the largest; what the allocator kept of smaller ones would lie beside them, as it would
    // where the level before makes them.
    if (level + 1 == levels.size() && x.device().is_cpu()) give_back_memory(x.device());
    if (level == levels.size()) {
        pictures.push_back(activate_and_convolve(std::move(x), norm_out.gamma, conv_out, cache));
        return;
    }
    const auto frames = x.size(k_frames), at_once = frames_at_once(x, cache);
    if (frames == at_once) {
        run_levels(level + 1, levels[level].forward(std::move(x), cache, start), cache, start, pictures);
        return;
    }
    const auto place = cache->place();
    for (std::int64_t frame = 0; frame < frames; frame += at_once) {
        cache->go_back(place);
        const auto start_of_part = frame == 0 ? start : ClipStart::no;
        auto part = x.narrow(k_frames, frame, std::min(at_once, frames - frame));
        run_levels(level + 1, levels[level].forward(std::move(part), cache, start_of_part), cache, start_of_part, pictures);
    }
}

at::Tensor VaeDecoder::forward(const at::Tensor& x, CausalCache* cache) const
{
    const auto start = cache == nullptr || cache->is_first_chunk() ? ClipStart::yes : ClipStart::no;
    std::vector<at::Tensor> pictures;
    run_levels(0, middle.forward(convolve_causally(x, conv_in, cache), cache), cache, start, pictures);
    return pictures.size() == 1 ? pictures.front() : at::cat(pictures, k_frames);
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
