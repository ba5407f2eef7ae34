#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// What lies at a place that somebody named.
struct FoundModels {
    std::vector<std::filesystem::path> folders;     ///< whole models in the diffusers layout
    std::vector<std::filesystem::path> weights;     ///< files of weights, and folders of shards with an index
    std::vector<std::filesystem::path> tokenizers;  ///< folders with a SentencePiece model
};

/// Looks for models at a path: a file of weights, a model folder, a folder of any of these (such as ComfyUI's `models`), an
/// `extra_model_paths.yaml`, or a Hugging Face cache, of which the snapshot that `refs/main` names is taken. Links are
/// followed and kept as they are; nothing is read but folders (and that file). At most 50,000 files and 8 folders deep.
/// `not_found` if there is no such path; errors of the YAML file.
[[nodiscard]] Result<FoundModels> scan_models(const std::filesystem::path& path);

}  // namespace kinora::core
