#include "core/media/media_input.h"

#include <algorithm>
#include <climits>
#include <numeric>

namespace kinora::media {
namespace {

constexpr const char* k_containers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mxf,gif,ivf,mpegts,mpeg,flv,h264,hevc,m4v,dv,ogg,apng,"
    "wav,flac,mp3,aac,aiff,caf,w64";

/// Longer than any clip an artist cuts; a crafted file can't make the index take more than this.
constexpr std::size_t k_most_packets = 20'000'000;

void sort_by_presentation(PacketIndex& index)
{
    index.shown.resize(index.packets.size());
    std::iota(index.shown.begin(), index.shown.end(), 0);
    const auto pts = [&](int i) { return index.packets[i].pts; };
    std::stable_sort(index.shown.begin(), index.shown.end(), [&](int a, int b) { return pts(a) < pts(b); });
    const auto same = [&](int a, int b) { return pts(a) == pts(b); };
    index.shown.erase(std::unique(index.shown.begin(), index.shown.end(), same), index.shown.end());
}

}  // namespace

core::Result<InputHandle> open_header(const std::filesystem::path& file)
{
    quiet_ffmpeg();
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {
        return core::make_error(core::ErrorKind::invalid_argument, quoted(file) + " is a folder, not a media file.");
    }
    Dictionary options;
    options.set("protocol_whitelist", "file");
    options.set("format_whitelist", k_containers);
    AVFormatContext* raw = nullptr;
    const int code = avformat_open_input(&raw, file_url(file).c_str(), nullptr, options.address());
    InputHandle format(raw);
    // A format that isn't on the list is refused as an invalid argument.
    if (code == AVERROR(EINVAL)) return ffmpeg_error(file, "read", AVERROR_INVALIDDATA);
    if (code < 0) return ffmpeg_error(file, "read", code);
    return format;
}

core::Result<InputHandle> open_input(const std::filesystem::path& file)
{
    auto format = open_header(file);
    if (!format) return format;
    const int code = avformat_find_stream_info(format->get(), nullptr);
    if (code < 0) return ffmpeg_error(file, "read", code);
    return format;
}

std::int64_t packet_time(const AVPacket& packet)
{
    return packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
}

core::Result<std::vector<PacketIndex>> read_index(AVFormatContext& format, const std::filesystem::path& file,
                                                  std::stop_token stop)
{
    std::vector<PacketIndex> indices(format.nb_streams);
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        indices[i].claimed = static_cast<int>(std::clamp<std::int64_t>(format.streams[i]->nb_frames, 0, INT_MAX));
    }
    const PacketHandle packet(av_packet_alloc());
    if (!packet) return ffmpeg_error(file, "read", AVERROR(ENOMEM));
    std::size_t total = 0;
    while (av_read_frame(&format, packet.get()) >= 0) {
        if (stop.stop_requested()) {
            return core::make_error(core::ErrorKind::cancelled, "Reading " + quoted(file) + " was cancelled.");
        }
        const bool known = packet->stream_index >= 0 && static_cast<std::size_t>(packet->stream_index) < indices.size();
        const bool torn = (packet->flags & AV_PKT_FLAG_CORRUPT) != 0 || packet->size == 0;
        if (known && !torn) {
            PacketIndex& index = indices[packet->stream_index];
            ++index.whole;
            const bool hidden = (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
            if (!hidden && packet_time(*packet) != AV_NOPTS_VALUE) {
                const std::int64_t dts = packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts;
                index.packets.push_back({packet_time(*packet), dts, (packet->flags & AV_PKT_FLAG_KEY) != 0});
            }
        }
        av_packet_unref(packet.get());
        if (++total > k_most_packets) {
            return core::make_error(core::ErrorKind::unsupported, quoted(file) + " is too long to be opened.");
        }
    }
    for (PacketIndex& index : indices)
        sort_by_presentation(index);
    return indices;
}

core::FrameRate rate_of(AVFormatContext& format, AVStream& stream, const PacketIndex& index)
{
    const auto& shown = index.shown;
    const auto pts = [&](std::size_t i) { return index.packets[shown[i]].pts; };
    const std::int64_t step = shown.size() > 1 ? pts(1) - pts(0) : 0;
    bool even = step > 0 && stream.time_base.num > 0;
    for (std::size_t i = 2; even && i < shown.size(); ++i)
        even = pts(i) - pts(i - 1) == step;
    // Steps of a few ticks are rounded ones (Matroska counts milliseconds): the header's guess is better then.
    const bool fine = even && (step >= 100 || stream.time_base.den <= 120);
    const bool sane = fine && stream.time_base.den <= 1000 * step * stream.time_base.num;
    if (sane) return core::FrameRate(stream.time_base.den, stream.time_base.num * step);
    const AVRational guess = av_guess_frame_rate(&format, &stream, nullptr);
    if (guess.num > 0 && guess.den > 0) return core::FrameRate(guess.num, guess.den);
    if (even) return core::FrameRate(stream.time_base.den, stream.time_base.num * step);
    return core::FrameRate(24);
}

std::string damage_of(const PacketIndex& index)
{
    if (index.whole >= index.claimed) return {};
    return std::to_string(index.whole) + " of " + std::to_string(index.claimed) + " frames can be read";
}

}  // namespace kinora::media
