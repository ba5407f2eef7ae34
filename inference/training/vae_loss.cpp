#include "inference/training/vae_loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/avg_pool3d.h>
#include <ATen/ops/mean.h>

namespace kinora::training {

namespace {

at::Tensor mean_difference(const at::Tensor& x, std::int64_t dimension)
{
    return x.diff(1, dimension).abs().mean();
}

// Differences of the error: contours and motion must be right, not only colours.
at::Tensor gradient_loss(const at::Tensor& error)
{
    at::Tensor sum = mean_difference(error, -1) + mean_difference(error, -2);
    if (error.size(2) > 1) sum = sum + mean_difference(error, 2) * 0.5;
    const at::Tensor small = at::avg_pool3d(error, {1, 4, 4});
    return sum + mean_difference(small, -1) + mean_difference(small, -2) + small.abs().mean();
}

}  // namespace

VaeLoss vae_loss(const at::Tensor& output, const at::Tensor& target, const at::Tensor& mean, const at::Tensor& log_variance)
{
    const at::Tensor error = output.to(at::kFloat) - target;
    VaeLoss loss;
    loss.l1 = error.abs().mean();
    const at::Tensor kl = (mean.square() + log_variance.exp() - 1 - log_variance).mean() * 0.5;
    loss.total = loss.l1 + error.square().mean() * 3.0 + gradient_loss(error) * 0.5 + kl * 1e-4;
    return loss;
}

}  // namespace kinora::training
