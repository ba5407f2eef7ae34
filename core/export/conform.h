#pragma once

#include "core/time/frame_rate.h"

namespace kinora::media {

/// How many frames `count` source frames become at another rate: the same time, rounded to the nearest frame, at least one.
[[nodiscard]] int conformed_length(int count, core::FrameRate source, core::FrameRate target);

/// Which source frame shows at a target frame (both from 0): the last one that has begun by then. Frames repeat when the
/// target is faster and drop when it is slower. Exact: integers only.
[[nodiscard]] int conformed_frame(int target_frame, core::FrameRate source, core::FrameRate target);

}  // namespace kinora::media
