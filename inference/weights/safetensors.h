#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "inference/weights/weight_map.h"
#include "inference/weights/weight_source.h"

namespace kinora::inference {

/// Tensors and metadata of one file.
struct SafetensorsFile {
    WeightMap weights;
    std::map<std::string, std::string> metadata;
};

/// Maps a safetensors file. The tensors point into the map, which lives until the last of them dies; only booleans and
/// tensors at an offset that isn't a multiple of their element size are copied. 8-bit floats keep their type. Never write to
/// them. Errors name the file: `not_found`, `corrupt`, `unsupported` (types that libtorch hasn't got).
[[nodiscard]] core::Result<SafetensorsFile> open_safetensors(const std::filesystem::path& file);

/// As `open_safetensors`, without the metadata.
[[nodiscard]] core::Result<WeightMap> load_safetensors(const std::filesystem::path& file);

/// Writes tensors (of any device and layout) as a whole or not at all. Larger elements come first, so that all are aligned.
[[nodiscard]] core::Result<void> save_safetensors(const std::filesystem::path& file,
                                                  const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                                                  const std::map<std::string, std::string>& metadata = {});

}  // namespace kinora::inference
