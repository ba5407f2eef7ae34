#pragma once

#include <string>
#include <utility>

#include "app/cli/generate_options.h"
#include "core/base/result.h"
#include "core/generation/generator.h"

namespace kinora::inference {
class WanGenerator;
}

namespace kinora::cli {

/// A request made of options and, where there is one, a recipe.
struct BuiltRequest {
    core::GenerationRequest request;
    core::ModelCapabilities model;
    int threads = 0;         ///< of the tensor library; 0: one per core
    std::string model_hash;  ///< of the recipe that is repeated; empty: none
};

/// Options outweigh the recipe, the recipe outweighs the model's defaults; a seed that nobody gave is drawn at random. Reads
/// the pictures. Errors are sentences with the way out.
[[nodiscard]] core::Result<BuiltRequest> build_request(const GenerateOptions& options, inference::WanGenerator& generator);

/// "320x192" as two numbers.
[[nodiscard]] core::Result<std::pair<int, int>> parse_size(const std::string& text);

}  // namespace kinora::cli
