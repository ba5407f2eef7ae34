#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <filesystem>
#include <span>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "inference/models/clip/clip_config.h"

namespace kinora::inference {

/// How pictures are made ready for a CLIP tower, as transformers' `preprocessor_config.json` says it.
struct ClipImageSettings {
    int shortest_edge = 224;
    int crop_width = 224;
    int crop_height = 224;
    bool lanczos = false;  ///< `resample` 1 instead of 3 (bicubic)
    std::array<double, 3> mean{0.48145466, 0.4578275, 0.40821073};
    std::array<double, 3> deviation{0.26862954, 0.26130258, 0.27577711};

    /// The usual preparation for a tower that has no file of its own.
    [[nodiscard]] static ClipImageSettings for_tower(const ClipVisionConfig& config);

    /// Reads `folder/preprocessor_config.json`; without that file, as `for_tower`. `corrupt` names the key that is wrong or
    /// doesn't fit the tower.
    [[nodiscard]] static core::Result<ClipImageSettings> read(const std::filesystem::path& folder,
                                                              const ClipVisionConfig& config);
};

/// Scales the shorter edge (antialiased, 8 bits as Pillow does it), cuts out the middle and normalises: [pictures, 3,
/// crop_height, crop_width] in float32. The pictures may have different sizes.
[[nodiscard]] at::Tensor clip_pixels(std::span<const core::Picture8> pictures, const ClipImageSettings& settings);

}  // namespace kinora::inference
