#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// The weight files of one part of a model, in alphabetical order.
struct WeightFiles {
    std::vector<std::filesystem::path> files;
    /// Tensor name → file name, as the index says; empty where there is no index.
    std::map<std::string, std::string> index;
};

/// Finds the weights in a part's folder, as diffusers and transformers lay them out: `diffusion_pytorch_model.safetensors`
/// or `model.safetensors`, the same with an index and shards, or a single file of any other name; else a
/// single .gguf, .pth or .pt file. Without reading weights.
/// Errors name what is missing: `not_found` (no folder, no weights, a missing shard), `corrupt` (an index that makes no
/// sense).
[[nodiscard]] Result<WeightFiles> find_weight_files(const std::filesystem::path& folder);

}  // namespace kinora::core
