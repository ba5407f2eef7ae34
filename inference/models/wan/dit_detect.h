#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/models/wan/dit_config.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// Shapes of a file's tensors by diffusers' names (`blocks.0.attn1.to_q.weight`), as its header tells them; of quantised
/// tensors the shapes they unpack to.
using TensorShapes = std::map<std::string, std::vector<std::int64_t>>;

/// Shapes of loaded weights.
[[nodiscard]] TensorShapes shapes_of(const WeightMap& weights);

/// Whether a configuration file and the weights tell the same of everything that both tell; if not, `corrupt` names both
/// files and the value they differ in.
[[nodiscard]] core::Result<void> check_dit_config(const WanDitConfig& config, const std::string& config_name,
                                                  const TensorShapes& shapes, const std::string& weights_name);

}  // namespace kinora::inference
