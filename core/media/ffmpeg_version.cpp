#include "core/media/ffmpeg_version.h"

#include <cstdint>  // FFmpeg wants its macros

extern "C" {
#include <libavutil/avutil.h>
}

namespace kinora::media {

std::string ffmpeg_version()
{
    return av_version_info();
}

std::string ffmpeg_licence()
{
    return avutil_license();
}

}  // namespace kinora::media
