#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::ui {

/// How a file that Kinora made was made: a clip or picture that carries its recipe, a take's latents, or a recipe itself.
/// `not_found` says that the file tells nothing of the kind. Reads the disk: not for the UI thread.
[[nodiscard]] core::Result<core::Recipe> recipe_of_file(const std::filesystem::path& file);

}  // namespace kinora::ui
