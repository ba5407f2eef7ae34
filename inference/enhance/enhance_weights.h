#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// The tensors of an upscaler's or interpolator's file (safetensors, or a PyTorch archive, which executes nothing), with the
/// names that the networks know: wrappings such as "params_ema." and "module." are taken away, the averaged set is preferred
/// where a file holds several, and what only training needs is dropped. Errors name the file: those of `load_weight_file`,
/// `corrupt` where numbers are no floats.
[[nodiscard]] core::Result<WeightMap> load_enhance_weights(const std::filesystem::path& file);

/// The error with the file's name before it.
[[nodiscard]] core::Error about_file(const std::filesystem::path& file, const core::Error& error);

}  // namespace kinora::inference
