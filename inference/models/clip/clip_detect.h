#pragma once

#include <string>

#include "core/base/result.h"
#include "inference/models/clip/clip_config.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// The shape of a tower of which only the weights are there, under transformers' names (`load_part`). The number of heads
/// isn't in the shapes: heads of 80 channels for ViT-H, of 64 for others, as all published towers have it. `corrupt` names
/// `source`.
[[nodiscard]] core::Result<ClipVisionConfig> detect_clip_config(const WeightMap& weights, const std::string& source);

/// Whether a configuration and the weights tell the same; if not, `corrupt` names both and the value they differ in.
[[nodiscard]] core::Result<void> check_clip_config(const ClipVisionConfig& config, const std::string& config_name,
                                                   const WeightMap& weights, const std::string& weights_name);

}  // namespace kinora::inference
