#include "core/media/video_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/media/ffmpeg_handles.h"
#include "core/media/partial_file.h"
#include "core/media/recipe_metadata.h"
#include "core/media/sound_reader.h"
#include "core/media/sound_stream.h"
#include "core/media/written_check.h"
#include "core/media/yuv_planes.h"
#include "core/time/rational_time.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace kinora::media {
namespace {

constexpr int k_largest_side = 16384;

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
    }
    return AV_PIX_FMT_NONE;
}

AVRational rational(core::FrameRate rate)
{
    return {static_cast<int>(rate.numerator), static_cast<int>(rate.denominator)};
}

std::string size_text(int width, int height)
{
    return std::to_string(width) + "×" + std::to_string(height);
}

core::Result<void> check_options(const EncoderSettings& settings, const WriteOptions& options)
{
    using core::ErrorKind;
    if (options.width < 1 || options.height < 1 || options.width > k_largest_side || options.height > k_largest_side) {
        return core::make_error(ErrorKind::invalid_argument, quoted(options.target) + " can't be written: pictures of " +
                                                                 size_text(options.width, options.height) +
                                                                 " are impossible; 1 to 16384 pixels a side are possible.");
    }
    if (options.width < settings.least_width || options.height < settings.least_height) {
        return core::make_error(ErrorKind::invalid_argument,
                                quoted(options.target) + " can't be written: this format needs pictures of at least " +
                                    size_text(settings.least_width, settings.least_height) + ", these are " +
                                    size_text(options.width, options.height) + ". Choose another preset.");
    }
    const auto& rate = options.rate;
    const bool fits = rate.numerator > 0 && rate.denominator > 0 && rate.numerator <= std::numeric_limits<int>::max() &&
                      rate.denominator <= std::numeric_limits<int>::max();
    if (!fits || rate.as_double() > 1000 || rate.as_double() < 0.01) {
        return core::make_error(ErrorKind::invalid_argument, quoted(options.target) +
                                                                 " can't be written: its frame rate of " +
                                                                 std::to_string(rate.numerator) + "/" +
                                                                 std::to_string(rate.denominator) + " is impossible.");
    }
    return {};
}

/// BT.709 limited on anything that has FFmpeg's colour fields: once on the codec, once on every frame.
void tag_codec(AVCodecContext& codec)
{
    codec.color_primaries = AVCOL_PRI_BT709;
    codec.color_trc = AVCOL_TRC_BT709;
    codec.colorspace = AVCOL_SPC_BT709;
    codec.color_range = AVCOL_RANGE_MPEG;
    codec.chroma_sample_location = AVCHROMA_LOC_LEFT;
}

void tag_frame(AVFrame& frame)
{
    frame.color_primaries = AVCOL_PRI_BT709;
    frame.color_trc = AVCOL_TRC_BT709;
    frame.colorspace = AVCOL_SPC_BT709;
    frame.color_range = AVCOL_RANGE_MPEG;
    frame.chroma_location = AVCHROMA_LOC_LEFT;
}

}  // namespace

struct VideoWriter::State {
    EncoderSettings settings;
    WriteOptions options;
    std::unique_ptr<PartialFile> file;  // outlives the buffer that writes into it
    IoHandle io;
    OutputHandle format;
    CodecHandle codec;
    FrameHandle frame;
    PacketHandle packet;
    AVStream* stream = nullptr;
    std::unique_ptr<SoundStream> sound;
    int written = 0;

    [[nodiscard]] core::Error failed(int code) const
    {
        // FFmpeg may report a later consequence; the first write that failed is the reason.
        return ffmpeg_error(options.target, "written", file && file->failure() != 0 ? AVERROR(file->failure()) : code);
    }
    [[nodiscard]] core::Result<void> open_codec();
    [[nodiscard]] core::Result<void> open_container();
    [[nodiscard]] core::Result<void> put(AVPacket& packet);
    [[nodiscard]] core::Result<void> drain();
    [[nodiscard]] core::Result<void> drain_sound();
};

