#include "core/media/pixel_reader.h"

#include <cstdint>
#include <cstring>

#include "core/media/planes_to_rgb.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace kinora::media {
namespace {

/// The deprecated "j" layouts are the ordinary ones in full range.
AVPixelFormat without_j(int format, bool& full_range)
{
    switch (format) {
        case AV_PIX_FMT_YUVJ420P:
            full_range = true;
            return AV_PIX_FMT_YUV420P;
        case AV_PIX_FMT_YUVJ422P:
            full_range = true;
            return AV_PIX_FMT_YUV422P;
        case AV_PIX_FMT_YUVJ444P:
            full_range = true;
            return AV_PIX_FMT_YUV444P;
        case AV_PIX_FMT_YUVJ440P:
            full_range = true;
            return AV_PIX_FMT_YUV440P;
        default:
            return static_cast<AVPixelFormat>(format);
    }
}

bool is_rgb(AVPixelFormat format)
{
    const AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(format);
    return descriptor != nullptr && (descriptor->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

}  // namespace

core::Result<void> PixelReader::prepare(const AVFrame& frame, AVPixelFormat target, const std::filesystem::path& file)
{
    if (scaler_ && frame.width == width_ && frame.height == height_ && frame.format == source_ && target == target_ &&
        frame.colorspace == matrix_ && frame.color_range == range_) {
        return {};
    }
    bool full_range = frame.color_range == AVCOL_RANGE_JPEG;
    const AVPixelFormat source = without_j(frame.format, full_range);
    const AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(source);
    scaler_.reset(sws_alloc_context());
    if (!scaler_ || descriptor == nullptr) return ffmpeg_error(file, "read", AVERROR(ENOMEM));
    SwsContext* scaler = scaler_.get();
    av_opt_set_int(scaler, "srcw", frame.width, 0);
    av_opt_set_int(scaler, "srch", frame.height, 0);
    av_opt_set_int(scaler, "src_format", source, 0);
    av_opt_set_int(scaler, "dstw", frame.width, 0);
    av_opt_set_int(scaler, "dsth", frame.height, 0);
    av_opt_set_int(scaler, "dst_format", target, 0);
    av_opt_set_int(scaler, "sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, 0);
    if (descriptor->log2_chroma_w == 1 && descriptor->log2_chroma_h <= 1 && frame.chroma_location != AVCHROMA_LOC_CENTER) {
        // Chroma is sited left unless the file says otherwise: level with the even columns, between the rows.
        av_opt_set_int(scaler, "src_h_chr_pos", 0, 0);
        if (descriptor->log2_chroma_h == 1) av_opt_set_int(scaler, "src_v_chr_pos", 128, 0);
    }
    const int code = sws_init_context(scaler, nullptr, nullptr);
    if (code < 0) {
        scaler_.reset();
        return ffmpeg_error(file, "read", code);
    }
    const int matrix =
        frame.colorspace == AVCOL_SPC_UNSPECIFIED || frame.colorspace == AVCOL_SPC_RGB ? SWS_CS_ITU709 : frame.colorspace;
    const bool full_source = full_range || is_rgb(source);
    sws_setColorspaceDetails(scaler, sws_getCoefficients(matrix), full_source ? 1 : 0, sws_getCoefficients(SWS_CS_ITU709), 1,
                             0, 1 << 16, 1 << 16);
    width_ = frame.width;
    height_ = frame.height;
    source_ = frame.format;
    target_ = target;
    matrix_ = frame.colorspace;
    range_ = frame.color_range;
    return {};
}

core::Result<core::Picture8> PixelReader::picture(const AVFrame& frame, const std::filesystem::path& file)
{
    core::Picture8 picture{frame.height, frame.width, {}};
    if (append_planes(frame, picture.rgb)) return picture;
    if (auto ready = prepare(frame, AV_PIX_FMT_RGB24, file); !ready) return ready.error();
    // swscale writes whole vectors: the rows it writes into are padded, the picture's aren't.
    const int stride = FFALIGN(frame.width * 3, 64) + 64;
    std::vector<unsigned char> padded(static_cast<std::size_t>(stride) * frame.height + 64);
    unsigned char* const data[4] = {padded.data(), nullptr, nullptr, nullptr};
    const int strides[4] = {stride, 0, 0, 0};
    sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, data, strides);
    const std::size_t row = static_cast<std::size_t>(frame.width) * 3;
    picture.rgb.resize(row * frame.height);
    for (int y = 0; y < frame.height; ++y) {
        std::memcpy(picture.rgb.data() + row * y, padded.data() + static_cast<std::size_t>(stride) * y, row);
    }
    return picture;
}

core::Result<void> PixelReader::append_float(const AVFrame& frame, const std::filesystem::path& file,
                                             std::vector<float>& rgb)
{
    if (append_planes(frame, rgb) || append_components(frame, rgb)) return {};
    if (auto ready = prepare(frame, AV_PIX_FMT_RGBA64LE, file); !ready) return ready;
    const int stride = FFALIGN(frame.width * 8, 64) + 64;
    std::vector<std::uint16_t> padded((static_cast<std::size_t>(stride) * frame.height + 64) / 2);
    auto* const bytes = reinterpret_cast<unsigned char*>(padded.data());
    unsigned char* const data[4] = {bytes, nullptr, nullptr, nullptr};
    const int strides[4] = {stride, 0, 0, 0};
    sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, data, strides);
    rgb.reserve(rgb.size() + static_cast<std::size_t>(frame.width) * frame.height * 3);
    for (int y = 0; y < frame.height; ++y) {
        const std::uint16_t* row = padded.data() + static_cast<std::size_t>(stride) / 2 * y;
        for (int x = 0; x < frame.width; ++x, row += 4) {
            const float alpha = static_cast<float>(row[3]) / 65535.0F;
            for (int c = 0; c < 3; ++c)
                rgb.push_back(static_cast<float>(row[c]) / 65535.0F * alpha);
        }
    }
    return {};
}

}  // namespace kinora::media
