#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::studio {

/// A model's folder and the name it is asked for by.
struct ModelFolder {
    std::string id;
    std::filesystem::path folder;
};

/// Every folder with a `model_index.json` below `models` in Kinora's data folder and in its resources; the artist's own ones
/// hide bundled ones of the same name. In alphabetical order, the starter first.
[[nodiscard]] std::vector<ModelFolder> model_folders();

/// The folder of a model: one of `model_folders()`, or the path of a folder itself. `not_found` says what is installed.
[[nodiscard]] core::Result<std::filesystem::path> find_model_folder(const std::string& id);

}  // namespace kinora::studio
