#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "core/base/result.h"
#include "core/media/encoder_settings.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/picture_filler.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

/// What one picture stream is encoded from. `target` is named in messages.
struct StreamShape {
    int width = 0;
    int height = 0;
    core::FrameRate rate{24};
    bool global_header = false;
    std::filesystem::path target;
};

/// Float pictures in, packets out: the encoder of `VideoWriter`, and by itself for measuring how large a file becomes.
class FrameEncoder {
public:
    using PutPacket = std::function<core::Result<void>(AVPacket&)>;

    /// Errors: `invalid_argument` (size, rate), `unsupported` (no such encoder or setting in this FFmpeg).
    [[nodiscard]] static core::Result<std::unique_ptr<FrameEncoder>> open(const EncoderSettings& settings,
                                                                          const StreamShape& shape);

    ~FrameEncoder();
    FrameEncoder(const FrameEncoder&) = delete;
    FrameEncoder& operator=(const FrameEncoder&) = delete;

    /// One frame, `[height, width, 3]`; `alpha` `[height, width]` or empty. Packets that are ready go to `put`, in the
    /// codec's time base, each one unit long.
    [[nodiscard]] core::Result<void> send(std::span<const float> rgb, std::span<const float> alpha, const PutPacket& put);
    /// The rest.
    [[nodiscard]] core::Result<void> finish(const PutPacket& put);

    [[nodiscard]] const AVCodecContext& codec() const { return *codec_; }
    [[nodiscard]] int sent() const { return sent_; }

private:
    FrameEncoder(const EncoderSettings& settings, const StreamShape& shape)
        : settings_(settings), shape_(shape), filler_(settings, shape.width, shape.height)
    {
    }
    [[nodiscard]] core::Result<void> open_codec();
    [[nodiscard]] core::Result<void> drain(const PutPacket& put);
    void give_up();

    EncoderSettings settings_;
    StreamShape shape_;
    PictureFiller filler_;
    CodecHandle codec_;
    PacketHandle packet_{av_packet_alloc()};
    int sent_ = 0;
    bool finished_ = false;
};

}  // namespace kinora::media
