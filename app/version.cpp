#include "app/version.h"

#include "kinora_commit.h"

#ifdef KINORA_HAS_MEDIA
#include "core/media/ffmpeg_version.h"
#endif

namespace kinora::app {

std::string version_text(std::string_view program)
{
    std::string text(program);
    text += " " KINORA_VERSION " (commit " KINORA_COMMIT ")\nlibtorch " KINORA_LIBTORCH_VERSION;
#ifdef KINORA_HAS_MEDIA
    text += "\nFFmpeg " + media::ffmpeg_version() + "\nQt " KINORA_QT_VERSION;
#endif
    return text;
}

}  // namespace kinora::app
