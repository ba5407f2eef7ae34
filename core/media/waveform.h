#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::media {

/// The lowest and the highest sample of a stretch of sound, both channels together; 127 is full scale.
struct Peak {
    std::int8_t low = 0;
    std::int8_t high = 0;
    friend bool operator==(const Peak&, const Peak&) = default;
};

/// The outline of a file's sound in several resolutions: a level has one peak for `k_first_stretch << (2 · level)` samples
/// at 48 kHz (256, 1024, 4096 …). A minute takes about 30 kB. A value; safe to read from any thread.
class Waveform {
public:
    static constexpr std::int64_t k_first_stretch = 256;

    Waveform() = default;
    /// From the finest level on; the others are made from it.
    Waveform(std::vector<Peak> finest, std::int64_t samples);

    [[nodiscard]] std::int64_t samples() const { return samples_; }
    [[nodiscard]] bool empty() const { return levels_.empty(); }
    /// The peak of the samples [first, end), from the coarsest level that is fine enough: a few steps, whatever the length.
    /// Silence outside.
    [[nodiscard]] Peak peak(std::int64_t first, std::int64_t end) const;
    /// One peak a column: column `i` of `columns` shows samples `first + i · per_column` to `first + (i + 1) · per_column`.
    [[nodiscard]] std::vector<Peak> columns(std::int64_t first, double per_column, int columns) const;
    [[nodiscard]] const std::vector<Peak>& finest() const { return levels_.front(); }

private:
    std::vector<std::vector<Peak>> levels_;
    std::int64_t samples_ = 0;
};

/// Decodes a whole file (about 100 times as fast as it plays): call it from a worker. Errors as `SoundReader::open`.
[[nodiscard]] core::Result<Waveform> make_waveform(const std::filesystem::path& file, std::stop_token stop = {});

/// The same with a file in `cache_folder` to remember it by, named by the file's path, size and time. A cache that can't be
/// written or read is done without.
[[nodiscard]] core::Result<Waveform> cached_waveform(const std::filesystem::path& file,
                                                     const std::filesystem::path& cache_folder, std::stop_token stop = {});

}  // namespace kinora::media
