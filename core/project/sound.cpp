#include "core/project/sound.h"

namespace kinora::core {

std::int64_t sample_of_frame(std::int64_t frame, FrameRate project_rate)
{
    return rescale_frames(frame, project_rate, k_sample_rate, Rounding::nearest);
}

std::int64_t frame_of_sample(std::int64_t sample, FrameRate project_rate)
{
    // Frames begin at rounded samples, so the exact quotient can be one off on either side.
    std::int64_t frame = rescale_frames(sample, k_sample_rate, project_rate, Rounding::nearest);
    while (sample_of_frame(frame, project_rate) > sample)
        --frame;
    while (sample_of_frame(frame + 1, project_rate) <= sample)
        ++frame;
    return frame;
}

SampleRange heard_samples(const SoundClip& clip, FrameRate project_rate)
{
    const std::int64_t first = sample_of_frame(clip.start, project_rate);
    return {first, first + clip.source.length()};
}

FrameRange heard_frames(const SoundClip& clip, FrameRate project_rate)
{
    return {clip.start, frame_of_sample(heard_samples(clip, project_rate).end - 1, project_rate) + 1};
}

}  // namespace kinora::core
