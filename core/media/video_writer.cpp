#include "core/media/video_writer.h"

#include <cstdio>

#include "core/base/utf8.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/frame_encoder.h"
#include "core/media/partial_file.h"
#include "core/media/partial_folder.h"
#include "core/media/picture_tags.h"
#include "core/media/recipe_metadata.h"
#include "core/media/sound_reader.h"
#include "core/media/sound_stream.h"
#include "core/media/written_check.h"
#include "core/time/rational_time.h"

namespace kinora::media {
namespace {

/// Longest stem of a picture's name: number and ending need room.
constexpr std::size_t k_longest_stem = 240;
/// An MXF text is counted in 16 bits, two bytes a character.
constexpr std::size_t k_longest_mxf_text = 30'000;

std::string ending_of(const EncoderSettings& settings)
{
    return settings.encoder == "tiff" ? ".tif" : "." + settings.encoder;
}

}  // namespace

bool keeps_metadata(const EncoderSettings& settings)
{
    return settings.container == "mov" || settings.container == "mp4" || settings.container == "webm" ||
           settings.container == "mxf";
}

std::string picture_name(const std::filesystem::path& folder, const EncoderSettings& settings, int number)
{
    char digits[16];
    std::snprintf(digits, sizeof digits, ".%04d", number);
    return std::string(core::utf8_prefix(folder.filename().string(), k_longest_stem)) + digits + ending_of(settings);
}

struct VideoWriter::State {
    EncoderSettings settings;
    WriteOptions options;
    std::unique_ptr<PartialFolder> folder;  // of a picture sequence
    std::unique_ptr<PartialFile> file;      // of everything else; outlives the buffer that writes into it
    IoHandle io;
    OutputHandle format;
    std::unique_ptr<FrameEncoder> encoder;
    AVStream* stream = nullptr;
    std::unique_ptr<SoundStream> sound;
    int pictures = 0;
    std::int64_t picture_bytes = 0;

