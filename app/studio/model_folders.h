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

/// The models of the catalogue: those in Kinora's resources first, then those in its data folder, then those that were
/// added.
[[nodiscard]] std::vector<ModelFolder> model_folders();

/// The folder of a model: one of `model_folders()`, or the absolute path of a folder itself. `not_found` says what is
/// installed.
[[nodiscard]] core::Result<std::filesystem::path> find_model_folder(const std::string& id);

}  // namespace kinora::studio
