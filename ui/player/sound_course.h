#pragma once

#include <cstdint>

#include "core/time/frame_rate.h"
#include "core/time/rational_time.h"

namespace kinora::ui {

/// Which sample is heard as the n-th since playback began: from a frame on, in real time, once or round and round a range.
/// The picture's transport wraps at the same frames, so that both stay together through any number of loops.
class SoundCourse {
public:
    SoundCourse() = default;
    SoundCourse(std::int64_t frame, core::FrameRange range, core::FrameRate rate, bool loop, int sample_rate);

    /// The sample of the source; -1 past the end of a course without a loop.
    [[nodiscard]] std::int64_t source_sample(std::int64_t played) const;
    /// How many from there on follow each other without a jump.
    [[nodiscard]] std::int64_t run_length(std::int64_t played) const;

private:
    std::int64_t start_ = 0;  // sample of the first frame played
    std::int64_t first_ = 0;
    std::int64_t end_ = 0;
    bool loop_ = false;
};

/// The sample at which a frame begins, to the nearest.
[[nodiscard]] std::int64_t sample_at_frame(std::int64_t frame, core::FrameRate rate, int sample_rate);

}  // namespace kinora::ui
