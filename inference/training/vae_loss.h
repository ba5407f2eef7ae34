#pragma once

#include <ATen/core/Tensor.h>

namespace kinora::training {

/// The parts of the autoencoder's loss, each a scalar tensor.
struct VaeLoss {
    at::Tensor total;
    at::Tensor l1;
};

/// L1 + 3 MSE + 0.5 (L1 of the error's differences in x, y and ½ t, and the same and the mean at a quarter of the size)
/// + 1e-4 KL (mean per latent element), on videos in −1…1.
/// `output`, `target`: [batch, 3, frames, height, width]; `mean`, `log_variance`: the posterior of the latents.
[[nodiscard]] VaeLoss vae_loss(const at::Tensor& output, const at::Tensor& target, const at::Tensor& mean,
                               const at::Tensor& log_variance);

}  // namespace kinora::training
