#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/time/rational_time.h"

namespace kinora::cli {

/// How a clip is named on the command line, for help texts.
inline constexpr const char* k_clip_help =
    "A video, latents (.safetensors), which are exact, a take's folder, or a shot of a project: film:2, film:2/1 (its first "
    "take)";

/// A clip that somebody named: a video or latents by their path, a take by its folder, or "PROJECT:SHOT" and
/// "PROJECT:SHOT/TAKE", counted from 1 (without a take the selected one).
struct NamedClip {
    std::filesystem::path video;            ///< empty: there are only latents
    std::filesystem::path latents;          ///< empty: none
    std::optional<core::FrameRange> shown;  ///< what a shot shows of its take
    [[nodiscard]] const std::filesystem::path& best() const { return latents.empty() ? video : latents; }
};

/// Finds it. Errors name what there is instead.
[[nodiscard]] core::Result<NamedClip> find_clip(const std::filesystem::path& typed);

}  // namespace kinora::cli
