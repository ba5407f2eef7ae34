#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "inference/models/wan/vae.h"

namespace kinora::inference {

/// Cuts the frames of `x` into overlapping tiles of `in`, applies `process` to each, and joins the results, whose tiles have
/// the sizes of `out`, blending linearly over the overlap. `finish` may then change what is in the result, each side by the
/// same whole factor. x: [batch, channels, frames, height, width].
[[nodiscard]] at::Tensor process_in_tiles(const at::Tensor& x, const VaeTiles& in, const VaeTiles& out,
                                          const std::function<at::Tensor(const at::Tensor&)>& process,
                                          const std::function<at::Tensor(const at::Tensor&)>& finish);

}  // namespace kinora::inference
