#pragma once

#include <ATen/core/Tensor.h>

#include <utility>

/// Kernels of our own for what takes most of the VAE's time beside the convolutions. As steps of their own, norm, SiLU and
/// padding take a third of the decoder's time, and with their gradients a quarter of a training step.
namespace kinora::inference {

/// Whether the kernels take `x`: float32 or bfloat16 on the CPU.
[[nodiscard]] bool has_activation_kernel(const at::Tensor& x);

/// SiLU of the norm over the channels, silu(x / ‖x‖ · √channels · gamma), in one pass, written to the last frames of `out`.
/// x: [batch, channels, frames, height, width], out: the same with at least as many frames, in channels-last memory.
void activate_channels_into(const at::Tensor& x, const at::Tensor& gamma, at::Tensor& out);

/// The gradients of x and gamma from that of `out`, whose first frames are ignored. The same for any number of threads.
[[nodiscard]] std::pair<at::Tensor, at::Tensor> activation_gradients(const at::Tensor& x, const at::Tensor& gamma,
                                                                     const at::Tensor& gradient);

}  // namespace kinora::inference
