#include "core/media/frame_encoder.h"

#include <limits>
#include <string>
#include <vector>

#include "core/base/scheduling_guard.h"

namespace kinora::media {
namespace {

constexpr int k_largest_side = 16384;

std::string size_text(int width, int height)
{
    return std::to_string(width) + "×" + std::to_string(height);
}

AVRational rational(core::FrameRate rate)
{
    return {static_cast<int>(rate.numerator), static_cast<int>(rate.denominator)};
}

core::Error refused(const StreamShape& shape, const std::string& reason)
{
    return core::make_error(core::ErrorKind::invalid_argument, quoted(shape.target) + " can't be written: " + reason);
}

bool is_standard(core::FrameRate rate)
{
    using R = core::FrameRate;
    for (const R& known : {R(24000, 1001), R(24), R(25), R(30000, 1001), R(30), R(50), R(60000, 1001), R(60)})
        if (rate == known) return true;
    return false;
}

core::Result<void> check(const EncoderSettings& settings, const StreamShape& shape)
{
    if (shape.width < 1 || shape.height < 1 || shape.width > k_largest_side || shape.height > k_largest_side)
        return refused(shape, "pictures of " + size_text(shape.width, shape.height) +
                                  " are impossible; 1 to 16384 pixels a side are possible.");
    if (shape.width < settings.least_width || shape.height < settings.least_height)
        return refused(shape, "this format needs pictures of at least " +
                                  size_text(settings.least_width, settings.least_height) + ", these are " +
                                  size_text(shape.width, shape.height) + ". Choose another preset.");
    const auto& rate = shape.rate;
    const bool fits = rate.numerator > 0 && rate.denominator > 0 && rate.numerator <= std::numeric_limits<int>::max() &&
                      rate.denominator <= std::numeric_limits<int>::max();
    const std::string fraction = std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator);
    if (!fits || rate.as_double() > 1000 || rate.as_double() < 0.01)
        return refused(shape, "its frame rate of " + fraction + " is impossible.");
    if (settings.standard_rates && !is_standard(rate))
        return refused(shape, "this format holds 23.976, 24, 25, 29.97, 30, 50, 59.94 or 60 frames a second, not " +
                                  fraction + ". Choose one of these rates or another preset.");
    return {};
}

}  // namespace

core::Result<std::unique_ptr<FrameEncoder>> FrameEncoder::open(const EncoderSettings& settings, const StreamShape& shape)
{
    quiet_ffmpeg();
    if (auto checked = check(settings, shape); !checked) return checked.error();
    std::unique_ptr<FrameEncoder> encoder(new FrameEncoder(settings, shape));
    if (auto opened = encoder->open_codec(); !opened) return opened.error();
    return encoder;
}

core::Result<void> FrameEncoder::open_codec()
{
    const AVCodec* encoder = avcodec_find_encoder_by_name(settings_.encoder.c_str());
    if (encoder == nullptr)
        return core::make_error(
            core::ErrorKind::unsupported,
            quoted(shape_.target) + " can't be written: this FFmpeg has no encoder " + settings_.encoder + ".");
    codec_.reset(avcodec_alloc_context3(encoder));
    if (!codec_ || !packet_) return ffmpeg_error(shape_.target, "written", AVERROR(ENOMEM));
    codec_->width = encoded_side(settings_.layout, shape_.width);
    codec_->height = encoded_side(settings_.layout, shape_.height);
    codec_->pix_fmt = pixel_format(settings_.layout);
    codec_->framerate = rational(shape_.rate);
    codec_->time_base = av_inv_q(codec_->framerate);
    codec_->sample_aspect_ratio = {1, 1};
    codec_->thread_count = settings_.threads;
    codec_->flags |= AV_CODEC_FLAG_BITEXACT;
    if (shape_.global_header) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (settings_.group_size > 0) codec_->gop_size = settings_.group_size;
    if (settings_.b_frames >= 0) codec_->max_b_frames = settings_.b_frames;
    if (settings_.codec_tag.size() == 4)
        codec_->codec_tag =
            MKTAG(settings_.codec_tag[0], settings_.codec_tag[1], settings_.codec_tag[2], settings_.codec_tag[3]);
    tag_codec(*codec_, settings_);
    Dictionary options;
    for (const auto& [key, value] : settings_.options)
        options.set(key, value);
    const core::SchedulingGuard guard;
    const int code = avcodec_open2(codec_.get(), encoder, options.address());
    if (code < 0) return ffmpeg_error(shape_.target, "written", code);
    const AVDictionaryEntry* unknown = av_dict_get(options.get(), "", nullptr, AV_DICT_IGNORE_SUFFIX);
    if (unknown == nullptr) return {};
    return core::make_error(core::ErrorKind::unsupported, quoted(shape_.target) + " can't be written: this FFmpeg's " +
                                                              settings_.encoder + " doesn't know the setting " +
                                                              unknown->key + ".");
}

core::Result<void> FrameEncoder::send(std::span<const float> rgb, std::span<const float> alpha, const PutPacket& put)
{
    const std::size_t pixels = static_cast<std::size_t>(shape_.width) * static_cast<std::size_t>(shape_.height);
    if (rgb.size() != pixels * 3 || (!alpha.empty() && alpha.size() != pixels))
        return refused(shape_, "a frame has the wrong size.");
    auto frame = filler_.fill(rgb, alpha);
    if (!frame) return frame.error();
    (*frame)->pts = sent_;
    if (const int code = avcodec_send_frame(codec_.get(), frame->get()); code < 0)
        return ffmpeg_error(shape_.target, "written", code);
    ++sent_;
    return drain(put);
}

core::Result<void> FrameEncoder::finish(const PutPacket& put)
{
    finished_ = true;
    if (const int code = avcodec_send_frame(codec_.get(), nullptr); code < 0)
        return ffmpeg_error(shape_.target, "written", code);
    return drain(put);
}

FrameEncoder::~FrameEncoder()
{
    if (codec_ && settings_.encoder == "libsvtav1") give_up();
}

/// SVT-AV1 waits at its close until its last picture has come out, and for ever if it was given none: it gets one, is told
/// the end, and what it still gives is thrown away.
void FrameEncoder::give_up()
{
    if (avcodec_is_open(codec_.get()) == 0) return;
    if (sent_ == 0) {
        const std::vector<float> black(static_cast<std::size_t>(shape_.width) * static_cast<std::size_t>(shape_.height) * 3);
        const auto frame = filler_.fill(black, {});
        if (!frame) return;
        (*frame)->pts = 0;
        if (avcodec_send_frame(codec_.get(), frame->get()) < 0) return;
    }
    if (!finished_ && avcodec_send_frame(codec_.get(), nullptr) < 0) return;
    while (avcodec_receive_packet(codec_.get(), packet_.get()) == 0)
        av_packet_unref(packet_.get());
}

core::Result<void> FrameEncoder::drain(const PutPacket& put)
{
    for (;;) {
        const int code = avcodec_receive_packet(codec_.get(), packet_.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
        if (code < 0) return ffmpeg_error(shape_.target, "written", code);
        packet_->duration = 1;  // constant rate: every picture lasts one unit of the encoder's time base
        if (auto done = put(*packet_); !done) return done;
        av_packet_unref(packet_.get());
    }
}

}  // namespace kinora::media
