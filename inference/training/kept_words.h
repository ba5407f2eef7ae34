#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>

#include "core/base/result.h"

namespace kinora::training {

/// Embeddings [pieces, width] for the pieces of the tokenizer in `now`, from those that were trained with the tokenizer in
/// `before`: a piece that both have keeps its row, another begins as the mean of what its text was made of. `trained` has a
/// row for every piece of `before`, the result as many rows as `trained`; what has no text of its own and no namesake, and
/// what is beyond the pieces of `now`, is zero. Errors name the tokenizer's file.
[[nodiscard]] core::Result<at::Tensor> embeddings_for_pieces(const at::Tensor& trained, const std::filesystem::path& before,
                                                             const std::filesystem::path& now);

}  // namespace kinora::training
