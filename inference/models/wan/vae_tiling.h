#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "inference/models/wan/vae.h"

namespace kinora::inference {

/// Cuts the frames of `x` into overlapping tiles of `in`, applies `process` to each, and joins the results, whose tiles have
/// the sizes of `out`, blending linearly over the overlap. x: [batch, channels, frames, height, width].
[[nodiscard]] at::Tensor process_in_tiles(const at::Tensor& x, const VaeTiles& in, const VaeTiles& out,
                                          const std::function<at::Tensor(const at::Tensor&)>& process);

}  // namespace kinora::inference
