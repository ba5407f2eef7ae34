#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/training/muon_adam.h"

namespace kinora::training {

/// Copies a model part's weights (`vae/`, `transformer/` … of a model folder, or one safetensors file; 16 bit or wider) into
/// parameters whose names begin with `prefix`. Errors name the tensor that is missing or misshapen.
[[nodiscard]] core::Result<void> start_from(const std::filesystem::path& part, const std::string& prefix,
                                            const std::vector<NamedParameter>& parameters);

}  // namespace kinora::training
