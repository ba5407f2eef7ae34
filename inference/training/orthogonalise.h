#pragma once

#include <ATen/core/Tensor.h>

namespace kinora::training {

/// The coefficients of one Newton-Schulz step, x ← a·x + (b·g + c·g²)·x with g = x·xᵀ: steep at zero, about one from 0.7 to
/// 1.2. After Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024).
struct NewtonSchulz {
    static constexpr float a = 3.4445F;
    static constexpr float b = -4.7750F;
    static constexpr float c = 2.0315F;
    static constexpr int steps = 5;
    static constexpr float smallest_norm = 1e-7F;
};

/// Whether `orthogonalise_tiles` takes it: a float32 matrix on a CPU with AVX-512 BF16, sides multiples of 32.
[[nodiscard]] bool has_orthogonalise_tiles(const at::Tensor& matrix);

/// The orthogonal factor of a matrix as `orthogonalised` describes it, float32. Half of each symmetric product is taken from
/// its other half, and all of a matrix of a few hundred rows stays in the cache.
[[nodiscard]] at::Tensor orthogonalise_tiles(const at::Tensor& matrix);

}  // namespace kinora::training
