#include "inference/models/wan/vae_memory.h"

#include <algorithm>
#include <cstddef>

#include "inference/models/wan/vae_activation.h"
#include "inference/models/wan/vae_ops.h"

namespace kinora::inference {
namespace {

/// Values that are there while frames go through the decoder. `at_once` frames of `cells` pixels go through a level at a
/// time; what waits outside it is in `held`.
struct Walk {
    const VaeConfig& config;
    bool cached;
    std::int64_t frames;
    std::int64_t cells;
    std::int64_t kept = 0;
    std::int64_t held = 0;
    std::int64_t peak = 0;

    void reach(std::int64_t live) { peak = std::max(peak, held + live); }

    /// A causal convolution's memory of the frames before.
    void keep(std::int64_t width)
    {
        if (cached) kept += k_past_frames * width * cells;
    }

    [[nodiscard]] std::int64_t at_once() const { return cached && cells >= k_large_picture ? 1 : frames; }

    /// `outside`: values that stay until the block ends, its input among them.
    void block(std::int64_t in, std::int64_t out, std::int64_t outside)
    {
        const auto now = at_once();
        keep(in);
        keep(out);
        reach(outside + ((k_past_frames + now) * in + now * out) * cells);
        reach(std::max(outside - now * in * cells, std::int64_t{0}) + (2 * now * out + (k_past_frames + now) * out) * cells);
    }

    /// Doubles the picture, and the frames where the level does.
    void upsample(std::int64_t in, std::int64_t out, bool temporal, std::int64_t before)
    {
        auto now = at_once();
        if (temporal) {
            keep(in);
            const auto later = cached ? now : now - 1;
            reach(before + (now * in + (k_past_frames + later) * in + 4 * later * in) * cells);
            now = later + now;
        }
        // The four pictures of cells, then interleaved; beside the shortcut, where there is one, spread as wide.
        reach(before + (now * in + 8 * out * now) * cells);
        if (config.is_residual) reach(2 * before + 8 * out * now * cells);
        frames = now;
        cells *= 4;
    }
};

}  // namespace

std::int64_t decoder_memory(const VaeConfig& config, const DecodedLatents& latents, std::int64_t value_bytes)
{
    const auto widths = config.decoder_widths();
    const auto resamplings = config.temporal_downsample.size();
    const auto frames = latents.frame_by_frame ? 1 : latents.frames;
    Walk walk{config, latents.frame_by_frame, frames, latents.rows * latents.columns};
    walk.keep(config.z_dim);
    for (int block = 0; block < 2; ++block)
        walk.block(widths.front(), widths.front(), frames * widths.front() * walk.cells);
    for (std::size_t level = 0; level + 1 < widths.size(); ++level) {
        const auto out = widths[level + 1];
        auto in = level > 0 && !config.is_residual ? widths[level] / 2 : widths[level];
        const auto whole = walk.frames * in * walk.cells;
        const auto now = walk.at_once();
        // Frames that wait for their turn.
        if (now < walk.frames) walk.held += whole - now * in * walk.cells;
        const bool doubles = level < resamplings;
        const auto before = config.is_residual && doubles ? now * in * walk.cells : 0;
        for (std::int64_t block = 0; block <= config.num_res_blocks; ++block) {
            const auto input = now * in * walk.cells;
            walk.block(in, out, block == 0 ? input : input + before);
            in = out;
        }
        if (doubles) {
            const bool temporal = config.temporal_downsample[resamplings - 1 - level] && latents.frames > 1;
            walk.upsample(out, config.is_residual ? out : out / 2, temporal, before);
        }
    }
    const auto now = walk.at_once();
    walk.keep(widths.back());
    walk.reach(((k_past_frames + now) * widths.back() + now * config.out_channels) * walk.cells);
    // Pictures of parts wait for the last one; then patches are unfolded and made float32.
    const auto chunk = latents.frame_by_frame ? (latents.frames > 1 ? config.temporal_stride() : 1)
                                              : 1 + (latents.frames - 1) * config.temporal_stride();
    const auto picture = config.out_channels * walk.cells;
    return std::max((walk.kept + walk.peak + (chunk - now) * picture) * value_bytes,
                    walk.kept * value_bytes + 8 * chunk * picture);
}

std::int64_t laid_out_memory(const VaeConfig& config, std::int64_t value_bytes)
{
    const auto widths = config.decoder_widths();
    std::int64_t largest = widths.front() * widths.front();
    for (std::size_t level = 0; level + 1 < widths.size(); ++level)
        largest = std::max(largest, widths[level] * widths[level + 1]);
    return 2 * 27 * largest * value_bytes;
}

}  // namespace kinora::inference
