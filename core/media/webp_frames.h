#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::media {

/// What an animated WebP says of itself.
struct WebpFrames {
    int width = 0;
    int height = 0;
    std::vector<int> durations;  ///< milliseconds, one a picture; a still picture has one of 0
};

/// Walks the chunks of a WebP file (RIFF); FFmpeg 5.1 writes animations but doesn't read them. `corrupt` if it ends too
/// soon.
[[nodiscard]] core::Result<WebpFrames> read_webp_frames(const std::filesystem::path& file);

}  // namespace kinora::media
