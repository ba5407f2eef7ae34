#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::inference {
class WanGenerator;
}

namespace kinora::cli {

/// The recipe of a clip that Kinora wrote (MP4, MOV), of its latents (`.safetensors`), of a folder of pictures, or of a JSON
/// file: a recipe alone, or the object that `generate --json` prints. Errors: `not_found`, `corrupt`, `unsupported`, naming
/// the file.
[[nodiscard]] core::Result<core::Recipe> read_recipe(const std::filesystem::path& file);

/// A still picture that the clip must show at `frame` (-1: the last one), with its hash for the recipe.
[[nodiscard]] core::Result<core::ConditioningFrame> read_reference(const std::filesystem::path& file, int frame);

/// The pictures that a recipe names, read again from the path that was typed, or from the same path seen from the folder of
/// `beside`, the file that the recipe came from. A picture that has changed is `corrupt`: other frames would come out.
[[nodiscard]] core::Result<std::vector<core::ConditioningFrame>> read_references(const core::Recipe& recipe,
                                                                                 const std::filesystem::path& beside,
                                                                                 inference::WanGenerator& engine);

}  // namespace kinora::cli
