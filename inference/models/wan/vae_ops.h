#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "inference/models/layers.h"
#include "inference/models/wan/vae_cache.h"

/// The arithmetic of the Wan VAE. Videos are [batch, channels, frames, height, width] in channels-last memory; all functions
/// are differentiable and none writes into its arguments. A cache makes the frames the next chunk of a clip, nullptr the
/// whole clip.
namespace kinora::inference {

/// A convolution in which a frame sees itself and the frames before it, with "same" padding in height and width; before the
/// clip's first frame there are zeros.
[[nodiscard]] at::Tensor convolve_causally(const at::Tensor& x, const Convolution& convolution, CausalCache* cache);

/// Norm over the channels, SiLU, causal convolution: the three that always come together. An `x` that is moved here is freed
/// before the convolution.
[[nodiscard]] at::Tensor activate_and_convolve(at::Tensor x, const at::Tensor& gamma, const Convolution& convolution,
                                               CausalCache* cache);

/// a + b, in a's memory where no gradient needs it. `a` must be nobody else's.
[[nodiscard]] at::Tensor add_to(at::Tensor a, const at::Tensor& b);

/// Cells of a picture from which on its frames go through a level one by one: smaller ones would mostly lay out weights.
constexpr std::int64_t k_large_picture = 4096;

/// How many of x's frames go through a level at a time: with a cache and without gradients large ones go one by one, so that
/// only one is in memory.
[[nodiscard]] std::int64_t frames_at_once(const at::Tensor& x, const CausalCache* cache);

/// A 1×1×1 convolution.
[[nodiscard]] at::Tensor mix_channels(const at::Tensor& x, const Convolution& convolution);

/// Attention with one head among the pixels of each frame.
[[nodiscard]] at::Tensor attend_within_frames(const at::Tensor& x, const Convolution& to_qkv, const Convolution& proj);

/// A 3×3 convolution of stride 2 with a row and a column of zeros after the last ones.
[[nodiscard]] at::Tensor halve_frame_size(const at::Tensor& x, const Convolution& convolution);

/// A 3×3 convolution over the frames enlarged to twice their size by repeating pixels.
[[nodiscard]] at::Tensor double_frame_size(const at::Tensor& x, const Convolution& convolution);

/// 1 + 2n frames become 1 + n: the clip's first frame stays as it is, then every second position of a 3-frame convolution.
[[nodiscard]] at::Tensor halve_frame_rate(const at::Tensor& x, const Convolution& time_conv, CausalCache* cache);

/// 1 + n frames become 1 + 2n: the clip's first frame stays as it is, every later one gives two, from the halves of the
/// convolution's channels. The convolution doesn't see the first frame.
[[nodiscard]] at::Tensor double_frame_rate(const at::Tensor& x, const Convolution& time_conv, CausalCache* cache);

/// The residual kind's shortcut around a downsampling: cells of `factor_t` × `factor_s` × `factor_s` values become channels,
/// and groups of neighbouring channels are averaged to `out_channels`. Zeros are put before the first frame to fill its
/// cell.
[[nodiscard]] at::Tensor average_cells(const at::Tensor& x, std::int64_t out_channels, std::int64_t factor_t,
                                       std::int64_t factor_s);

enum class ClipStart { yes, no };

/// The residual kind's shortcut around an upsampling by `factor_t` × 2 × 2: channels, repeated as often as needed, become
/// cells. At the start of a clip the first `factor_t − 1` frames are dropped.
[[nodiscard]] at::Tensor spread_channels(const at::Tensor& x, std::int64_t out_channels, std::int64_t factor_t,
                                         ClipStart start);

/// Folds cells of `patch` × `patch` pixels into channels, in the order (channel, column, row).
[[nodiscard]] at::Tensor fold_patches(const at::Tensor& video, std::int64_t patch);
/// The inverse of `fold_patches`, in contiguous memory.
[[nodiscard]] at::Tensor unfold_patches(const at::Tensor& folded, std::int64_t patch);

}  // namespace kinora::inference
