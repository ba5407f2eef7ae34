#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::media {

/// The recipes that a file carries, wherever Kinora wrote them: its container's metadata, its XMP, the `.json` beside it, or
/// the file itself where it is such a `.json`; of a folder of pictures its `recipe.json` or its first picture. A storyboard
/// has several. Nothing in the file is believed. Errors: `not_found` (no such file, or none with a recipe), `corrupt`.
[[nodiscard]] core::Result<std::vector<core::Recipe>> restore_recipes(const std::filesystem::path& file);

}  // namespace kinora::media