    [[nodiscard]] core::Error failed(int code) const
    {
        // FFmpeg may report a later consequence; the first write that failed is the reason.
        return ffmpeg_error(options.target, "written", file && file->failure() != 0 ? AVERROR(file->failure()) : code);
    }
    [[nodiscard]] core::Result<void> open_file();
    [[nodiscard]] core::Result<void> open_encoder();
    [[nodiscard]] core::Result<void> open_container();
    void set_metadata();
    [[nodiscard]] bool embeds_recipe() const;
    [[nodiscard]] core::Result<void> put(AVPacket& packet);
    [[nodiscard]] core::Result<void> put_picture(AVPacket& packet);
    [[nodiscard]] core::Result<void> put_picture_packet(AVPacket& packet);
    [[nodiscard]] core::Result<void> drain_sound();
    [[nodiscard]] core::Result<void> finish_file();
    [[nodiscard]] core::Result<std::int64_t> check() const;
    [[nodiscard]] core::Result<void> run_finishers();
};

core::Result<void> VideoWriter::State::open_file()
{
    if (settings.pictures()) {
        auto made = PartialFolder::create(options.target, options.overwrite);
        if (!made) return made.error();
        folder = std::move(*made);
        return {};
    }
    auto made = PartialFile::create(options.target, options.overwrite);
    if (!made) return made.error();
    file = std::move(*made);
    io = file->make_io();
    AVFormatContext* raw = nullptr;
    const std::string url = file_url(file->path());
    const int code = avformat_alloc_output_context2(&raw, nullptr, settings.container.c_str(), url.c_str());
    format.reset(raw);
    if (code < 0) return failed(code);
    if (!io) return failed(AVERROR(ENOMEM));
    raw->pb = io.get();
    raw->flags |= AVFMT_FLAG_CUSTOM_IO;
    return {};
}

core::Result<void> VideoWriter::State::open_encoder()
{
    StreamShape shape{options.width, options.height, options.rate, false, options.target};
    shape.global_header = format && (format->oformat->flags & AVFMT_GLOBALHEADER) != 0;
    auto opened = FrameEncoder::open(settings, shape);
    if (!opened) return opened.error();
    encoder = std::move(*opened);
    return {};
}

bool VideoWriter::State::embeds_recipe() const
{
    const bool fits = settings.container != "mxf" || options.recipe_json.size() <= k_longest_mxf_text;
    return keeps_metadata(settings) && fits && !options.recipe_json.empty();
}

void VideoWriter::State::set_metadata()
{
    const bool mxf = settings.container == "mxf";
    for (const auto& [key, value] : options.metadata) {
        // MXF has a timecode of its own; everything else is a free field, named so.
        const std::string name = mxf && key != "timecode" ? "comment_" + key : key;
        if (!value.empty() && (!mxf || value.size() <= k_longest_mxf_text))
            av_dict_set(&format->metadata, name.c_str(), value.c_str(), 0);
    }
    if (embeds_recipe())
        av_dict_set(&format->metadata, mxf ? k_mxf_recipe_key : k_recipe_key, options.recipe_json.c_str(), 0);
}

core::Result<void> VideoWriter::State::open_container()
{
    if (!format) return {};
    const AVCodecContext& codec = encoder->codec();
    stream = avformat_new_stream(format.get(), nullptr);
    if (stream == nullptr) return failed(AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_from_context(stream->codecpar, &codec); code < 0) return failed(code);
    stream->time_base = codec.time_base;
    stream->avg_frame_rate = codec.framerate;
    stream->r_frame_rate = codec.framerate;
    stream->sample_aspect_ratio = codec.sample_aspect_ratio;
    if (options.sound && !settings.sound_encoder.empty()) {
        auto added = SoundStream::add(*format, settings, options.sound, options.target);
        if (!added) return added.error();
        sound = std::move(*added);
    }
    format->flags |= AVFMT_FLAG_BITEXACT;
    set_metadata();
    Dictionary container_options;
    for (const auto& [key, value] : settings.container_options)
        container_options.set(key, value);
    if (const int code = avformat_write_header(format.get(), container_options.address()); code < 0) return failed(code);
    return {};
}

core::Result<void> VideoWriter::State::put(AVPacket& packet)
{
    const int code = av_interleaved_write_frame(format.get(), &packet);
    if (code < 0 || io->error < 0 || file->failure() != 0) return failed(code < 0 ? code : io->error);
    return {};
}

core::Result<void> VideoWriter::State::put_picture(AVPacket& packet)
{
    if (folder) return put_picture_packet(packet);
    av_packet_rescale_ts(&packet, encoder->codec().time_base, stream->time_base);
    packet.stream_index = stream->index;
    return put(packet);
}

/// A packet of a picture encoder is a whole file.
core::Result<void> VideoWriter::State::put_picture_packet(AVPacket& packet)
{
    std::string bytes(reinterpret_cast<const char*>(packet.data), static_cast<std::size_t>(packet.size));
    tag_picture(settings.encoder, settings.colour, bytes);
    if (pictures == 0 && settings.encoder == "png" && !options.recipe_json.empty())
        add_png_text(k_recipe_key, options.recipe_json, bytes);
    ++pictures;
    picture_bytes += static_cast<std::int64_t>(bytes.size());
    return folder->add(picture_name(options.target, settings, pictures), std::as_bytes(std::span(bytes)));
}

/// Sound up to the end of the last picture.
core::Result<void> VideoWriter::State::drain_sound()
{
    if (!sound) return {};
    const std::int64_t until =
        core::rescale_frames(encoder->sent(), options.rate, core::FrameRate(k_mix_rate), core::Rounding::nearest);
    return sound->advance(until, [this](AVPacket& encoded) { return put(encoded); });
}

core::Result<void> VideoWriter::State::finish_file()
{
    if (folder) {
        if (options.recipe_json.empty()) return {};
        const std::string text = options.recipe_json + "\n";
        return folder->add("recipe.json", std::as_bytes(std::span(text)));
    }
    if (sound) {
        if (auto finished = sound->finish([this](AVPacket& encoded) { return put(encoded); }); !finished) return finished;
    }
    const int code = av_write_trailer(format.get());
    avio_flush(io.get());
    if (code < 0 || io->error < 0 || file->failure() != 0) return failed(code < 0 ? code : io->error);
    return {};
}

core::Result<std::int64_t> VideoWriter::State::check() const
{
    const AVCodecContext& codec = encoder->codec();
    const ExpectedFile expected{encoder->sent(),
                                codec.width,
                                codec.height,
                                options.rate,
                                codec.codec_id,
                                embeds_recipe() ? options.recipe_json : std::string(),
                                sound ? sound->samples() : 0,
                                settings.container,
                                video_codes(settings.colour)};
    if (folder) return check_pictures(folder->path(), options.target, ending_of(settings), picture_bytes, expected);
    return check_written(file->path(), options.target, expected);
}

core::Result<void> VideoWriter::State::run_finishers()
{
    const FinishedPartial finished{folder ? folder->path() : file->path(), options.target, settings.container,
                                   folder != nullptr};
    for (const Finisher& finisher : options.finishers)
        if (auto done = finisher(finished); !done) return done;
    return file ? file->reopen() : core::Result<void>();
}

VideoWriter::VideoWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
VideoWriter::~VideoWriter() = default;

core::Result<std::unique_ptr<VideoWriter>> VideoWriter::open(const EncoderSettings& settings, const WriteOptions& options)
{
    quiet_ffmpeg();
    if (options.space == SpaceCheck::ask_first) {
        if (auto room = check_space(options.target, options.estimated_bytes); !room) return room.error();
    }
    auto state = std::make_unique<State>();
    state->settings = settings;
    state->options = options;
    if (auto opened = state->open_file(); !opened) return opened.error();
    if (auto opened = state->open_encoder(); !opened) return opened.error();
    if (auto opened = state->open_container(); !opened) return opened.error();
    return std::unique_ptr<VideoWriter>(new VideoWriter(std::move(state)));
}

core::Result<void> VideoWriter::write(std::span<const float> rgb, std::span<const float> alpha)
{
    State& s = *state_;
    const auto put = [&s](AVPacket& packet) { return s.put_picture(packet); };
    if (auto sent = s.encoder->send(rgb, alpha, put); !sent) return sent;
    return s.drain_sound();
}

void VideoWriter::set_metadata(const std::string& key, const std::string& value)
{
    state_->options.metadata[key] = value;
    if (state_->format) state_->set_metadata();
}

core::Result<WrittenFile> VideoWriter::finish()
{
    State& s = *state_;
    if (s.encoder->sent() == 0) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                quoted(s.options.target) + " can't be written: no frames came.");
    }
    const auto put = [&s](AVPacket& packet) { return s.put_picture(packet); };
    if (auto finished = s.encoder->finish(put); !finished) return finished.error();
    if (auto finished = s.finish_file(); !finished) return finished.error();
    auto checked = s.check();
    if (!checked) return checked.error();
    if (!s.options.finishers.empty()) {
        if (auto finished = s.run_finishers(); !finished) return finished.error();
        checked = s.check();
        if (!checked) return checked.error();
    }
    const auto committed = s.folder ? s.folder->commit() : s.file->commit();
    if (!committed) return committed.error();
    const AVCodecContext& codec = s.encoder->codec();
    return WrittenFile{s.options.target, s.encoder->sent(), codec.width, codec.height, *checked};
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
