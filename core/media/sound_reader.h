#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>

#include "core/base/result.h"

namespace kinora::media {

/// Samples a second of everything that is mixed, two channels, interleaved float of about −1…1.
inline constexpr int k_mix_rate = 48000;
inline constexpr int k_mix_channels = 2;

/// Sample-exact random access to the sound of a file, resampled and mixed down to two channels at 48 kHz. Sample 0 is heard
/// with the first picture where the file has pictures, else it is the first sound. One thread at a time.
class SoundReader {
public:
    /// Reads the packets' time stamps, decodes nothing. Errors: `not_found`, `corrupt`, `unsupported` (no sound, no
    /// decoder), `cancelled`.
    [[nodiscard]] static core::Result<std::unique_ptr<SoundReader>> open(const std::filesystem::path& file,
                                                                         std::stop_token stop = {});
    ~SoundReader();
    SoundReader(const SoundReader&) = delete;
    SoundReader& operator=(const SoundReader&) = delete;

    /// Length at 48 kHz.
    [[nodiscard]] std::int64_t samples() const;
    [[nodiscard]] const std::filesystem::path& file() const;

    /// Fills `out` (a multiple of two floats) from a sample on; silence outside the file. Cheap where the last call ended.
    /// `corrupt` where the file can't be decoded there.
    [[nodiscard]] core::Result<void> read(std::int64_t start, std::span<float> out);

private:
    struct State;
    explicit SoundReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kinora::media
