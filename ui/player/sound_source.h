#pragma once

#include <cstdint>
#include <span>

namespace kinora::ui {

/// What playback sounds like: stereo at 48 kHz, by sample number from the start of the clip or of the storyboard. Read on
/// the thread of the sound, in runs that mostly follow each other.
class SoundSource {
public:
    static constexpr int k_rate = 48'000;

    SoundSource() = default;
    SoundSource(const SoundSource&) = delete;
    SoundSource& operator=(const SoundSource&) = delete;
    virtual ~SoundSource() = default;

    /// Fills `stereo` (left, right, left, …) with the samples from `first` on; silence where there is nothing to hear.
    virtual void read(std::int64_t first, std::span<float> stereo) = 0;
};

}  // namespace kinora::ui
