#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/media/ffmpeg_handles.h"

struct SwrContext;

namespace kinora::media {

struct FreeResampler {
    void operator()(SwrContext* context) const;
};
using ResamplerHandle = std::unique_ptr<SwrContext, FreeResampler>;

/// The best sound stream of a file as 48 kHz stereo, in order from wherever it was sent to. Under `SoundReader`, which gives
/// random access.
class SoundDecoder {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<SoundDecoder>> open(const std::filesystem::path& file,
                                                                          std::stop_token stop);

    [[nodiscard]] std::int64_t samples() const { return samples_; }
    /// Goes to some place before `sample` from which decoding comes out exactly as if it had begun at the start.
    void seek_before(std::int64_t sample);
    void seek_to_start();
    /// Appends what comes next to `out` (interleaved) and gives the 48 kHz sample that its first one is. Nothing at the end;
    /// `corrupt` if nothing can be decoded.
    [[nodiscard]] core::Result<bool> next(std::vector<float>& out, std::int64_t& first);

private:
    SoundDecoder() = default;
    [[nodiscard]] core::Result<void> open_codec();
    [[nodiscard]] core::Result<void> open_resampler();
    void measure(std::int64_t start, std::int64_t end);
    void flush();
    void feed();
    [[nodiscard]] bool place_frame(std::int64_t& silence);
    void add_silence(std::int64_t count, std::vector<float>& out);
    void convert(const std::uint8_t** planes, int count, std::vector<float>& out);

    std::filesystem::path file_;
    InputHandle format_;
    CodecHandle codec_;
    ResamplerHandle resampler_;
    FrameHandle frame_{av_frame_alloc()};
    PacketHandle packet_{av_packet_alloc()};
    AVStream* stream_ = nullptr;
    int rate_ = 0;                  ///< of the file
    std::int64_t unit_in_ = 1;      ///< input samples after which input and output samples fall together again …
    std::int64_t unit_out_ = 1;     ///< … and output samples in that time
    std::int64_t origin_ = 0;       ///< input sample that is heard at time 0
    std::int64_t first_time_ = 0;   ///< of the stream, in its time base
    std::int64_t sound_start_ = 0;  ///< when its first sample is heard, in the same
    std::int64_t samples_ = 0;
    std::int64_t due_ = 0;   ///< input sample that the next frame should begin with
    std::int64_t made_ = 0;  ///< output sample that comes next
    bool placed_ = false;    ///< `due_` and `made_` are known
    bool ended_ = false;
    bool drained_ = false;
};

}  // namespace kinora::media
