#include "core/media/clip_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <thread>

#include "core/media/ffmpeg_handles.h"
#include "core/media/image_reader.h"
#include "core/media/media_input.h"
#include "core/media/pixel_reader.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace kinora::media {
namespace {

constexpr std::int64_t k_most_pixels = std::int64_t{64} << 20U;

core::Error no_such_frame(const std::filesystem::path& file, int index, int frames)
{
    return core::make_error(core::ErrorKind::invalid_argument, quoted(file) + " has no frame " + std::to_string(index) +
                                                                   ": it has " + std::to_string(frames) + ".");
}

core::Error undecodable(const std::filesystem::path& file, int index)
{
    return core::make_error(core::ErrorKind::corrupt,
                            "Frame " + std::to_string(index) + " of " + quoted(file) + " is damaged and can't be decoded.");
}

/// Bits of a sample as the file stores it.
int depth_of(const AVCodecParameters& stream)
{
    const AVPixFmtDescriptor* layout = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(stream.format));
    return layout == nullptr ? 8 : layout->comp[0].depth;
}

/// A picture file, by its name: what the artist called a picture is read as one.
bool is_picture_name(const std::filesystem::path& file)
{
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::array k_endings{".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".exr"};
    return std::find(k_endings.begin(), k_endings.end(), ending) != k_endings.end();
}

core::Picture8 rounded(const core::FrameSequence& still)
{
    core::Picture8 picture{still.height, still.width, {}};
    picture.rgb.reserve(still.rgb.size());
    for (const float value : still.rgb)
        picture.rgb.push_back(static_cast<unsigned char>(std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F));
    return picture;
}

}  // namespace

struct ClipReader::State {
    std::filesystem::path file;
    InputHandle format;
    CodecHandle codec;
    FrameHandle frame{av_frame_alloc()};
    PacketHandle packet{av_packet_alloc()};
    AVStream* stream = nullptr;
    PacketIndex index;
    ClipInfo info;
    PixelReader pixels;
    core::FrameSequence still;  ///< of a picture file: its one frame
    int position = -1;          ///< picture that `frame` holds; -1: none since the last seek
    int fed = -1;               ///< packet (decoding order) last given to the decoder; -1: none since the last seek
    bool ended = false;         ///< the decoder was told that no more packets come
    bool exhausted = false;     ///< and has given its last picture

    [[nodiscard]] core::Result<void> open_codec();
    [[nodiscard]] core::Result<void> decode_to(int wanted);
    [[nodiscard]] bool next();
    void feed();
    void seek(int packet_number);
    [[nodiscard]] int key_before(int wanted) const;
    [[nodiscard]] int picture_at(std::int64_t pts) const;
    [[nodiscard]] std::int64_t pts_of(int picture) const { return index.packets[index.shown[picture]].pts; }
};

core::Result<void> ClipReader::State::open_codec()
{
    const AVCodec* decoder = avcodec_find_decoder(stream->codecpar->codec_id);
    if (decoder == nullptr) return ffmpeg_error(file, "read", AVERROR_DECODER_NOT_FOUND);
    codec.reset(avcodec_alloc_context3(decoder));
    if (!codec || !frame || !packet) return ffmpeg_error(file, "read", AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_to_context(codec.get(), stream->codecpar); code < 0) {
        return ffmpeg_error(file, "read", code);
    }
    codec->pkt_timebase = stream->time_base;
    codec->max_pixels = k_most_pixels;
    codec->thread_count = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
    if (const int code = avcodec_open2(codec.get(), decoder, nullptr); code < 0) return ffmpeg_error(file, "read", code);
    return {};
}

int ClipReader::State::picture_at(std::int64_t pts) const
{
    const auto before = [&](int packet_number, std::int64_t time) { return index.packets[packet_number].pts < time; };
    const auto found = std::lower_bound(index.shown.begin(), index.shown.end(), pts, before);
    if (found == index.shown.end() || index.packets[*found].pts != pts) return -1;
    return static_cast<int>(found - index.shown.begin());
}

/// The packet to start from: the last key frame that comes before the picture both in decoding order and in time (pictures
/// between an open group's key frame and its time need the group before).
int ClipReader::State::key_before(int wanted) const
{
    const std::int64_t pts = pts_of(wanted);
    for (int i = index.shown[wanted]; i > 0; --i) {
        if (index.packets[i].key && index.packets[i].pts <= pts) return i;
    }
    return 0;
}

void ClipReader::State::seek(int packet_number)
{
    avcodec_flush_buffers(codec.get());
    const std::int64_t time = index.packets[packet_number].dts;
    if (av_seek_frame(format.get(), stream->index, time, AVSEEK_FLAG_BACKWARD) < 0) {
        av_seek_frame(format.get(), stream->index, 0, AVSEEK_FLAG_BYTE);
    }
    position = -1;
    fed = -1;
    ended = false;
    exhausted = false;
}

void ClipReader::State::feed()
{
    for (;;) {
        if (av_read_frame(format.get(), packet.get()) < 0) {
            avcodec_send_packet(codec.get(), nullptr);
            ended = true;
            return;
        }
        const bool ours = packet->stream_index == stream->index && (packet->flags & AV_PKT_FLAG_CORRUPT) == 0;
        if (ours) {
            packet->pts = packet_time(*packet);
            const int picture = picture_at(packet->pts);
            if (picture >= 0) fed = index.shown[picture];
            // A damaged packet is skipped; the picture it should have made is reported when it is asked for.
            (void)avcodec_send_packet(codec.get(), packet.get());
        }
        av_packet_unref(packet.get());
        if (ours) return;
    }
}

