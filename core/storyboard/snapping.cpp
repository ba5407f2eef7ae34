#include "core/storyboard/snapping.h"

#include <algorithm>

namespace kinora::core {

std::vector<std::int64_t> snap_points(const Project& project, const Layout& layout, std::optional<std::int64_t> playhead,
                                      std::string_view except)
{
    std::vector<std::int64_t> points{0};
    points.reserve(layout.size() * 2 + project.markers.size() + 2);
    for (std::size_t i = 0; i < layout.size(); ++i) {
        if (project.shots[i]->id == except) continue;
        points.push_back(layout.start(i));
        points.push_back(layout.end(i));
    }
    for (const SharedValue<SoundTrack>& track : project.sound_tracks) {
        for (const SoundClip& clip : track->clips) {
            if (clip.id == except) continue;
            const FrameRange heard = heard_frames(clip, project.rate);
            points.insert(points.end(), {heard.first, heard.end});
        }
    }
    for (const Marker& marker : project.markers)
        points.push_back(marker.frame);
    if (playhead) points.push_back(*playhead);
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

std::optional<std::int64_t> snap(std::int64_t frame, const std::vector<std::int64_t>& points, std::int64_t tolerance)
{
    const auto right = std::lower_bound(points.begin(), points.end(), frame);
    std::optional<std::int64_t> best;
    if (right != points.end() && *right - frame <= tolerance) best = *right;
    if (right != points.begin()) {
        const std::int64_t left = *(right - 1);
        if (frame - left <= tolerance && (!best || frame - left <= *best - frame)) best = left;
    }
    return best;
}

}  // namespace kinora::core
