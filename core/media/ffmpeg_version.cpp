#include "core/media/ffmpeg_version.h"

extern "C" {
#include <libavutil/avutil.h>
}

namespace kinora::media {

std::string ffmpeg_version()
{
    return av_version_info();
}

}  // namespace kinora::media
