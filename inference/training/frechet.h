#pragma once

#include <ATen/core/Tensor.h>

namespace kinora::training {

/// The Fréchet distance between two sets of features, each [examples, features] and taken to be normally distributed:
/// |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½), after Heusel et al., arXiv:1706.08500. 0 for equal sets; both need two examples at
/// least. Comparable only between measurements with as many examples.
[[nodiscard]] double frechet_distance(const at::Tensor& first, const at::Tensor& second);

}  // namespace kinora::training
