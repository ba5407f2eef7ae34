#include "inference/models/wan/vae_ops.h"

#include <ATen/Context.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_upsample_nearest_exact2d.h>
#include <ATen/ops/_upsample_nearest_exact3d.h>
#include <ATen/ops/add.h>
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
#include "inference/models/wan/vae_layout.h"

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
/// and for pointwise kernels on one thread; so oneDNN is asked directly where no gradient is wanted. Of kernels over frames
/// the last `taps` are used.
at::Tensor convolve(const at::Tensor& x, const Convolution& layer, at::IntArrayRef stride, at::IntArrayRef padding,
                    std::int64_t taps)
{
    const bool here = lays_out(layer.weight, x);
    const auto weight = here ? laid_out(layer.weight, x.scalar_type(), taps)
                        : layer.weight.dim() < 5 || taps == layer.weight.size(2)
                            ? layer.weight
                            : layer.weight.narrow(2, layer.weight.size(2) - taps, taps);
    if (here && x.scalar_type() == at::kFloat && at::globalContext().hasMKLDNN())
        return at::mkldnn_convolution(x, weight, layer.bias, padding, stride, std::vector<std::int64_t>(stride.size(), 1),
                                      1);
    if (x.dim() == 4) return at::conv2d(x, weight, layer.bias, stride, padding);
    return at::conv3d(x, weight, layer.bias, stride, padding);
}

at::Tensor convolve(const at::Tensor& x, const Convolution& layer, at::IntArrayRef stride, at::IntArrayRef padding)
{
    return convolve(x, layer, stride, padding, layer.weight.dim() == 5 ? layer.weight.size(2) : 0);
}

/// The last frames of `whole` that a kernel over three frames makes of all but the first `past` frames. Of the first ones of
/// a clip, which have fewer than two before them, only the kernel's part for frames that there are is computed.
at::Tensor convolve_behind_past(const at::Tensor& whole, std::int64_t past, const Convolution& layer)
{
    const std::vector<std::int64_t> padding{0, layer.weight.size(3) / 2, layer.weight.size(4) / 2};
    if (past >= layer.weight.size(2) - 1) return convolve(whole, layer, {1, 1, 1}, padding);
    std::vector<at::Tensor> parts;
    const auto frames = whole.size(k_frames);
    for (; past < frames && past < k_past_frames; ++past)
        parts.push_back(convolve(whole.narrow(k_frames, 0, past + 1), layer, {1, 1, 1}, padding, past + 1));
    if (past < frames) parts.push_back(convolve(whole, layer, {1, 1, 1}, padding));
    return parts.size() == 1 ? parts.front() : at::cat(parts, k_frames);
}

/// The convolution behind a doubling of the picture, computed on the picture before it: 16 taps for four pixels in the place
/// of 36, and no enlarged picture in memory.
at::Tensor convolve_cells(const at::Tensor& frames, const Convolution& layer)
{
    const auto& weight = layer.weight;
    const Convolution cells{doubling_weight(weight, frames.scalar_type()), layer.bias.repeat({4})};
    return interleaved_cells(convolve(frames, cells, {1, 1}, {1, 1}));
}

/// A 1×1 convolution's weight as a matrix, in x's type.
at::Tensor matrix_of(const Convolution& layer, const at::Tensor& x)
{
    return layer.weight.reshape({layer.weight.size(0), layer.weight.size(1)}).to(x.scalar_type());
}

at::Tensor* slot_of(CausalCache* cache)
{
    return cache == nullptr ? nullptr : &cache->next_slot();
}

}  // namespace

at::Tensor convolve_causally(const at::Tensor& x, const Convolution& convolution, CausalCache* cache)
{
    const auto whole = prepend_past(x, slot_of(cache));
    return convolve_behind_past(whole, whole.size(k_frames) - x.size(k_frames), convolution);
}

at::Tensor activate_and_convolve(at::Tensor x, const at::Tensor& gamma, const Convolution& convolution, CausalCache* cache)
{
    const auto whole = activate_and_prepend_past(x, gamma, slot_of(cache));
    const auto past = whole.size(k_frames) - x.size(k_frames);
    x.reset();
    return convolve_behind_past(whole, past, convolution);
}

at::Tensor add_to(at::Tensor a, const at::Tensor& b)
{
    const bool gradient = at::GradMode::is_enabled() && (a.requires_grad() || b.requires_grad());
    return gradient ? at::add(a, b) : a.add_(b);
}

std::int64_t frames_at_once(const at::Tensor& x, const CausalCache* cache)
{
    const bool gradient = at::GradMode::is_enabled() && x.requires_grad();
    return cache == nullptr || gradient || x.size(3) * x.size(4) < k_large_picture ? x.size(k_frames) : 1;
}

at::Tensor mix_channels(const at::Tensor& x, const Convolution& convolution)
{
    return at::linear(x.permute({0, 2, 3, 4, 1}), matrix_of(convolution, x), convolution.bias).permute({0, 4, 1, 2, 3});
}

at::Tensor attend_within_frames(const at::Tensor& x, const Convolution& to_qkv, const Convolution& proj)
{
    const auto batch = x.size(0), width = x.size(1), frames = x.size(2), rows = x.size(3), columns = x.size(4);
    const auto pixels = x.permute({0, 2, 3, 4, 1}).reshape({batch * frames, 1, rows * columns, width});
    const auto qkv = at::linear(pixels, matrix_of(to_qkv, x), to_qkv.bias).chunk(3, -1);
    const auto attended = at::scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);
    return at::linear(attended, matrix_of(proj, x), proj.bias)
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
    const auto frames = frames_as_batch(x);
    if (lays_out(convolution.weight, x)) return batch_as_frames(convolve_cells(frames, convolution), x.size(0));
    const auto large = at::_upsample_nearest_exact2d(frames, {2 * x.size(3), 2 * x.size(4)});
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
    const auto whole = prepend_past(later, slot);
    const auto past = whole.size(k_frames) - later.size(k_frames);
    const auto doubled = halves_to_frames(convolve_behind_past(whole, past, time_conv));
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
