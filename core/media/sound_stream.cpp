#include "core/media/sound_stream.h"

#include <algorithm>
#include <cmath>

#include "core/media/sound_reader.h"

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace kinora::media {
namespace {

/// Samples encoded at once where the encoder takes any number.
constexpr int k_free_frame = 4096;

/// Interleaved floats into the encoder's own kind of samples. 24-bit PCM takes the upper bytes of 32, so it is rounded to
/// those.
void fill_frame(AVFrame& frame, AVSampleFormat format, const float* from, int count)
{
    for (int channel = 0; channel < k_mix_channels; ++channel) {
        for (int i = 0; i < count; ++i) {
            const float sample = std::clamp(from[i * k_mix_channels + channel], -1.0F, 1.0F);
            if (format == AV_SAMPLE_FMT_FLTP) {
                reinterpret_cast<float*>(frame.extended_data[channel])[i] = sample;
            } else if (format == AV_SAMPLE_FMT_FLT) {
                reinterpret_cast<float*>(frame.data[0])[i * k_mix_channels + channel] = sample;
            } else {
                const auto whole = static_cast<std::int32_t>(std::lround(static_cast<double>(sample) * 8388607.0));
                reinterpret_cast<std::int32_t*>(frame.data[0])[i * k_mix_channels + channel] = whole * 256;
            }
        }
    }
}

/// The first of the encoder's kinds of samples that can be filled.
AVSampleFormat sample_format(const AVSampleFormat* known)
{
    for (; *known != AV_SAMPLE_FMT_NONE; ++known)
        if (*known == AV_SAMPLE_FMT_FLTP || *known == AV_SAMPLE_FMT_FLT || *known == AV_SAMPLE_FMT_S32) return *known;
    return AV_SAMPLE_FMT_NONE;
}

}  // namespace

core::Result<std::unique_ptr<SoundStream>> SoundStream::add(AVFormatContext& format, const EncoderSettings& settings,
                                                            SoundFeed feed, const std::filesystem::path& target)
{
    std::unique_ptr<SoundStream> sound(new SoundStream());
    sound->target_ = target;
    sound->feed_ = std::move(feed);
    const bool global_header = (format.oformat->flags & AVFMT_GLOBALHEADER) != 0;
    if (auto opened = sound->open_codec(settings, global_header); !opened) return opened.error();
    sound->stream_ = avformat_new_stream(&format, nullptr);
    if (sound->stream_ == nullptr) return ffmpeg_error(target, "written", AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_from_context(sound->stream_->codecpar, sound->codec_.get()); code < 0)
        return ffmpeg_error(target, "written", code);
    sound->stream_->time_base = sound->codec_->time_base;
    return sound;
}

core::Result<void> SoundStream::open_codec(const EncoderSettings& settings, bool global_header)
{
    const AVCodec* encoder = avcodec_find_encoder_by_name(settings.sound_encoder.c_str());
    if (encoder == nullptr)
        return core::make_error(
            core::ErrorKind::unsupported,
            quoted(target_) + " can't be written: this FFmpeg has no encoder " + settings.sound_encoder + ".");
    codec_.reset(avcodec_alloc_context3(encoder));
    if (!codec_ || !frame_ || !packet_) return ffmpeg_error(target_, "written", AVERROR(ENOMEM));
    codec_->sample_rate = k_mix_rate;
    codec_->time_base = {1, k_mix_rate};
    codec_->sample_fmt = encoder->sample_fmts == nullptr ? AV_SAMPLE_FMT_S32 : sample_format(encoder->sample_fmts);
    av_channel_layout_default(&codec_->ch_layout, k_mix_channels);
    if (settings.sound_bit_rate > 0) codec_->bit_rate = settings.sound_bit_rate;
    codec_->flags |= AV_CODEC_FLAG_BITEXACT;
    if (global_header) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    const int code = avcodec_open2(codec_.get(), encoder, nullptr);
    return code < 0 ? core::Result<void>(ffmpeg_error(target_, "written", code)) : core::Result<void>();
}

core::Result<void> SoundStream::advance(std::int64_t samples, const PutPacket& put)
{
    while (taken_ < samples) {
        const std::int64_t count = std::min<std::int64_t>(samples - taken_, k_mix_rate);
        const std::size_t before = waiting_.size();
        waiting_.resize(before + static_cast<std::size_t>(count) * k_mix_channels);
        if (auto fed = feed_(taken_, std::span(waiting_).subspan(before)); !fed) return fed;
        taken_ += count;
    }
    const auto waiting = [&] { return static_cast<int>(waiting_.size()) / k_mix_channels; };
    if (codec_->frame_size > 0) {
        while (waiting() >= codec_->frame_size)
            if (auto encoded = encode(codec_->frame_size, put); !encoded) return encoded;
    } else {
        while (waiting() > 0)
            if (auto encoded = encode(std::min(waiting(), k_free_frame), put); !encoded) return encoded;
    }
    return {};
}

core::Result<void> SoundStream::encode(int count, const PutPacket& put)
{
    AVFrame& frame = *frame_;
    av_frame_unref(&frame);
    frame.format = codec_->sample_fmt;
    frame.nb_samples = count;
    frame.sample_rate = k_mix_rate;
    frame.pts = encoded_;
    int code = av_channel_layout_copy(&frame.ch_layout, &codec_->ch_layout);
    if (code >= 0) code = av_frame_get_buffer(&frame, 0);
    if (code < 0) return ffmpeg_error(target_, "written", code);
    fill_frame(frame, codec_->sample_fmt, waiting_.data(), count);
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count) * k_mix_channels);
    encoded_ += count;
    code = avcodec_send_frame(codec_.get(), &frame);
    if (code < 0) return ffmpeg_error(target_, "written", code);
    return drain(put);
}

core::Result<void> SoundStream::drain(const PutPacket& put)
{
    for (;;) {
        const int code = avcodec_receive_packet(codec_.get(), packet_.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
        if (code < 0) return ffmpeg_error(target_, "written", code);
        av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
        packet_->stream_index = stream_->index;
        if (auto written = put(*packet_); !written) return written;
    }
}

core::Result<void> SoundStream::finish(const PutPacket& put)
{
    const int left = static_cast<int>(waiting_.size()) / k_mix_channels;
    if (left > 0)
        if (auto encoded = encode(left, put); !encoded) return encoded;
    if (const int code = avcodec_send_frame(codec_.get(), nullptr); code < 0) return ffmpeg_error(target_, "written", code);
    return drain(put);
}

}  // namespace kinora::media
