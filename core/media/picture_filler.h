#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/media/encoder_settings.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/palette_filter.h"

namespace kinora::media {

[[nodiscard]] bool is_yuv(PixelLayout layout);
[[nodiscard]] AVPixelFormat pixel_format(PixelLayout layout);

/// Size of encoded pictures: Y'CbCr is padded to even sides by repeating the edge in RGB, other layouts hold any size.
[[nodiscard]] int encoded_side(PixelLayout layout, int side);

/// The colour tags of a codec or a frame: primaries, curve, matrix, range and where chroma sits. Written twice, because some
/// encoders read the codec's and others the frames'.
void tag_codec(AVCodecContext& codec, const EncoderSettings& settings);
void tag_frame(AVFrame& frame, const EncoderSettings& settings);

/// Float pictures (display-referred BT.709 R'G'B') as what an encoder takes, in one step from float: converted to the colour
/// space asked for, dithered where 8 bits are left, rounded otherwise. Not thread-safe.
class PictureFiller {
public:
    PictureFiller(const EncoderSettings& settings, int width, int height)
        : settings_(settings), width_(width), height_(height)
    {
    }

    /// A new frame from one picture, `[height, width, 3]`. `alpha` is `[height, width]` for `yuva444_10`, empty: opaque.
    [[nodiscard]] core::Result<FrameHandle> fill(std::span<const float> rgb, std::span<const float> alpha);

private:
    void fill_yuv(std::span<const float> rgb, std::span<const float> alpha, AVFrame& frame) const;
    void fill_alpha(std::span<const float> alpha, AVFrame& frame) const;
    void fill_rgb16(std::span<const float> rgb, AVFrame& frame) const;
    void fill_linear(std::span<const float> rgb, AVFrame& frame) const;
    void fill_bgra(std::span<const float> rgb, AVFrame& frame) const;
    void fill_rgb24(std::span<const float> rgb, AVFrame& frame) const;

    EncoderSettings settings_;
    int width_;
    int height_;
    std::vector<float> converted_;  ///< where another colour space is asked for
    std::unique_ptr<PaletteFilter> palette_;
};

}  // namespace kinora::media
