#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// A folder of models of one kind, as ComfyUI calls it: "diffusion_models", "text_encoders", "vae", "loras" …
struct ModelPath {
    std::string kind;
    std::filesystem::path folder;
};

/// Parses ComfyUI's extra_model_paths.yaml, which may be hostile: sections, each with an optional `base_path` and one or
/// more folders (a line each) for every kind of model. Relative base paths start at `beside`, "~" is the home folder.
/// Entries that aren't folders of models (`is_default`, custom nodes) are left to the caller to ignore. Aliases are refused,
/// since no such file needs them. Errors name `file_name` and the line.
[[nodiscard]] Result<std::vector<ModelPath>> parse_extra_model_paths(std::string_view yaml,
                                                                     const std::filesystem::path& beside,
                                                                     std::string_view file_name);

/// Reads a file of at most a megabyte.
[[nodiscard]] Result<std::vector<ModelPath>> read_extra_model_paths(const std::filesystem::path& file);

}  // namespace kinora::core
