#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::media {

/// Reads a still picture (PNG, JPEG, WebP, TIFF, BMP, whatever FFmpeg decodes) as a clip of one float frame with all its
/// bits. Orientation tags are followed, transparent parts are laid over black, names are taken literally (`%`, `:`).
/// Errors: `not_found`, `corrupt` (names the file), `unsupported` (larger than 64 megapixels or 256 MiB).
[[nodiscard]] core::Result<core::FrameSequence> read_image(const std::filesystem::path& file);

}  // namespace kinora::media
