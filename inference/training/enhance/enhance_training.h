#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/training/training_log.h"

namespace kinora::training {

struct EnhanceRunOptions {
    std::filesystem::path folder;  ///< checkpoints, curves, and the networks
    std::string stage = "all";     ///< one of `enhance_stages()`
    double minutes = 1e9;          ///< for the stage (with "all": for each)
    double scale = 1.0;            ///< share of the full training's steps
};

/// "all", "upscalers", "interpolator" and "report".
[[nodiscard]] const std::vector<std::string>& enhance_stages();

/// Trains the small upscalers and the small interpolator on drawn scenes, or says how good they are on unseen ones. What was
/// interrupted goes on.
[[nodiscard]] core::Result<void> train_enhance(const EnhanceRunOptions& options, const Say& say, std::stop_token stop);

}  // namespace kinora::training
