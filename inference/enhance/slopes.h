#pragma once

#include <ATen/core/Tensor.h>

namespace kinora::inference {

/// PReLU: x where it is positive, x times its channel's slope elsewhere. x [batch, channels, height, width]; slopes
/// [channels]. Where no gradient is wanted, x is channels-last on the CPU and in float32 or bfloat16, the values are changed
/// in place by a kernel of our own, which is bound by memory alone; x is then returned itself.
[[nodiscard]] at::Tensor with_slopes(at::Tensor x, const at::Tensor& slopes);

/// Leaky ReLU with one slope for all, in place where no gradient is wanted.
[[nodiscard]] at::Tensor leaky(at::Tensor x, double slope);

}  // namespace kinora::inference
