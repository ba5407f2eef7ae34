#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace kinora::tests {

/// Two-channel silence of so many samples with single loud samples in it, interleaved.
[[nodiscard]] std::vector<float> clicks(std::int64_t samples, const std::vector<std::int64_t>& at, float level);

/// Two-channel sine of a frequency.
[[nodiscard]] std::vector<float> sine(std::int64_t samples, double hertz, int rate, float level);

/// A WAV file of 32-bit float samples; `channels` of interleaved `sound`.
void write_wav(const std::filesystem::path& file, const std::vector<float>& sound, int rate, int channels = 2);

/// Everything that is heard of a file, through `SoundReader`.
[[nodiscard]] std::vector<float> whole_sound(const std::filesystem::path& file);

/// The sample (of the first channel) with the largest magnitude.
[[nodiscard]] std::int64_t loudest_sample(const std::vector<float>& sound);

}  // namespace kinora::tests
