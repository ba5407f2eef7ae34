#include "ui/player/sound_course.h"

#include <limits>

namespace kinora::ui {

std::int64_t sample_at_frame(std::int64_t frame, core::FrameRate rate, int sample_rate)
{
    return core::rescale_frames(frame, rate, core::FrameRate(sample_rate), core::Rounding::nearest);
}

SoundCourse::SoundCourse(std::int64_t frame, core::FrameRange range, core::FrameRate rate, bool loop, int sample_rate)
    : start_(sample_at_frame(frame, rate, sample_rate)),
      first_(sample_at_frame(range.first, rate, sample_rate)),
      end_(sample_at_frame(range.end, rate, sample_rate)),
      loop_(loop)
{
}

std::int64_t SoundCourse::source_sample(std::int64_t played) const
{
    const std::int64_t sample = start_ + played;
    if (sample < end_) return sample;
    if (!loop_ || end_ <= first_) return -1;
    return first_ + (sample - first_) % (end_ - first_);
}

std::int64_t SoundCourse::run_length(std::int64_t played) const
{
    const std::int64_t sample = source_sample(played);
    return sample < 0 ? std::numeric_limits<std::int64_t>::max() : end_ - sample;
}

}  // namespace kinora::ui
