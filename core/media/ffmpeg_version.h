#pragma once

#include <string>

namespace kinora::media {

/// The release of the FFmpeg libraries that are loaded, "5.1.7-0+deb12u1".
[[nodiscard]] std::string ffmpeg_version();

}  // namespace kinora::media
