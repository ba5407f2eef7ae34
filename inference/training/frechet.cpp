#include "inference/training/frechet.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_eigvalsh.h>
#include <ATen/ops/matmul.h>

#include <algorithm>

namespace kinora::training {

namespace {

struct Normal {
    at::Tensor mean;
    at::Tensor covariance;
};

Normal normal_of(const at::Tensor& features)
{
    const at::Tensor values = features.to(at::kDouble);
    const at::Tensor mean = values.mean(0);
    const at::Tensor centred = values - mean;
    return {mean, at::matmul(centred.t(), centred) / static_cast<double>(values.size(0) - 1)};
}

}  // namespace

double frechet_distance(const at::Tensor& first, const at::Tensor& second)
{
    const Normal a = normal_of(first);
    const Normal b = normal_of(second);
    // The trace of (Σ₁Σ₂)^½ is that of (Σ₁^½ Σ₂ Σ₁^½)^½, whose matrix is symmetric.
    const auto [values, vectors] = at::linalg_eigh(a.covariance);
    const at::Tensor root = at::matmul(vectors * values.clamp_min(0.0).sqrt(), vectors.t());
    const at::Tensor inner = at::matmul(at::matmul(root, b.covariance), root);
    const double common = at::linalg_eigvalsh((inner + inner.t()) * 0.5).clamp_min(0.0).sqrt().sum().item<double>();
    const double apart = (a.mean - b.mean).square().sum().item<double>();
    const double spread = (a.covariance.trace() + b.covariance.trace()).item<double>();
    return std::max(0.0, apart + spread - 2 * common);
}

}  // namespace kinora::training
