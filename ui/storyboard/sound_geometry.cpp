#include <algorithm>
#include <cmath>

#include "ui/storyboard/storyboard_geometry.h"

// Where the sound tracks and their clips lie.
namespace kinora::ui {

namespace {
constexpr double k_wanted_block = 96;  // the pictures keep this much before the lanes grow
constexpr double k_smallest_lane = 22;
constexpr double k_largest_lane = 44;
constexpr float k_top_gain = 12;  // decibels at the upper and lower end of a clip's gain line
constexpr float k_bottom_gain = -36;
constexpr double k_gain_margin = 4;
}  // namespace

double sound_frames(const core::SoundClip& clip, core::FrameRate project_rate)
{
    return static_cast<double>(clip.source.length()) * project_rate.as_double() / core::k_sample_rate.as_double();
}

std::size_t StoryboardGeometry::lanes() const
{
    return project != nullptr && mode == StoryboardMode::timeline ? project->sound_tracks.size() : 0;
}

double StoryboardGeometry::lane_height() const
{
    if (lanes() == 0) return 0;
    const double spare = room - block_top() - padding() - k_wanted_block;
    return std::floor(std::clamp(spare / static_cast<double>(lanes()) - k_lane_gap, k_smallest_lane, k_largest_lane));
}

double StoryboardGeometry::lanes_height() const
{
    return static_cast<double>(lanes()) * (lane_height() + k_lane_gap);
}

double StoryboardGeometry::lanes_top() const
{
    return block_top() + block_height() + k_lane_gap;
}

QRectF StoryboardGeometry::lane(std::size_t track) const
{
    const double top = lanes_top() + static_cast<double>(track) * (lane_height() + k_lane_gap) - scroll_down;
    return {k_left, top, std::max(view.width() - k_left, 0.0), lane_height()};
}

QRectF StoryboardGeometry::mute_button(std::size_t track) const
{
    const QRectF row = lane(track);
    return {k_left - 28, row.center().y() - 11, 22, 22};
}

QRectF StoryboardGeometry::sound(std::size_t track, std::size_t clip) const
{
    const core::SoundClip& shown = project->sound_tracks[track]->clips[clip];
    const QRectF row = lane(track);
    const double width = sound_frames(shown, project->rate) * pixels_per_frame;
    return {x_of(static_cast<double>(shown.start)), row.top(), std::max(width - k_gap / 2, 2.0), row.height()};
}

std::pair<std::size_t, std::size_t> StoryboardGeometry::sounds_between(std::size_t track, double left, double right) const
{
    const auto& clips = project->sound_tracks[track]->clips;
    const auto starts_before = [](const core::SoundClip& clip, double frame) {
        return static_cast<double>(clip.start) < frame;
    };
    const double from = frame_at(left);
    auto first = std::lower_bound(clips.begin(), clips.end(), from, starts_before);
    // Clips never lie over each other: at most the one before reaches in.
    if (first != clips.begin()) {
        const auto before = std::prev(first);
        if (static_cast<double>(before->start) + sound_frames(*before, project->rate) > from) first = before;
    }
    const auto end = std::lower_bound(first, clips.end(), frame_at(right), starts_before);
    return {static_cast<std::size_t>(first - clips.begin()), static_cast<std::size_t>(end - clips.begin())};
}

std::optional<std::size_t> StoryboardGeometry::lane_at(double y) const
{
    if (lanes() == 0 || y < lanes_top() - k_lane_gap / 2) return std::nullopt;
    const double row = std::floor((y - lanes_top() + scroll_down + k_lane_gap / 2) / (lane_height() + k_lane_gap));
    return static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(lanes() - 1)));
}

double StoryboardGeometry::gain_y(const QRectF& clip, float gain_db)
{
    const double part = (k_top_gain - std::clamp(gain_db, k_bottom_gain, k_top_gain)) / (k_top_gain - k_bottom_gain);
    return clip.top() + k_gain_margin + part * (clip.height() - 2 * k_gain_margin);
}

float StoryboardGeometry::gain_at(const QRectF& clip, double y)
{
    const double part = std::clamp((y - clip.top() - k_gain_margin) / (clip.height() - 2 * k_gain_margin), 0.0, 1.0);
    return k_top_gain - static_cast<float>(part) * (k_top_gain - k_bottom_gain);
}

}  // namespace kinora::ui
