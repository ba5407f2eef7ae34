#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/media/encoder_settings.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/video_writer.h"

namespace kinora::media {

/// The sound stream of a file that is being written: pulls samples from a feed and encodes them. Part of `VideoWriter`.
class SoundStream {
public:
    using PutPacket = std::function<core::Result<void>(AVPacket&)>;

    /// Adds a stream to a file whose header isn't written yet. `unsupported` if this FFmpeg lacks the encoder.
    [[nodiscard]] static core::Result<std::unique_ptr<SoundStream>> add(AVFormatContext& format,
                                                                        const EncoderSettings& settings, SoundFeed feed,
                                                                        const std::filesystem::path& target);

    /// Encodes until `samples` have been taken from the feed in all.
    [[nodiscard]] core::Result<void> advance(std::int64_t samples, const PutPacket& put);
    /// The rest of the encoder.
    [[nodiscard]] core::Result<void> finish(const PutPacket& put);
    [[nodiscard]] std::int64_t samples() const { return taken_; }

private:
    SoundStream() = default;
    [[nodiscard]] core::Result<void> open_codec(const EncoderSettings& settings, bool global_header);
    [[nodiscard]] core::Result<void> encode(int count, const PutPacket& put);
    [[nodiscard]] core::Result<void> drain(const PutPacket& put);

    std::filesystem::path target_;
    SoundFeed feed_;
    CodecHandle codec_;
    FrameHandle frame_{av_frame_alloc()};
    PacketHandle packet_{av_packet_alloc()};
    AVStream* stream_ = nullptr;
    std::vector<float> waiting_;  ///< taken from the feed, not encoded: encoders with a frame size take whole ones
    std::int64_t taken_ = 0;
    std::int64_t encoded_ = 0;
};

}  // namespace kinora::media
