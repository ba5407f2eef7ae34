#include "core/media/ffmpeg_handles.h"

#include <cstdlib>
#include <mutex>

#include "core/base/paths.h"
#include "core/base/text.h"

extern "C" {
#include <libavutil/log.h>
}

namespace kinora::media {

void quiet_ffmpeg()
{
    static std::once_flag once;
    std::call_once(once, [] {
        av_log_set_level(AV_LOG_QUIET);
        // SVT-AV1 has a log of its own; errors are all that is left of it.
        setenv("SVT_LOG", "1", 0);
    });
}

std::string quoted(const std::filesystem::path& file)
{
    return core::in_quotes(core::path_to_utf8(file));
}

std::string file_url(const std::filesystem::path& file)
{
    return "file:" + file.string();
}

core::Error ffmpeg_error(const std::filesystem::path& file, const char* doing, int code)
{
    using core::ErrorKind;
    const std::string start = quoted(file) + " can't be " + doing + ": ";
    switch (code) {
        case AVERROR(ENOENT):
        case AVERROR(ENOTDIR):
            return core::make_error(ErrorKind::not_found, start + "there is no such file or folder.");
        case AVERROR(ENOSPC):
        case AVERROR(EDQUOT):
            return core::make_error(ErrorKind::disk_full,
                                    start + "the disk is full. Free some space or choose another folder.");
        case AVERROR(ENOMEM):
            return core::make_error(ErrorKind::out_of_memory, start + "there is not enough memory.");
        case AVERROR_INVALIDDATA:
        case AVERROR_EOF:
            return core::make_error(ErrorKind::corrupt, start + "it is damaged, incomplete or no media file.");
        case AVERROR_DECODER_NOT_FOUND:
        case AVERROR_DEMUXER_NOT_FOUND:
        case AVERROR_ENCODER_NOT_FOUND:
        case AVERROR_MUXER_NOT_FOUND:
        case AVERROR_PATCHWELCOME:
            return core::make_error(ErrorKind::unsupported, start + "this FFmpeg doesn't know its format.");
        default:
            break;
    }
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return core::make_error(ErrorKind::io, start + text + ".");
}

}  // namespace kinora::media
