#include "inference/models/wan/vae_ops.h"

#include <ATen/Context.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_upsample_nearest_exact2d.h>
#include <ATen/ops/_upsample_nearest_exact3d.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv3d.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mkldnn_convolution.h>
#include <ATen/ops/scaled_dot_product_attention.h>

#include <algorithm>
#include <vector>

#include "inference/models/wan/vae_activation.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_frames = 2;  // the dimension
bool is_power_of_two(std::int64_t value)
{
    return value > 0 && (value & (value - 1)) == 0;
}

/// [batch, channels, frames, height, width] → [batch · frames, channels, height, width], a view in channels-last memory.
at::Tensor frames_as_batch(const at::Tensor& x)
{
    return x.permute({0, 2, 1, 3, 4}).reshape({x.size(0) * x.size(2), x.size(1), x.size(3), x.size(4)});
}

/// The way back.
at::Tensor batch_as_frames(const at::Tensor& x, std::int64_t batch)
{
    return x.reshape({batch, x.size(0) / batch, x.size(1), x.size(2), x.size(3)}).permute({0, 2, 1, 3, 4});
}

/// Channels (first half, second half) of n frames → 2n frames (first half, second half, first half, …).
at::Tensor halves_to_frames(const at::Tensor& x)
{
    const auto batch = x.size(0), width = x.size(1) / 2, frames = x.size(2), rows = x.size(3), columns = x.size(4);
    return x.permute({0, 2, 3, 4, 1})
        .reshape({batch, frames, rows, columns, 2, width})
        .permute({0, 1, 4, 2, 3, 5})
        .reshape({batch, 2 * frames, rows, columns, width})
        .permute({0, 4, 1, 2, 3});
}

/// A convolution of frames or videos. libtorch leaves oneDNN, which is up to ten times faster, for small float32 inputs
/// and for pointwise kernels on one thread; so oneDNN is asked directly where no gradient is wanted.
at::Tensor convolve(const at::Tensor& x, const Convolution& layer, at::IntArrayRef stride, at::IntArrayRef padding)
{
    const bool gradient = at::GradMode::is_enabled() && (x.requires_grad() || layer.weight.requires_grad());
    if (!gradient && x.device().is_cpu() && x.scalar_type() == at::kFloat && at::globalContext().hasMKLDNN())
        return at::mkldnn_convolution(x, layer.weight, layer.bias, padding, stride,
                                      std::vector<std::int64_t>(stride.size(), 1), 1);
    if (x.dim() == 4) return at::conv2d(x, layer.weight, layer.bias, stride, padding);
    return at::conv3d(x, layer.weight, layer.bias, stride, padding);
}

at::Tensor* slot_of(CausalCache* cache)
{
    return cache == nullptr ? nullptr : &cache->next_slot();
}

}  // namespace

at::Tensor convolve_video(const at::Tensor& x, const Convolution& convolution)
{
    const auto& weight = convolution.weight;
    return convolve(x, convolution, {1, 1, 1}, {0, weight.size(3) / 2, weight.size(4) / 2});
}

at::Tensor convolve_causally(const at::Tensor& x, const Convolution& convolution, CausalCache* cache)
{
    return convolve_video(prepend_past(x, slot_of(cache)), convolution);
}

at::Tensor activate_and_convolve(const at::Tensor& x, const at::Tensor& gamma, const Convolution& convolution,
                                 CausalCache* cache)
{
    return convolve_video(activate_and_prepend_past(x, gamma, slot_of(cache)), convolution);
}

at::Tensor mix_channels(const at::Tensor& x, const Convolution& convolution)
{
    const auto out = convolution.weight.size(0), in = convolution.weight.size(1);
    return at::linear(x.permute({0, 2, 3, 4, 1}), convolution.weight.reshape({out, in}), convolution.bias)
        .permute({0, 4, 1, 2, 3});
}

at::Tensor attend_within_frames(const at::Tensor& x, const Convolution& to_qkv, const Convolution& proj)
{
    const auto batch = x.size(0), width = x.size(1), frames = x.size(2), rows = x.size(3), columns = x.size(4);
    const auto pixels = x.permute({0, 2, 3, 4, 1}).reshape({batch * frames, 1, rows * columns, width});
    const auto qkv = at::linear(pixels, to_qkv.weight.reshape({3 * width, width}), to_qkv.bias).chunk(3, -1);
    const auto attended = at::scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);
    return at::linear(attended, proj.weight.reshape({width, width}), proj.bias)
        .reshape({batch, frames, rows, columns, width})
        .permute({0, 4, 1, 2, 3});
}

at::Tensor halve_frame_size(const at::Tensor& x, const Convolution& convolution)
{
    const auto padded = at::constant_pad_nd(frames_as_batch(x), {0, 1, 0, 1});
    return batch_as_frames(convolve(padded, convolution, {2, 2}, {0, 0}), x.size(0));
}

at::Tensor double_frame_size(const at::Tensor& x, const Convolution& convolution)
{
    const auto large = at::_upsample_nearest_exact2d(frames_as_batch(x), {2 * x.size(3), 2 * x.size(4)});
    return batch_as_frames(convolve(large, convolution, {1, 1}, {1, 1}), x.size(0));
}

