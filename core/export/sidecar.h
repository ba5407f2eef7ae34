#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace kinora::media {

/// Writes the recipe beside an export, whole or not at all; an older one is replaced.
[[nodiscard]] core::Result<void> write_sidecar(const std::filesystem::path& file, const std::string& json);

}  // namespace kinora::media
