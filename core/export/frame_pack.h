#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/time/rational_time.h"

namespace kinora::media {

/// A take's frames kept as the decoder made them, at half precision (11 bits of mantissa: finer than 10-bit video
/// everywhere), packed without further loss: bytes split, neighbours subtracted, deflated. A text line of JSON, a table of
/// offsets, then one block a frame; all numbers little-endian.
///
///     KINORA-FRAMES 1\n{"frames":33,"width":…,"height":…,"rate":"12/1"}\n  offsets[frames + 1]  blocks…
///
/// Written as a whole or not at all. Errors: `disk_full`, `io`, `cancelled`.
[[nodiscard]] core::Result<void> write_frame_pack(const std::filesystem::path& file, const core::FrameSequence& clip,
                                                  std::stop_token stop = {});

/// Random access to a pack's frames. Not thread-safe.
class FramePack {
public:
    /// Reads the header only. `not_found`, `corrupt` (names the file), `io`.
    [[nodiscard]] static core::Result<std::unique_ptr<FramePack>> open(const std::filesystem::path& file);
    [[nodiscard]] int frames() const { return frames_; }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] core::FrameRate rate() const { return rate_; }
    [[nodiscard]] core::Result<core::FrameSequence> read(core::FrameRange range, const std::stop_token& stop) const;

private:
    FramePack() = default;
    std::filesystem::path file_;
    int frames_ = 0;
    int width_ = 0;
    int height_ = 0;
    core::FrameRate rate_;
    std::uint64_t start_ = 0;  ///< of the blocks
    std::vector<std::uint64_t> offsets_;
};

/// IEEE 754 half precision, rounded to nearest even.
[[nodiscard]] std::uint16_t to_half(float value);
[[nodiscard]] float from_half(std::uint16_t half);

}  // namespace kinora::media
