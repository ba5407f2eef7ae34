#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// The weights of the VAE's convolutions as they are needed: in the type that is worked in, channels last, and only those of
/// the frames that there are. They are made for each use, so that a large VAE stays in its file's pages.
namespace kinora::inference {

/// Whether a weight may be laid out for `x`: float32 or bfloat16 on the CPU, where nobody asks for gradients.
[[nodiscard]] bool lays_out(const at::Tensor& weight, const at::Tensor& x);

/// The part for the last `taps` frames of a convolution's weight [out, in, (frames,) rows, columns], in `dtype` and
/// channels-last memory; the weight itself where it is that already. Precondition: `lays_out`.
[[nodiscard]] at::Tensor laid_out(const at::Tensor& weight, at::ScalarType dtype, std::int64_t taps);

/// What a 3×3 convolution [out, in, 3, 3] behind a doubling of the picture by repeated pixels is on the picture before it:
/// four of 2×2, one for each pixel of a cell, [4 · out, in, 2, 2] in `dtype` and channels-last memory. Taps that read the
/// same pixel are added up in float32. Precondition: `lays_out`.
[[nodiscard]] at::Tensor doubling_weight(const at::Tensor& weight, at::ScalarType dtype);

/// Puts the four pictures of cells, [n, 4 · out, rows + 1, columns + 1] as such a convolution with a margin of one makes
/// them, together: [n, out, 2 · rows, 2 · columns] in channels-last memory.
[[nodiscard]] at::Tensor interleaved_cells(const at::Tensor& cells);

}  // namespace kinora::inference
