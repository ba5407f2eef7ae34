#pragma once

#include <filesystem>
#include <optional>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/time/rational_time.h"

namespace kinora::inference {
class WanGenerator;
}

namespace kinora::cli {

/// A clip's pictures, or a range of them: latents (`.safetensors`) are decoded in float, a video is read. Errors name the
/// file; `invalid_argument` for a range that it hasn't got.
[[nodiscard]] core::Result<core::FrameSequence> read_clip_pictures(const std::filesystem::path& file,
                                                                   std::optional<core::FrameRange> range,
                                                                   inference::WanGenerator& engine);

/// The frames [range) of a clip. Precondition: it has them.
[[nodiscard]] core::FrameSequence part_of_clip(const core::FrameSequence& clip, core::FrameRange range);

}  // namespace kinora::cli
