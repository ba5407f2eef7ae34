#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/media/colour_space.h"
#include "core/media/ffmpeg_handles.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

/// What a finished file must say when it is opened again.
struct ExpectedFile {
    int frames = 0;
    int width = 0;
    int height = 0;
    core::FrameRate rate;
    AVCodecID codec = AV_CODEC_ID_NONE;
    std::string recipe_json;   ///< empty: none, or a kind of file that keeps none
    std::int64_t samples = 0;  ///< of sound, at 48 kHz; 0: there is none
    std::string container;     ///< FFmpeg's name of the muxer
    ColourCodes colour;
};

/// Opens a file that was just written and compares frames (counted), size, rate, duration, colour tags and recipe. Returns
/// its bytes. `target` is the name for messages. Error: `io`, with what differs.
[[nodiscard]] core::Result<std::int64_t> check_written(const std::filesystem::path& partial,
                                                       const std::filesystem::path& target, const ExpectedFile& expected);

/// The same for a folder of pictures: `frames` files are there, `bytes` in all, and the first and the last can be decoded
/// and have the right size.
[[nodiscard]] core::Result<std::int64_t> check_pictures(const std::filesystem::path& partial,
                                                        const std::filesystem::path& target, const std::string& ending,
                                                        std::int64_t bytes, const ExpectedFile& expected);

}  // namespace kinora::media
