#pragma once

#include "core/generation/frames.h"
#include "core/time/rational_time.h"

namespace kinora::cli {

/// Frames [first, end) of a clip. Precondition: they lie within it.
[[nodiscard]] inline core::FrameSequence cut(const core::FrameSequence& clip, core::FrameRange range)
{
    core::FrameSequence part{static_cast<int>(range.length()), clip.height, clip.width, clip.rate, {}};
    const auto size = static_cast<std::ptrdiff_t>(clip.frame_size());
    part.rgb.assign(clip.rgb.begin() + size * range.first, clip.rgb.begin() + size * range.end);
    return part;
}

}  // namespace kinora::cli
