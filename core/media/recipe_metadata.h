#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"

namespace kinora::media {

/// Key of the recipe in containers.
inline constexpr const char* k_recipe_key = "kinora_recipe";
/// Its key in MXF, whose free fields begin with "comment_".
inline constexpr const char* k_mxf_recipe_key = "comment_kinora_recipe";

/// The recipe among a file's metadata, whatever the case its container gives to keys; empty: none.
[[nodiscard]] std::string find_recipe(const std::map<std::string, std::string>& metadata);

/// The recipe JSON that an export or a generated clip carries, as text; parse it with `core/generation/recipe_json.h`.
/// Reads the header only. Errors: `not_found` (no such file, or a file without a recipe: the sentence says which),
/// `corrupt` (not a media file), `unsupported` (a recipe of more than 4 MiB).
[[nodiscard]] core::Result<std::string> read_embedded_recipe(const std::filesystem::path& file);

}  // namespace kinora::media
