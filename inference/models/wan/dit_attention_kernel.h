#pragma once

#include <ATen/core/Tensor.h>

/// Attention with gradients in bfloat16 for short sequences. libtorch's own works through blocks of 32 queries, and for a
/// few hundred tokens spends most of its time in setting up small multiplications: this one takes a fifth of its time.
namespace kinora::inference {

/// Whether `trained_attention` takes these: bfloat16 on a CPU with AVX-512 BF16, gradients wanted, heads of a multiple of 16
/// channels that lie side by side, and as many clips of keys as of queries.
[[nodiscard]] bool has_trained_attention(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values);

/// softmax(queries · keysᵀ / √head_dim) · values, with gradients for all three. `queries` [batch, tokens, heads, head_dim];
/// `keys` and `values` [batch, rows, heads, head_dim]; the result is contiguous [batch, tokens, heads, head_dim]. Scores and
/// sums are float32; weights are rounded to bfloat16. The same for any number of threads.
[[nodiscard]] at::Tensor trained_attention(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values);

}  // namespace kinora::inference