at::Tensor halve_frame_rate(const at::Tensor& x, const Convolution& time_conv, CausalCache* cache)
{
    at::Tensor* const slot = slot_of(cache);
    const bool start = slot == nullptr || !slot->defined();
    const auto whole = start ? x : at::cat({*slot, x}, k_frames);
    if (slot != nullptr) *slot = last_frames(x, 1);
    if (whole.size(k_frames) < 3) return x;
    const auto fewer = convolve(whole, time_conv, {2, 1, 1}, {0, 0, 0});
    return start ? at::cat({x.narrow(k_frames, 0, 1), fewer}, k_frames) : fewer;
}

at::Tensor double_frame_rate(const at::Tensor& x, const Convolution& time_conv, CausalCache* cache)
{
    at::Tensor* const slot = slot_of(cache);
    const bool start = slot == nullptr || !slot->defined();
    const auto frames = x.size(k_frames);
    if (start && frames == 1) {
        if (slot != nullptr) *slot = last_frames(x.narrow(k_frames, 0, 0), 0);  // seen a frame, remembers none
        return x;
    }
    const auto later = start ? x.narrow(k_frames, 1, frames - 1) : x;
    const auto doubled = halves_to_frames(convolve_video(prepend_past(later, slot), time_conv));
    return start ? at::cat({x.narrow(k_frames, 0, 1), doubled}, k_frames) : doubled;
}

at::Tensor average_cells(const at::Tensor& x, std::int64_t out_channels, std::int64_t factor_t, std::int64_t factor_s)
{
    auto group = x.size(1) * factor_t * factor_s * factor_s / out_channels;
    auto averaged = pad_front(x, (factor_t - x.size(2) % factor_t) % factor_t);
    if (factor_s > 1 && group % (factor_s * factor_s) == 0) {  // the pictures' part of a group is a pooling, which is faster
        averaged = batch_as_frames(at::avg_pool2d(frames_as_batch(averaged), factor_s), x.size(0));
        group /= factor_s * factor_s;
        factor_s = 1;
    }
    if (factor_t * factor_s == 1 && group == 1) return averaged;
    const auto batch = x.size(0), width = x.size(1);
    const auto frames = averaged.size(2) / factor_t, rows = averaged.size(3) / factor_s,
               columns = averaged.size(4) / factor_s;
    const auto cells = averaged.permute({0, 2, 3, 4, 1})
                           .reshape({batch, frames, factor_t, rows, factor_s, columns, factor_s, width})
                           .permute({0, 1, 3, 5, 7, 2, 4, 6})
                           .reshape({batch, frames, rows, columns, out_channels, group});
    return (group > 1 ? cells.mean(-1) : cells.squeeze(-1)).permute({0, 4, 1, 2, 3});
}

at::Tensor spread_channels(const at::Tensor& x, std::int64_t out_channels, std::int64_t factor_t, ClipStart start)
{
    constexpr std::int64_t factor_s = 2;
    const auto batch = x.size(0), width = x.size(1), frames = x.size(2), rows = x.size(3), columns = x.size(4);
    const auto kinds = width / out_channels;  // how many of a cell's values differ; the others repeat them
    at::Tensor spread;
    if (width % out_channels == 0 && kinds <= factor_t * factor_s * factor_s && is_power_of_two(kinds)) {
        const auto in_time = std::min(kinds, factor_t);
        const auto in_row = std::min(kinds / in_time, factor_s);
        const auto in_column = kinds / in_time / in_row;
        const auto different = x.permute({0, 2, 3, 4, 1})
                                   .reshape({batch, frames, rows, columns, out_channels, in_time, in_row, in_column})
                                   .permute({0, 1, 5, 2, 6, 3, 7, 4})
                                   .reshape({batch, frames * in_time, rows * in_row, columns * in_column, out_channels})
                                   .permute({0, 4, 1, 2, 3});
        spread = at::_upsample_nearest_exact3d(different, {frames * factor_t, rows * factor_s, columns * factor_s});
    } else {
        spread = x.permute({0, 2, 3, 4, 1})
                     .unsqueeze(-1)
                     .expand({batch, frames, rows, columns, width, out_channels * factor_t * factor_s * factor_s / width})
                     .reshape({batch, frames, rows, columns, out_channels, factor_t, factor_s, factor_s})
                     .permute({0, 1, 5, 2, 6, 3, 7, 4})
                     .reshape({batch, frames * factor_t, rows * factor_s, columns * factor_s, out_channels})
                     .permute({0, 4, 1, 2, 3});
    }
    const auto dropped = start == ClipStart::yes ? factor_t - 1 : 0;
    return dropped > 0 ? spread.narrow(k_frames, dropped, spread.size(k_frames) - dropped) : spread;
}

at::Tensor fold_patches(const at::Tensor& video, std::int64_t patch)
{
    const auto batch = video.size(0), width = video.size(1), frames = video.size(2);
    const auto rows = video.size(3) / patch, columns = video.size(4) / patch;
    return video.reshape({batch, width, frames, rows, patch, columns, patch})
        .permute({0, 2, 3, 5, 1, 6, 4})
        .reshape({batch, frames, rows, columns, width * patch * patch})
        .permute({0, 4, 1, 2, 3});
}

at::Tensor unfold_patches(const at::Tensor& folded, std::int64_t patch)
{
    const auto batch = folded.size(0), width = folded.size(1) / (patch * patch), frames = folded.size(2);
    const auto rows = folded.size(3), columns = folded.size(4);
    return folded.permute({0, 2, 3, 4, 1})
        .reshape({batch, frames, rows, columns, width, patch, patch})
        .permute({0, 4, 1, 2, 6, 3, 5})
        .reshape({batch, width, frames, rows * patch, columns * patch});
}

}  // namespace kinora::inference
