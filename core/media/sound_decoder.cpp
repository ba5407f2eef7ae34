#include "core/media/sound_decoder.h"

#include <algorithm>
#include <numeric>

#include "core/media/media_input.h"
#include "core/media/sound_reader.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

namespace kinora::media {
namespace {

/// Decoders with a memory (MP3's bit reservoir, AAC's overlap) and the resampler's filter have settled after this.
constexpr int k_preroll_seconds = 1;

std::int64_t floor_divide(std::int64_t a, std::int64_t b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

}  // namespace

void FreeResampler::operator()(SwrContext* context) const
{
    swr_free(&context);
}

core::Result<std::unique_ptr<SoundDecoder>> SoundDecoder::open(const std::filesystem::path& file, std::stop_token stop)
{
    std::unique_ptr<SoundDecoder> decoder(new SoundDecoder());
    SoundDecoder& d = *decoder;
    d.file_ = file;
    auto format = open_input(file);
    if (!format) return format.error();
    d.format_ = std::move(*format);
    const int number = av_find_best_stream(d.format_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (number < 0) return core::make_error(core::ErrorKind::unsupported, quoted(file) + " has no sound in it.");
    d.stream_ = d.format_->streams[number];
    const int video = av_find_best_stream(d.format_.get(), AVMEDIA_TYPE_VIDEO, -1, number, nullptr, 0);
    for (unsigned i = 0; i < d.format_->nb_streams; ++i)
        if (static_cast<int>(i) != number) d.format_->streams[i]->discard = AVDISCARD_ALL;
    if (auto opened = d.open_codec(); !opened) return opened.error();
    if (auto opened = d.open_resampler(); !opened) return opened.error();
    auto indices = read_index(*d.format_, file, stop);
    if (!indices) return indices.error();
    const PacketIndex& index = (*indices)[static_cast<std::size_t>(number)];
    if (index.shown.empty())
        return core::make_error(core::ErrorKind::corrupt, quoted(file) + " is damaged: no sound of it can be read.");
    const auto pts = [&](std::size_t i) { return index.packets[static_cast<std::size_t>(index.shown[i])].pts; };
    const std::size_t last = index.shown.size() - 1;
    const std::int64_t spacing = last > 0 ? std::max<std::int64_t>(pts(last) - pts(last - 1), 0) : 0;
    d.first_time_ = pts(0);
    // With pictures, time 0 is when the first of them is shown; their stream tells in another time base.
    const AVStream* pictures = video >= 0 ? d.format_->streams[video] : nullptr;
    const bool cover = pictures && (pictures->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
    // Encoders put silence before the first sound; containers say where it ends.
    std::int64_t start = d.stream_->start_time != AV_NOPTS_VALUE ? d.stream_->start_time : d.first_time_;
    d.sound_start_ = start;
    if (pictures && !cover && pictures->start_time != AV_NOPTS_VALUE)
        start = av_rescale_q(pictures->start_time, pictures->time_base, d.stream_->time_base);
    d.measure(start, last > 0 ? pts(last) + spacing : AV_NOPTS_VALUE);
    d.seek_to_start();
    return decoder;
}

core::Result<void> SoundDecoder::open_codec()
{
    const AVCodec* decoder = avcodec_find_decoder(stream_->codecpar->codec_id);
    if (decoder == nullptr) return ffmpeg_error(file_, "read", AVERROR_DECODER_NOT_FOUND);
    codec_.reset(avcodec_alloc_context3(decoder));
    if (!codec_ || !frame_ || !packet_) return ffmpeg_error(file_, "read", AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_to_context(codec_.get(), stream_->codecpar); code < 0)
        return ffmpeg_error(file_, "read", code);
    codec_->pkt_timebase = stream_->time_base;
    codec_->thread_count = 1;
    if (const int code = avcodec_open2(codec_.get(), decoder, nullptr); code < 0) return ffmpeg_error(file_, "read", code);
    rate_ = codec_->sample_rate;
    if (rate_ < 1000 || rate_ > 1'000'000 || codec_->ch_layout.nb_channels < 1)
        return core::make_error(core::ErrorKind::corrupt, quoted(file_) + " has sound of an impossible rate.");
    const std::int64_t common = std::gcd(rate_, k_mix_rate);
    unit_in_ = rate_ / common;
    unit_out_ = k_mix_rate / common;
    return {};
}

core::Result<void> SoundDecoder::open_resampler()
{
    AVChannelLayout in{};
    AVChannelLayout out{};
    av_channel_layout_default(&out, k_mix_channels);
    if (codec_->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&in, codec_->ch_layout.nb_channels);
    else
        av_channel_layout_copy(&in, &codec_->ch_layout);
    SwrContext* raw = nullptr;
    int code = swr_alloc_set_opts2(&raw, &out, AV_SAMPLE_FMT_FLT, k_mix_rate, &in, codec_->sample_fmt, rate_, 0, nullptr);
    resampler_.reset(raw);
    if (code >= 0 && in.nb_channels == 1) {
        // One channel is heard as loud on both sides as it is.
        const double both[] = {1, 1};
        code = swr_set_matrix(raw, both, 1);
    } else if (code >= 0) {
        // More channels than two are turned down so that their sum can't exceed full scale.
        code = av_opt_set_double(raw, "rematrix_maxval", 1.0, 0);
    }
    if (code >= 0) code = swr_init(raw);
    av_channel_layout_uninit(&in);
    av_channel_layout_uninit(&out);
    if (code < 0) return ffmpeg_error(file_, "read", code);
    return {};
}

void SoundDecoder::measure(std::int64_t start, std::int64_t end)
{
    const AVRational rate{1, rate_};
    const auto in_samples = [&](std::int64_t time) { return av_rescale_q(time, stream_->time_base, rate); };
    origin_ = in_samples(start);
    std::int64_t length = 0;
    if (end != AV_NOPTS_VALUE) length = in_samples(end) - origin_;
    if (stream_->duration != AV_NOPTS_VALUE && stream_->duration > 0) {
        const std::int64_t by_header = in_samples(sound_start_ + stream_->duration) - origin_;
        length = length > 0 ? std::min(length, by_header) : by_header;
    }
    samples_ = std::max<std::int64_t>(0, (length * unit_out_ + unit_in_ - 1) / unit_in_);
}

void SoundDecoder::flush()
{
    avcodec_flush_buffers(codec_.get());
    // Starting the resampler anew is the only way to empty it.
    swr_close(resampler_.get());
    swr_init(resampler_.get());
    placed_ = ended_ = drained_ = false;
}

void SoundDecoder::seek_to_start()
{
    if (av_seek_frame(format_.get(), stream_->index, first_time_, AVSEEK_FLAG_BACKWARD) < 0)
        av_seek_frame(format_.get(), stream_->index, 0, AVSEEK_FLAG_BYTE);
    flush();
}

void SoundDecoder::seek_before(std::int64_t sample)
{
    const std::int64_t wanted =
        floor_divide(sample, unit_out_) * unit_in_ + origin_ - std::int64_t{k_preroll_seconds} * rate_;
    const std::int64_t time = av_rescale_q(wanted, AVRational{1, rate_}, stream_->time_base);
    if (time <= first_time_ || av_seek_frame(format_.get(), stream_->index, time, AVSEEK_FLAG_BACKWARD) < 0)
        return seek_to_start();
    flush();
}

void SoundDecoder::feed()
{
    for (;;) {
        if (av_read_frame(format_.get(), packet_.get()) < 0) {
            avcodec_send_packet(codec_.get(), nullptr);
            ended_ = true;
            return;
        }
        const bool ours = packet_->stream_index == stream_->index && (packet_->flags & AV_PKT_FLAG_CORRUPT) == 0;
        // A damaged packet is skipped: its time is filled with silence when the next one comes.
        if (ours) (void)avcodec_send_packet(codec_.get(), packet_.get());
        av_packet_unref(packet_.get());
        if (ours) return;
    }
}

/// How much silence comes before the decoded frame; false if the frame is of no use.
bool SoundDecoder::place_frame(std::int64_t& silence)
{
    silence = 0;
    const std::int64_t time = frame_->best_effort_timestamp;
    if (time == AV_NOPTS_VALUE) return placed_;
    const std::int64_t begins = av_rescale_q(time, stream_->time_base, AVRational{1, rate_}) - origin_;
    if (!placed_) {
        // Only where input and output samples fall together does the resampler come out the same from every start.
        due_ = floor_divide(begins, unit_in_) * unit_in_;
        made_ = due_ / unit_in_ * unit_out_;
        silence = begins - due_;
        placed_ = true;
        return true;
    }
    // Time stamps of coarse containers (Matroska counts milliseconds) jitter; only a real hole is filled.
    const std::int64_t hole = begins - due_;
    if (hole > rate_ / 50 && hole < std::int64_t{3600} * rate_) silence = hole;
    return true;
}

void SoundDecoder::add_silence(std::int64_t count, std::vector<float>& out)
{
    const bool planar = av_sample_fmt_is_planar(codec_->sample_fmt) != 0;
    const int channels = codec_->ch_layout.nb_channels;
    const bool biased = codec_->sample_fmt == AV_SAMPLE_FMT_U8 || codec_->sample_fmt == AV_SAMPLE_FMT_U8P;
    const auto bytes = static_cast<std::size_t>(av_get_bytes_per_sample(codec_->sample_fmt)) *
                       static_cast<std::size_t>(std::min<std::int64_t>(count, rate_)) *
                       static_cast<std::size_t>(planar ? 1 : channels);
    const std::vector<std::uint8_t> zero(bytes, biased ? 0x80 : 0);
    std::vector<const std::uint8_t*> planes(static_cast<std::size_t>(planar ? channels : 1), zero.data());
    for (std::int64_t left = count; left > 0; left -= rate_)
        convert(planes.data(), static_cast<int>(std::min<std::int64_t>(left, rate_)), out);
    due_ += count;
}

void SoundDecoder::convert(const std::uint8_t** planes, int count, std::vector<float>& out)
{
    const int room = swr_get_out_samples(resampler_.get(), count);
    if (room <= 0) return;
    const std::size_t before = out.size();
    out.resize(before + static_cast<std::size_t>(room) * k_mix_channels);
    auto* target = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const int made = std::max(0, swr_convert(resampler_.get(), &target, room, planes, count));
    out.resize(before + static_cast<std::size_t>(made) * k_mix_channels);
    made_ += made;
}

core::Result<bool> SoundDecoder::next(std::vector<float>& out, std::int64_t& first)
{
    for (;;) {
        const int code = avcodec_receive_frame(codec_.get(), frame_.get());
        if (code >= 0) {
            const bool same = frame_->sample_rate == rate_ && frame_->format == codec_->sample_fmt &&
                              frame_->ch_layout.nb_channels == codec_->ch_layout.nb_channels;
            if (!same)
                return core::make_error(
                    core::ErrorKind::unsupported,
                    "The sound of " + quoted(file_) + " changes its format in the middle; convert it first.");
            std::int64_t silence = 0;
            if (!place_frame(silence)) continue;
            first = made_;
            if (silence > 0) add_silence(silence, out);
            convert(const_cast<const std::uint8_t**>(frame_->extended_data), frame_->nb_samples, out);
            due_ += frame_->nb_samples;
            return true;
        }
        if (ended_) {
            if (drained_ || !placed_) return false;
            drained_ = true;
            first = made_;
            const std::size_t before = out.size();
            convert(nullptr, 0, out);
            return out.size() > before;
        }
        feed();
    }
}

}  // namespace kinora::media
