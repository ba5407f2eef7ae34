#pragma once

#include <string>

#include "core/base/result.h"
#include "inference/models/wan/dit_detect.h"
#include "inference/models/wan/vae_config.h"

namespace kinora::inference {

/// Whether a configuration file and the weights tell the same; if not, `corrupt` names both files and the value they differ
/// in.
[[nodiscard]] core::Result<void> check_vae_config(const VaeConfig& config, const std::string& config_name,
                                                  const TensorShapes& shapes, const std::string& weights_name);

}  // namespace kinora::inference