core::Result<void> VideoWriter::State::open_codec()
{
    const AVCodec* encoder = avcodec_find_encoder_by_name(settings.encoder.c_str());
    if (encoder == nullptr) {
        return core::make_error(
            core::ErrorKind::unsupported,
            quoted(options.target) + " can't be written: this FFmpeg has no encoder " + settings.encoder + ".");
    }
    codec.reset(avcodec_alloc_context3(encoder));
    if (!codec) return failed(AVERROR(ENOMEM));
    codec->width = options.width + (options.width & 1);
    codec->height = options.height + (options.height & 1);
    codec->pix_fmt = pixel_format(settings.layout);
    codec->framerate = rational(options.rate);
    codec->time_base = av_inv_q(codec->framerate);
    codec->sample_aspect_ratio = {1, 1};
    codec->thread_count = settings.threads;
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if ((format->oformat->flags & AVFMT_GLOBALHEADER) != 0) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (settings.group_size > 0) codec->gop_size = settings.group_size;
    if (settings.b_frames >= 0) codec->max_b_frames = settings.b_frames;
    if (settings.codec_tag.size() == 4) {
        codec->codec_tag = MKTAG(settings.codec_tag[0], settings.codec_tag[1], settings.codec_tag[2], settings.codec_tag[3]);
    }
    tag_codec(*codec);
    Dictionary encoder_options;
    for (const auto& [key, value] : settings.options)
        encoder_options.set(key, value);
    const int code = avcodec_open2(codec.get(), encoder, encoder_options.address());
    if (code < 0) return failed(code);
    const AVDictionaryEntry* unknown = av_dict_get(encoder_options.get(), "", nullptr, AV_DICT_IGNORE_SUFFIX);
    if (unknown != nullptr) {
        return core::make_error(core::ErrorKind::unsupported, quoted(options.target) + " can't be written: this FFmpeg's " +
                                                                  settings.encoder + " doesn't know the setting " +
                                                                  unknown->key + ".");
    }
    return {};
}

core::Result<void> VideoWriter::State::open_container()
{
    stream = avformat_new_stream(format.get(), nullptr);
    if (stream == nullptr) return failed(AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_from_context(stream->codecpar, codec.get()); code < 0) return failed(code);
    stream->time_base = codec->time_base;
    stream->avg_frame_rate = codec->framerate;
    stream->sample_aspect_ratio = codec->sample_aspect_ratio;
    if (options.sound && !settings.sound_encoder.empty()) {
        auto added = SoundStream::add(*format, settings, options.sound, options.target);
        if (!added) return added.error();
        sound = std::move(*added);
    }
    format->flags |= AVFMT_FLAG_BITEXACT;
    for (const auto& [key, value] : options.metadata) {
        if (!value.empty()) av_dict_set(&format->metadata, key.c_str(), value.c_str(), 0);
    }
    if (!options.recipe_json.empty()) av_dict_set(&format->metadata, k_recipe_key, options.recipe_json.c_str(), 0);
    Dictionary container_options;
    for (const auto& [key, value] : settings.container_options)
        container_options.set(key, value);
    if (const int code = avformat_write_header(format.get(), container_options.address()); code < 0) return failed(code);
    return {};
}

core::Result<void> VideoWriter::State::put(AVPacket& encoded)
{
    const int code = av_interleaved_write_frame(format.get(), &encoded);
    if (code < 0 || io->error < 0 || file->failure() != 0) return failed(code < 0 ? code : io->error);
    return {};
}

/// Sound up to the end of the last picture.
core::Result<void> VideoWriter::State::drain_sound()
{
    if (!sound) return {};
    const std::int64_t until =
        core::rescale_frames(written, options.rate, core::FrameRate(k_mix_rate), core::Rounding::nearest);
    return sound->advance(until, [this](AVPacket& encoded) { return put(encoded); });
}

