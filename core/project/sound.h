#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/project/asset.h"

namespace kinora::core {

/// Gain of clips and tracks stays between these.
inline constexpr float k_least_gain_db = -96;
inline constexpr float k_most_gain_db = 24;

/// Half-open range of samples at `k_sample_rate`.
using SampleRange = FrameRange;

/// A part of an asset's sound on a track.
///
///     start (project frame)
///       |  ╱▔▔▔▔▔▔▔▔╲  |      fade_in, fade_out: project frames, linear in amplitude
struct SoundClip {
    std::string id;
    std::string asset;
    std::int64_t start = 0;  ///< project frame
    SampleRange source;      ///< samples of the asset, at `k_sample_rate`
    float gain_db = 0;
    std::int64_t fade_in = 0;
    std::int64_t fade_out = 0;
    bool mute = false;
    std::string unknown;
    friend bool operator==(const SoundClip&, const SoundClip&) = default;
};

/// Sound clips side by side, never over each other. Tracks don't ripple with the shots: a clip stays at its project frame.
struct SoundTrack {
    std::string id;
    std::string name;
    bool mute = false;
    float gain_db = 0;
    std::vector<SoundClip> clips;  ///< ascending by start
    std::string unknown;
    friend bool operator==(const SoundTrack&, const SoundTrack&) = default;
};

/// The sample at which a project frame begins, to the nearest; exact for whole rates (2000 a frame at 24).
[[nodiscard]] std::int64_t sample_of_frame(std::int64_t frame, FrameRate project_rate);
/// The project frame during which a sample is heard.
[[nodiscard]] std::int64_t frame_of_sample(std::int64_t sample, FrameRate project_rate);

/// Where a clip is heard, in samples of the storyboard.
[[nodiscard]] SampleRange heard_samples(const SoundClip& clip, FrameRate project_rate);
/// The project frames that a clip touches: the last may be filled in part.
[[nodiscard]] FrameRange heard_frames(const SoundClip& clip, FrameRate project_rate);

}  // namespace kinora::core
