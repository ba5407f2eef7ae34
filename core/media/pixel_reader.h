#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/media/ffmpeg_handles.h"

namespace kinora::media {

/// Turns decoded frames of any layout into RGB by their own matrix and range (BT.709 limited where they say nothing).
/// Keeps its converter between frames. Not thread-safe.
class PixelReader {
public:
    /// 8-bit RGB. Alpha is ignored.
    [[nodiscard]] core::Result<core::Picture8> picture(const AVFrame& frame, const std::filesystem::path& file);

    /// All bits of the frame as float 0…1, `[height, width, 3]` appended to `rgb`. Transparent parts are laid over black.
    [[nodiscard]] core::Result<void> append_float(const AVFrame& frame, const std::filesystem::path& file,
                                                  std::vector<float>& rgb);

private:
    [[nodiscard]] core::Result<void> prepare(const AVFrame& frame, AVPixelFormat target, const std::filesystem::path& file);

    ScalerHandle scaler_;
    int width_ = 0;
    int height_ = 0;
    int source_ = AV_PIX_FMT_NONE;
    int target_ = AV_PIX_FMT_NONE;
    int matrix_ = -1;
    int range_ = -1;
};

}  // namespace kinora::media
