#pragma once

#include <string>

namespace kinora::media {

/// The release of the FFmpeg libraries that are loaded, "5.1.7-0+deb12u1".
[[nodiscard]] std::string ffmpeg_version();

/// The licence that these libraries were built under, "GPL version 2 or later".
[[nodiscard]] std::string ffmpeg_licence();

}  // namespace kinora::media
