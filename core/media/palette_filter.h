#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/media/ffmpeg_handles.h"

namespace kinora::media {

/// 24-bit RGB pictures to 256 colours of their own each, dithered, by FFmpeg's palettegen and paletteuse.
class PaletteFilter {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<PaletteFilter>> create(int width, int height);
    ~PaletteFilter();
    PaletteFilter(const PaletteFilter&) = delete;
    PaletteFilter& operator=(const PaletteFilter&) = delete;

    /// One picture in, one out.
    [[nodiscard]] core::Result<FrameHandle> convert(FrameHandle rgb24);

private:
    struct State;
    explicit PaletteFilter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kinora::media
