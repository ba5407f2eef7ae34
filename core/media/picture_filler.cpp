#include "core/media/picture_filler.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "core/media/yuv_planes.h"

namespace kinora::media {
namespace {

float clamped(float value)
{
    return value > 0.0F ? std::min(value, 1.0F) : 0.0F;
}

std::uint16_t swapped(std::uint16_t value)
{
    return static_cast<std::uint16_t>(value << 8U | value >> 8U);
}

/// The sRGB curve to linear light as a table small enough for the nearest cache; between its points it is linear, which is
/// nearer than a sixteenth of half precision's last bit.
class LinearLight {
public:
    LinearLight()
    {
        for (std::size_t i = 0; i < values_.size(); ++i)
            values_[i] = srgb_to_linear(std::min(1.0F, static_cast<float>(i) / k_points));
    }
    float operator()(float value) const
    {
        const float place = clamped(value) * k_points;
        const auto index = static_cast<int>(place);
        const float low = values_[static_cast<std::size_t>(index)];
        return low + (place - static_cast<float>(index)) * (values_[static_cast<std::size_t>(index) + 1] - low);
    }

private:
    static constexpr float k_points = 4096;
    std::array<float, 4096 + 2> values_{};
};

template <typename Sample>
Sample* row_of(AVFrame& frame, int plane, int y)
{
    return reinterpret_cast<Sample*>(frame.data[plane] + static_cast<std::ptrdiff_t>(frame.linesize[plane]) * y);
}

ColourCodes codes_of(const EncoderSettings& settings)
{
    return is_yuv(settings.layout) ? video_codes(settings.colour) : picture_codes(settings.colour);
}

}  // namespace

bool is_yuv(PixelLayout layout)
{
    switch (layout) {
        case PixelLayout::yuv420_8:
        case PixelLayout::yuv420_10:
        case PixelLayout::yuv422_8:
        case PixelLayout::yuv422_10:
        case PixelLayout::yuv444_10:
        case PixelLayout::yuva444_10:
            return true;
        default:
            return false;
    }
}

AVPixelFormat pixel_format(PixelLayout layout)
{
    switch (layout) {
        case PixelLayout::yuv420_8:
            return AV_PIX_FMT_YUV420P;
        case PixelLayout::yuv420_10:
            return AV_PIX_FMT_YUV420P10LE;
        case PixelLayout::yuv422_8:
            return AV_PIX_FMT_YUV422P;
        case PixelLayout::yuv422_10:
            return AV_PIX_FMT_YUV422P10LE;
        case PixelLayout::yuv444_10:
            return AV_PIX_FMT_YUV444P10LE;
        case PixelLayout::yuva444_10:
            return AV_PIX_FMT_YUVA444P10LE;
        case PixelLayout::rgb_16_be:
            return AV_PIX_FMT_RGB48BE;
        case PixelLayout::rgb_16_le:
            return AV_PIX_FMT_RGB48LE;
        case PixelLayout::rgb_linear:
            return AV_PIX_FMT_GBRPF32LE;
        case PixelLayout::bgra_8:
            return AV_PIX_FMT_BGRA;
        case PixelLayout::palette_8:
            return AV_PIX_FMT_PAL8;
    }
    return AV_PIX_FMT_NONE;
}

int encoded_side(PixelLayout layout, int side)
{
    return is_yuv(layout) ? side + (side & 1) : side;
}

void tag_codec(AVCodecContext& codec, const EncoderSettings& settings)
{
    const ColourCodes codes = codes_of(settings);
    const bool yuv = is_yuv(settings.layout);
    codec.color_primaries = static_cast<AVColorPrimaries>(codes.primaries);
    codec.color_trc = static_cast<AVColorTransferCharacteristic>(codes.transfer);
    codec.colorspace = static_cast<AVColorSpace>(codes.matrix);
    codec.color_range = yuv ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG;
    if (yuv) codec.chroma_sample_location = AVCHROMA_LOC_LEFT;
}

void tag_frame(AVFrame& frame, const EncoderSettings& settings)
{
    const ColourCodes codes = codes_of(settings);
    const bool yuv = is_yuv(settings.layout);
    frame.color_primaries = static_cast<AVColorPrimaries>(codes.primaries);
    frame.color_trc = static_cast<AVColorTransferCharacteristic>(codes.transfer);
    frame.colorspace = static_cast<AVColorSpace>(codes.matrix);
    frame.color_range = yuv ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG;
    if (yuv) frame.chroma_location = AVCHROMA_LOC_LEFT;
}

core::Result<FrameHandle> PictureFiller::fill(std::span<const float> rgb, std::span<const float> alpha)
{
    if (settings_.colour != ColourSpace::bt709) {
        converted_.assign(rgb.begin(), rgb.end());
        to_space(converted_, settings_.colour);
        rgb = converted_;
    }
    const bool palette = settings_.layout == PixelLayout::palette_8;
    FrameHandle frame(av_frame_alloc());
    const auto no_memory = [] {
        return core::make_error(core::ErrorKind::out_of_memory, "There is no memory for a frame.");
    };
    if (!frame) return no_memory();
    frame->format = palette ? AV_PIX_FMT_RGB24 : pixel_format(settings_.layout);
    frame->width = encoded_side(settings_.layout, width_);
    frame->height = encoded_side(settings_.layout, height_);
    if (av_frame_get_buffer(frame.get(), 0) < 0) return no_memory();
    if (is_yuv(settings_.layout)) fill_yuv(rgb, alpha, *frame);
    if (settings_.layout == PixelLayout::rgb_16_be || settings_.layout == PixelLayout::rgb_16_le) fill_rgb16(rgb, *frame);
    if (settings_.layout == PixelLayout::rgb_linear) fill_linear(rgb, *frame);
    if (settings_.layout == PixelLayout::bgra_8) fill_bgra(rgb, *frame);
    if (palette) {
        fill_rgb24(rgb, *frame);
        if (!palette_) {
            auto filter = PaletteFilter::create(frame->width, frame->height);
            if (!filter) return filter.error();
            palette_ = std::move(*filter);
        }
        auto chosen = palette_->convert(std::move(frame));
        if (!chosen) return chosen;
        frame = std::move(*chosen);
    }
    tag_frame(*frame, settings_);
    return frame;
}

void PictureFiller::fill_yuv(std::span<const float> rgb, std::span<const float> alpha, AVFrame& frame) const
{
    PlaneTarget planes{settings_.layout, frame.width, frame.height, {}, {}, luma_weights(settings_.colour)};
    for (int plane = 0; plane < 3; ++plane) {
        planes.data[static_cast<std::size_t>(plane)] = frame.data[plane];
        planes.stride[static_cast<std::size_t>(plane)] = frame.linesize[plane];
    }
    rgb_to_planes(rgb, width_, height_, planes);
    if (settings_.layout == PixelLayout::yuva444_10) fill_alpha(alpha, frame);
}

void PictureFiller::fill_alpha(std::span<const float> alpha, AVFrame& frame) const
{
    for (int y = 0; y < frame.height; ++y) {
        auto* row = row_of<std::uint16_t>(frame, 3, y);
        const auto from = static_cast<std::size_t>(std::min(y, height_ - 1)) * static_cast<std::size_t>(width_);
        for (int x = 0; x < frame.width; ++x) {
            const float value =
                alpha.empty() ? 1.0F : clamped(alpha[from + static_cast<std::size_t>(std::min(x, width_ - 1))]);
            row[x] = static_cast<std::uint16_t>(value * 1023.0F + 0.5F);
        }
    }
}

void PictureFiller::fill_rgb16(std::span<const float> rgb, AVFrame& frame) const
{
    const bool swap = (settings_.layout == PixelLayout::rgb_16_be) == (std::endian::native == std::endian::little);
    const float* from = rgb.data();
    for (int y = 0; y < height_; ++y) {
        auto* row = row_of<std::uint16_t>(frame, 0, y);
        for (int i = 0; i < width_ * 3; ++i) {
            const auto value = static_cast<std::uint16_t>(clamped(*from++) * 65535.0F + 0.5F);
            row[i] = swap ? swapped(value) : value;
        }
    }
}

void PictureFiller::fill_linear(std::span<const float> rgb, AVFrame& frame) const
{
    static const LinearLight linear;
    const float* from = rgb.data();
    for (int y = 0; y < height_; ++y) {
        auto* green = row_of<float>(frame, 0, y);
        auto* blue = row_of<float>(frame, 1, y);
        auto* red = row_of<float>(frame, 2, y);
        for (int x = 0; x < width_; ++x, from += 3) {
            red[x] = linear(from[0]);
            green[x] = linear(from[1]);
            blue[x] = linear(from[2]);
        }
    }
}

void PictureFiller::fill_bgra(std::span<const float> rgb, AVFrame& frame) const
{
    const float* from = rgb.data();
    for (int y = 0; y < height_; ++y) {
        auto* row = row_of<std::uint8_t>(frame, 0, y);
        for (int x = 0; x < width_; ++x, from += 3, row += 4) {
            const float threshold = dither_threshold(x, y);
            for (int c = 0; c < 3; ++c)
                row[2 - c] = static_cast<std::uint8_t>(clamped(from[c]) * 255.0F + threshold);
            row[3] = 255;
        }
    }
}

void PictureFiller::fill_rgb24(std::span<const float> rgb, AVFrame& frame) const
{
    // The palette's own dither follows: here values are rounded.
    const float* from = rgb.data();
    for (int y = 0; y < height_; ++y) {
        auto* row = row_of<std::uint8_t>(frame, 0, y);
        for (int i = 0; i < width_ * 3; ++i)
            row[i] = static_cast<std::uint8_t>(clamped(*from++) * 255.0F + 0.5F);
    }
}

}  // namespace kinora::media