/// Decodes the next picture into `frame`; false at the end.
bool ClipReader::State::next()
{
    for (;;) {
        const int code = avcodec_receive_frame(codec.get(), frame.get());
        if (code >= 0) {
            const int picture = picture_at(frame->best_effort_timestamp);
            if (picture < 0) continue;
            position = picture;
            return true;
        }
        if (ended) {
            exhausted = true;
            return false;
        }
        feed();
    }
}

core::Result<void> ClipReader::State::decode_to(int wanted)
{
    if (position == wanted) return {};
    const int key = key_before(wanted);
    const bool ahead = position >= 0 && position < wanted && !exhausted;
    if (!ahead || (key > fed && key - fed > 2)) seek(key);
    for (int attempt = 0; attempt < 2; ++attempt) {
        while (position < wanted && next()) {
        }
        if (position == wanted) return {};
        // A seek that landed too late (a file without an index, or with a wrong one) is made good from the start.
        if (attempt == 0) seek(0);
    }
    position = -1;
    return undecodable(file, wanted);
}

ClipReader::ClipReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ClipReader::~ClipReader() = default;

core::Result<std::unique_ptr<ClipReader>> ClipReader::open(const std::filesystem::path& file, std::stop_token stop)
{
    auto state = std::make_unique<State>();
    State& s = *state;
    s.file = file;
    if (is_picture_name(file)) {
        auto still = read_image(file);
        if (!still) return still.error();
        s.still = std::move(*still);
        s.info = {s.still.width, s.still.height, 1, 1, s.still.rate, false, {}, 16};
        return std::unique_ptr<ClipReader>(new ClipReader(std::move(state)));
    }
    auto format = open_input(file);
    if (!format) return format.error();
    s.format = std::move(*format);
    const int number = av_find_best_stream(s.format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (number < 0) return core::make_error(core::ErrorKind::unsupported, quoted(file) + " has no pictures in it.");
    s.stream = s.format->streams[number];
    for (unsigned i = 0; i < s.format->nb_streams; ++i) {
        if (static_cast<int>(i) != number) s.format->streams[i]->discard = AVDISCARD_ALL;
    }
    if (auto opened = s.open_codec(); !opened) return opened.error();
    auto indices = read_index(*s.format, file, stop);
    if (!indices) return indices.error();
    s.index = std::move((*indices)[number]);
    if (s.index.shown.empty()) {
        return core::make_error(core::ErrorKind::corrupt, quoted(file) + " is damaged: no frame of it can be read.");
    }
    s.info = {s.codec->width,
              s.codec->height,
              static_cast<int>(s.index.shown.size()),
              s.index.claimed,
              rate_of(*s.format, *s.stream, s.index),
              false,
              damage_of(s.index),
              depth_of(*s.stream->codecpar)};
    s.info.damaged = !s.info.damage.empty();
    s.seek(0);
    return std::unique_ptr<ClipReader>(new ClipReader(std::move(state)));
}

const ClipInfo& ClipReader::info() const
{
    return state_->info;
}

const std::filesystem::path& ClipReader::file() const
{
    return state_->file;
}

core::Result<std::shared_ptr<const VideoFrame>> ClipReader::frame(int wanted)
{
    State& s = *state_;
    if (wanted < 0 || wanted >= s.info.frames) return no_such_frame(s.file, wanted, s.info.frames);
    if (s.still.frames > 0)
        return std::shared_ptr<const VideoFrame>(std::make_shared<VideoFrame>(VideoFrame{0, rounded(s.still)}));
    if (auto decoded = s.decode_to(wanted); !decoded) return decoded.error();
    auto picture = s.pixels.picture(*s.frame, s.file);
    if (!picture) return picture.error();
    return std::shared_ptr<const VideoFrame>(std::make_shared<VideoFrame>(VideoFrame{wanted, std::move(*picture)}));
}

core::Result<core::FrameSequence> ClipReader::frames(int first, int count, std::stop_token stop)
{
    State& s = *state_;
    if (first < 0 || count < 1 || count > s.info.frames - first)
        return no_such_frame(s.file, first + count - 1, s.info.frames);
    if (s.still.frames > 0) return s.still;
    core::FrameSequence clip{count, 0, 0, s.info.rate, {}};
    for (int i = first; i < first + count; ++i) {
        if (stop.stop_requested()) {
            return core::make_error(core::ErrorKind::cancelled, "Reading " + quoted(s.file) + " was cancelled.");
        }
        if (auto decoded = s.decode_to(i); !decoded) return decoded.error();
        const bool same_size = i == first || (clip.width == s.frame->width && clip.height == s.frame->height);
        if (!same_size) return undecodable(s.file, i);
        clip.width = s.frame->width;
        clip.height = s.frame->height;
        if (auto added = s.pixels.append_float(*s.frame, s.file, clip.rgb); !added) return added.error();
    }
    return clip;
}

}  // namespace kinora::media
