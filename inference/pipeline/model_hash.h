#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace kinora::inference {

/// SHA-256 over the SHA-256 of every weights file of a model folder (transformers, VAE, text and image encoder), in
/// alphabetical order of their paths within the folder. Hashes of files that haven't changed (path, size, time) are
/// remembered in the cache folder; a cache that can't be read or written is done without.
[[nodiscard]] core::Result<std::string> model_hash(const std::filesystem::path& folder);

}  // namespace kinora::inference
