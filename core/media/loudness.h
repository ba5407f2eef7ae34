#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "core/base/result.h"
#include "core/media/video_writer.h"

namespace kinora::media {

/// How loud something is, by EBU R128 (ITU-R BS.1770-4).
struct Loudness {
    double integrated = -70;  ///< LUFS of the whole; -70: silence
    double range = 0;         ///< LU
    double true_peak = -120;  ///< dBTP
    double momentary = -70;   ///< LUFS, the loudest 400 ms
};

/// Measures sound by FFmpeg's `ebur128`: 48 kHz, two channels interleaved.
class LoudnessMeter {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<LoudnessMeter>> create();
    ~LoudnessMeter();
    LoudnessMeter(const LoudnessMeter&) = delete;
    LoudnessMeter& operator=(const LoudnessMeter&) = delete;

    [[nodiscard]] core::Result<void> add(std::span<const float> interleaved);
    /// Of everything so far.
    [[nodiscard]] Loudness loudness() const;

private:
    struct State;
    explicit LoudnessMeter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Loudness of the first `samples` of a feed. `cancelled`, or the feed's own error.
[[nodiscard]] core::Result<Loudness> measure_loudness(const SoundFeed& feed, std::int64_t samples,
                                                      const std::stop_token& stop);

/// What normalising does.
struct LoudnessReport {
    Loudness before;
    double gain = 1;          ///< linear
    double integrated = -70;  ///< LUFS after it
    bool held_back = false;   ///< less than asked for: the peaks would have gone over -1 dBTP
};

/// The gain that brings a sound to `target` LUFS (unset: none) without its true peak going over -1 dBTP (EBU R128 s1: no
/// limiter changes the mix). Silence stays as it is.
[[nodiscard]] LoudnessReport plan_gain(const Loudness& loudness, std::optional<double> target);

[[nodiscard]] SoundFeed with_gain(SoundFeed feed, double gain);

}  // namespace kinora::media
