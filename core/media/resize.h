#pragma once

#include <span>
#include <vector>

#include "core/base/result.h"

namespace kinora::media {

/// Float RGB `[height, width, 3]` in another size: areas averaged when shrinking, Lanczos when enlarging, clamped to 0…1.
[[nodiscard]] core::Result<std::vector<float>> resize_rgb(std::span<const float> rgb, int width, int height,
                                                          int target_width, int target_height);

/// The same for 8 bits.
[[nodiscard]] core::Result<std::vector<unsigned char>> resize_rgb8(std::span<const unsigned char> rgb, int width, int height,
                                                                   int target_width, int target_height);

}  // namespace kinora::media
