#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"

namespace kinora::inference {
class WanGenerator;
}

namespace kinora::cli {

/// The engine as this program composes it: models by name from the catalogue, or by the path of their folder.
[[nodiscard]] std::shared_ptr<inference::WanGenerator> make_engine();

/// A model as typed: the path of a folder becomes absolute, so that a recipe that names it serves everywhere; a name stays.
[[nodiscard]] std::string model_id_of(const std::string& typed);

/// The folder of a model; `not_found` says what is installed.
[[nodiscard]] core::Result<std::filesystem::path> find_model(const std::string& model_id);

}  // namespace kinora::cli
