#pragma once

#include <ATen/core/Tensor.h>

namespace kinora::inference {

/// Whether `activate_channels_into` takes these: float32 or bfloat16 on the CPU, and no gradient asked for.
[[nodiscard]] bool can_activate_channels_into(const at::Tensor& x, const at::Tensor& gamma);

/// SiLU of the norm over the channels, silu(x / ‖x‖ · √channels · gamma), in one pass, written to the last frames of `out`.
/// x: [batch, channels, frames, height, width], out: the same with at least as many frames, both channels-last.
/// The decoder of a large picture spends a third of its time here if norm, SiLU and padding are steps of their own.
void activate_channels_into(const at::Tensor& x, const at::Tensor& gamma, at::Tensor& out);

}  // namespace kinora::inference