core::Result<void> VideoWriter::State::drain()
{
    for (;;) {
        const int code = avcodec_receive_packet(codec.get(), packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
        if (code < 0) return failed(code);
        packet->duration = 1;  // constant rate: every picture lasts one unit of the encoder's time base
        av_packet_rescale_ts(packet.get(), codec->time_base, stream->time_base);
        packet->stream_index = stream->index;
        if (auto written_packet = put(*packet); !written_packet) return written_packet;
    }
}

VideoWriter::VideoWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
VideoWriter::~VideoWriter() = default;

core::Result<std::unique_ptr<VideoWriter>> VideoWriter::open(const EncoderSettings& settings, const WriteOptions& options)
{
    quiet_ffmpeg();
    if (auto checked = check_options(settings, options); !checked) return checked.error();
    if (options.space == SpaceCheck::ask_first) {
        if (auto room = check_space(options.target, options.estimated_bytes); !room) return room.error();
    }
    auto state = std::make_unique<State>();
    state->settings = settings;
    state->options = options;
    auto file = PartialFile::create(options.target, options.overwrite);
    if (!file) return file.error();
    state->file = std::move(*file);
    state->io = state->file->make_io();
    AVFormatContext* raw = nullptr;
    const std::string url = file_url(state->file->path());
    const int code = avformat_alloc_output_context2(&raw, nullptr, settings.container.c_str(), url.c_str());
    state->format.reset(raw);
    state->frame.reset(av_frame_alloc());
    state->packet.reset(av_packet_alloc());
    if (code < 0) return state->failed(code);
    if (!state->io || !state->frame || !state->packet) return state->failed(AVERROR(ENOMEM));
    raw->pb = state->io.get();
    raw->flags |= AVFMT_FLAG_CUSTOM_IO;
    if (auto opened = state->open_codec(); !opened) return opened.error();
    if (auto opened = state->open_container(); !opened) return opened.error();
    return std::unique_ptr<VideoWriter>(new VideoWriter(std::move(state)));
}

core::Result<void> VideoWriter::write(std::span<const float> rgb)
{
    State& s = *state_;
    if (rgb.size() != static_cast<std::size_t>(s.options.width) * s.options.height * 3) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                quoted(s.options.target) + " can't be written: a frame has the wrong size.");
    }
    AVFrame& frame = *s.frame;
    av_frame_unref(&frame);
    frame.format = s.codec->pix_fmt;
    frame.width = s.codec->width;
    frame.height = s.codec->height;
    if (const int code = av_frame_get_buffer(&frame, 0); code < 0) return s.failed(code);
    tag_frame(frame);
    frame.pts = s.written;
    PlaneTarget planes{s.settings.layout, frame.width, frame.height, {}, {}};
    for (int plane = 0; plane < 3; ++plane) {
        planes.data[plane] = frame.data[plane];
        planes.stride[plane] = frame.linesize[plane];
    }
    rgb_to_planes(rgb, s.options.width, s.options.height, planes);
    if (const int code = avcodec_send_frame(s.codec.get(), &frame); code < 0) return s.failed(code);
    ++s.written;
    if (auto drained = s.drain(); !drained) return drained;
    return s.drain_sound();
}

core::Result<WrittenFile> VideoWriter::finish()
{
    State& s = *state_;
    if (s.written == 0) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                quoted(s.options.target) + " can't be written: no frames came.");
    }
    if (const int code = avcodec_send_frame(s.codec.get(), nullptr); code < 0) return s.failed(code);
    if (auto drained = s.drain(); !drained) return drained.error();
    if (s.sound) {
        const auto put = [&s](AVPacket& encoded) { return s.put(encoded); };
        if (auto finished = s.sound->finish(put); !finished) return finished.error();
    }
    const int code = av_write_trailer(s.format.get());
    avio_flush(s.io.get());
    if (code < 0 || s.io->error < 0 || s.file->failure() != 0) return s.failed(code < 0 ? code : s.io->error);

    const ExpectedFile expected{s.written,
                                s.codec->width,
                                s.codec->height,
                                s.options.rate,
                                s.codec->codec_id,
                                s.options.recipe_json,
                                s.sound ? s.sound->samples() : 0};
    auto checked = check_written(s.file->path(), s.options.target, expected);
    if (!checked) return checked.error();
    if (auto committed = s.file->commit(); !committed) return committed.error();
    return WrittenFile{s.options.target, s.written, s.codec->width, s.codec->height, *checked};
}

core::Result<WrittenFile> write_clip(const core::FrameSequence& clip, const EncoderSettings& settings, WriteOptions options,
                                     const WriteProgress& progress, std::stop_token stop)
{
    options.width = clip.width;
    options.height = clip.height;
    options.rate = clip.rate;
    options.frames = clip.frames;
    auto writer = VideoWriter::open(settings, options);
    if (!writer) return writer.error();
    for (int i = 0; i < clip.frames; ++i) {
        if (stop.stop_requested()) {
            return core::make_error(core::ErrorKind::cancelled, "Writing " + quoted(options.target) + " was cancelled.");
        }
        if (auto written = (*writer)->write(clip.frame(i)); !written) return written.error();
        if (progress) progress(i + 1, clip.frames);
    }
    return (*writer)->finish();
}

}  // namespace kinora::media
