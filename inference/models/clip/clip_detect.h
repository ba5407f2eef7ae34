#pragma once

#include <string>

#include "core/base/result.h"
#include "inference/models/clip/clip_config.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// Whether a configuration and the weights tell the same; if not, `corrupt` names both and the value they differ in.
[[nodiscard]] core::Result<void> check_clip_config(const ClipVisionConfig& config, const std::string& config_name,
                                                   const WeightMap& weights, const std::string& weights_name);

}  // namespace kinora::inference
