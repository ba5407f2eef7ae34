#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// Maps a file of weights of any format (safetensors, GGUF, PyTorch archive) with the names that stand in it. Tensors point
/// into the map; quantised ones are packed. Errors name the file: `not_found`, `corrupt`, `unsupported` (a type that Kinora
/// can't expand).
[[nodiscard]] core::Result<WeightMap> load_weight_file(const std::filesystem::path& file);

/// Gives a part's tensors the names that the models know (diffusers' and transformers'), whatever layout they were published
/// in, and packs weights in 8-bit floats together with their scales. Tensors that no model needs are
/// dropped. Weights that are no known part keep their names.
[[nodiscard]] core::Result<WeightMap> with_model_names(WeightMap weights);

/// Loads a part of a model: a folder (`transformer/`, `vae/`, `text_encoder/`) with an index and shards or one file of
/// weights, or the file itself, under the models' names. Shards that are missing, or don't hold what the index says, are
/// errors.
[[nodiscard]] core::Result<WeightMap> load_part(const std::filesystem::path& folder_or_file);

}  // namespace kinora::inference
