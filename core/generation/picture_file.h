#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::core {

/// Largest picture that is read: 16384 pixels a side and 64 megapixels in all, so that a crafted header can't exhaust
/// memory.
inline constexpr int k_largest_picture_side = 16384;
inline constexpr long long k_largest_picture_pixels = 64LL * 1024 * 1024;

/// One frame rounded to 8 bit. Values outside 0…1 (and NaN) are clamped.
[[nodiscard]] Picture8 to_picture8(const FrameSequence& clip, int frame);

/// A picture as a clip of one frame.
[[nodiscard]] FrameSequence to_frames(const Picture8& picture, FrameRate rate = FrameRate{12});

/// Writes an 8-bit RGB PNG, tagged sRGB. The file appears whole or not at all; an existing one is replaced.
/// Errors: `invalid_argument` (impossible picture), `not_found` (no such folder), `disk_full`, `io`.
[[nodiscard]] Result<void> write_png(const std::filesystem::path& file, const Picture8& picture);

/// Writes one frame of a clip as a 16-bit RGB PNG. As `write_png` otherwise.
[[nodiscard]] Result<void> write_png16(const std::filesystem::path& file, const FrameSequence& clip, int frame);

/// Reads a PNG of any kind (grey, palette, 8 or 16 bit, interlaced) as 8-bit RGB. Transparent parts are laid over black.
/// Errors: `not_found`, `corrupt` (names file and reason), `unsupported` (too large).
[[nodiscard]] Result<Picture8> read_png(const std::filesystem::path& file);

/// As `read_png`, with all 16 bits kept: a clip of one frame.
[[nodiscard]] Result<FrameSequence> read_png_frames(const std::filesystem::path& file, FrameRate rate = FrameRate{12});

}  // namespace kinora::core
