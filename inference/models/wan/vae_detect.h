#pragma once

#include <string>

#include "core/base/result.h"
#include "inference/models/wan/dit_detect.h"
#include "inference/models/wan/vae_config.h"

namespace kinora::inference {

/// The configuration of a Wan VAE of which only the weights are there, from diffusers' names and shapes. The statistics of
/// the latents aren't in the weights: those of Wan 2.1 for 16 channels, of Wan 2.2 for 48; for another number
/// `unsupported`. `corrupt` names `source` if it is no Wan VAE.
[[nodiscard]] core::Result<VaeConfig> detect_vae_config(const TensorShapes& shapes, const std::string& source);

/// Whether a configuration file and the weights tell the same; if not, `corrupt` names both files and the value they differ
/// in.
[[nodiscard]] core::Result<void> check_vae_config(const VaeConfig& config, const std::string& config_name,
                                                  const TensorShapes& shapes, const std::string& weights_name);

}  // namespace kinora::inference
