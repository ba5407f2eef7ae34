#include <algorithm>

#include "core/storyboard/group_edits.h"

namespace kinora::core {
namespace {

std::int64_t at_rate(std::int64_t frames, FrameRate from, FrameRate to)
{
    return rescale_frames(frames, from, to, Rounding::nearest);
}

void move_clips(SoundTrack& track, FrameRate from, FrameRate to)
{
    std::int64_t end = 0;
    for (SoundClip& clip : track.clips) {
        clip.start = at_rate(clip.start, from, to);
        // Two clips that touched may meet by a rounded frame.
        while (heard_samples(clip, to).first < end)
            ++clip.start;
        end = heard_samples(clip, to).end;
        const std::int64_t length = heard_frames(clip, to).length();
        clip.fade_in = std::min(at_rate(clip.fade_in, from, to), length);
        clip.fade_out = std::min(at_rate(clip.fade_out, from, to), length - clip.fade_in);
    }
}

}  // namespace

Result<void> set_project_rate(Project& project, FrameRate rate)
{
    if (rate.numerator < 1 || rate.denominator < 1 || rate.as_double() > 1000)
        return make_error(ErrorKind::invalid_argument, "That frame rate is impossible.");
    const FrameRate old = project.rate;
    if (rate == old) return {};
    project.rate = rate;
    for (SharedValue<SoundTrack>& track : project.sound_tracks)
        if (!track->clips.empty()) track.update([&](SoundTrack& t) { move_clips(t, old, rate); });
    for (SharedValue<Shot>& shot : project.shots) {
        if (shot->transition.kind == TransitionKind::cut) continue;
        shot.update(
            [&](Shot& s) { s.transition.frames = std::max<std::int64_t>(1, at_rate(s.transition.frames, old, rate)); });
    }
    for (Marker& marker : project.markers)
        marker.frame = at_rate(marker.frame, old, rate);
    auto& range = project.settings.export_range;
    if (!range) return {};
    range->first = at_rate(range->first, old, rate);
    range->end = std::max(range->first + 1, at_rate(range->end, old, rate));
    return {};
}

}  // namespace kinora::core
