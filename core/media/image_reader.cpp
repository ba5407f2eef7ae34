#include "core/media/image_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "core/base/file.h"
#include "core/generation/picture_file.h"
#include "core/media/media_input.h"
#include "core/media/pixel_reader.h"

namespace kinora::media {
namespace {

constexpr std::uint64_t k_largest_file = std::uint64_t{256} << 20U;
constexpr const char* k_pictures =
    "png_pipe,jpeg_pipe,webp_pipe,tiff_pipe,bmp_pipe,exr_pipe,dpx_pipe,gif,jpegls_pipe,j2k_pipe,pam_pipe,ppm_pipe,pgm_pipe,"
    "psd_pipe,qoi_pipe,sgi_pipe,sunrast_pipe,xbm_pipe,xpm_pipe";

struct Memory {
    const std::string& bytes;
    std::size_t position = 0;

    static int read(void* self, std::uint8_t* out, int count)
    {
        auto& memory = *static_cast<Memory*>(self);
        const std::size_t taken =
            std::min<std::size_t>(static_cast<std::size_t>(count), memory.bytes.size() - memory.position);
        if (taken == 0) return AVERROR_EOF;
        std::memcpy(out, memory.bytes.data() + memory.position, taken);
        memory.position += taken;
        return static_cast<int>(taken);
    }
    static std::int64_t seek(void* self, std::int64_t offset, int whence)
    {
        auto& memory = *static_cast<Memory*>(self);
        const auto size = static_cast<std::int64_t>(memory.bytes.size());
        if (whence == AVSEEK_SIZE) return size;
        if ((whence & ~AVSEEK_FORCE) == SEEK_CUR) offset += static_cast<std::int64_t>(memory.position);
        if ((whence & ~AVSEEK_FORCE) == SEEK_END) offset += size;
        if (offset < 0 || offset > size) return AVERROR(EINVAL);
        memory.position = static_cast<std::size_t>(offset);
        return offset;
    }
};

/// Decodes the first picture. Null: the bytes are no picture.
FrameHandle decode_first(AVFormatContext& format)
{
    if (avformat_find_stream_info(&format, nullptr) < 0) return {};
    const int number = av_find_best_stream(&format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (number < 0) return {};
    const AVCodecParameters& parameters = *format.streams[number]->codecpar;
    const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
    const CodecHandle codec(avcodec_alloc_context3(decoder));
    const PacketHandle packet(av_packet_alloc());
    FrameHandle frame(av_frame_alloc());
    if (decoder == nullptr || !codec || !packet || !frame) return {};
    if (avcodec_parameters_to_context(codec.get(), &parameters) < 0) return {};
    codec->max_pixels = core::k_largest_picture_pixels;
    codec->thread_count = 1;
    codec->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
    // The TIFF decoder takes a harmless unknown tag for an error worth giving up for.
    if (decoder->id != AV_CODEC_ID_TIFF) codec->err_recognition |= AV_EF_EXPLODE;
    if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return {};
    int packets = 0;
    while (av_read_frame(&format, packet.get()) >= 0 && packets++ < 64) {
        const bool ours = packet->stream_index == number;
        const int sent = ours ? avcodec_send_packet(codec.get(), packet.get()) : 0;
        av_packet_unref(packet.get());
        if (sent < 0) return {};
        if (ours && avcodec_receive_frame(codec.get(), frame.get()) >= 0) break;
    }
    if (frame->width == 0) {
        avcodec_send_packet(codec.get(), nullptr);
        if (avcodec_receive_frame(codec.get(), frame.get()) < 0) return {};
    }
    return frame->decode_error_flags == 0 ? std::move(frame) : FrameHandle{};
}

/// Turns a picture as its orientation tag asks. The tag is a matrix of quarter turns and mirrors.
void orient(core::FrameSequence& clip, const AVFrame& frame)
{
    const AVFrameSideData* side = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side == nullptr || side->size < 9 * sizeof(std::int32_t)) return;
    std::array<std::int32_t, 9> matrix{};
    std::memcpy(matrix.data(), side->data, sizeof matrix);
    const auto unit = [&](int i) { return matrix[i] == 0 ? 0 : (matrix[i] > 0 ? 1 : -1); };
    // Where a step to the right (a, b) and a step down (c, d) of the stored picture lead in the shown one.
    const int a = unit(0), b = unit(1), c = unit(3), d = unit(4);
    if (std::abs(a) + std::abs(b) != 1 || std::abs(c) + std::abs(d) != 1 || std::abs(a) == std::abs(c)) return;
    const bool turned = a == 0;
    core::FrameSequence out{1, turned ? clip.width : clip.height, turned ? clip.height : clip.width, clip.rate, {}};
    out.rgb.resize(clip.rgb.size());
    const int left = a + c < 0 ? out.width - 1 : 0;
    const int top = b + d < 0 ? out.height - 1 : 0;
    for (int y = 0; y < clip.height; ++y) {
        for (int x = 0; x < clip.width; ++x) {
            const std::size_t to = static_cast<std::size_t>(top + b * x + d * y) * out.width + (left + a * x + c * y);
            const std::size_t from = static_cast<std::size_t>(y) * clip.width + x;
            std::copy_n(clip.rgb.begin() + static_cast<std::ptrdiff_t>(from * 3), 3,
                        out.rgb.begin() + static_cast<std::ptrdiff_t>(to * 3));
        }
    }
    clip = std::move(out);
}

}  // namespace

core::Result<core::FrameSequence> read_image(const std::filesystem::path& file)
{
    quiet_ffmpeg();
    // The bytes go to FFmpeg, never the name: it would take a `%` in it for the pattern of a sequence.
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {
        return core::make_error(core::ErrorKind::invalid_argument, quoted(file) + " is a folder, not a picture.");
    }
    const auto bytes = core::read_file(file, k_largest_file);
    if (!bytes) return bytes.error();
    const auto damaged = [&] {
        return core::make_error(core::ErrorKind::corrupt, quoted(file) + " is damaged or no picture that Kinora can read.");
    };
    constexpr int k_buffer = 1 << 16;
    Memory memory{*bytes};
    auto* buffer = static_cast<unsigned char*>(av_malloc(k_buffer));
    IoHandle io(buffer == nullptr ? nullptr
                                  : avio_alloc_context(buffer, k_buffer, 0, &memory, Memory::read, nullptr, Memory::seek));
    AVFormatContext* raw = avformat_alloc_context();
    if (!io || raw == nullptr) return ffmpeg_error(file, "read", AVERROR(ENOMEM));
    raw->pb = io.get();
    Dictionary options;
    options.set("format_whitelist", k_pictures);
    const int code = avformat_open_input(&raw, "", nullptr, options.address());
    const InputHandle format(raw);
    if (code < 0) return damaged();
    const FrameHandle frame = decode_first(*format);
    if (!frame) return damaged();
    core::FrameSequence clip{1, frame->height, frame->width, core::FrameRate{12}, {}};
    PixelReader pixels;
    if (auto read = pixels.append_float(*frame, file, clip.rgb); !read) return read.error();
    orient(clip, *frame);
    return clip;
}

}  // namespace kinora::media
