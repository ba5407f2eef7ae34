#include <algorithm>
#include <cmath>

#include "ui/storyboard/storyboard_geometry.h"

// What is under the pointer.
namespace kinora::ui {

namespace {
constexpr double k_handle = 7;         // a fade's handle
constexpr double k_gain_reach = 4;     // around the gain's line
constexpr double k_handles_from = 36;  // narrower clips have no handles but their edges
}  // namespace

StoryboardHit StoryboardGeometry::hit_block(std::size_t shot, const QPointF& point) const
{
    const QRectF area = block(shot);
    StoryboardHit found{StoryboardZone::body, shot};
    if (mode == StoryboardMode::cards) return found;
    // A block that is too narrow for edges keeps its body, so that it can still be moved.
    const double reach = std::min(k_edge_reach, area.width() / 4);
    if (point.x() < area.left() + reach) found.zone = StoryboardZone::in_edge;
    if (point.x() > area.right() - reach) found.zone = StoryboardZone::out_edge;
    return found;
}

std::optional<StoryboardHit> StoryboardGeometry::hit_transition(std::size_t shot, const QPointF& point) const
{
    if (shot >= layout->size()) return std::nullopt;
    const auto mark = transition(shot);
    if (!mark || !mark->adjusted(-3, -2, 3, 4).contains(point)) return std::nullopt;
    const double reach = std::min(6.0, mark->width() / 3);
    if (point.x() < mark->left() + reach) return StoryboardHit{StoryboardZone::transition_start, shot};
    if (point.x() > mark->right() - reach) return StoryboardHit{StoryboardZone::transition_end, shot};
    return StoryboardHit{StoryboardZone::transition, shot};
}

std::optional<StoryboardHit> StoryboardGeometry::hit_ruler(const QPointF& point) const
{
    if (point.y() >= block_top()) return std::nullopt;
    if (project != nullptr && point.y() > k_ruler_height - 13 && point.y() < k_ruler_height + 3) {
        const auto [first, end] = markers_between(point.x() - 6, point.x() + 6);
        if (first < end) return StoryboardHit{StoryboardZone::marker, 0, end - 1};
    }
    if (std::abs(point.x() - x_of(playhead)) <= 8) return StoryboardHit{StoryboardZone::playhead};
    if (point.y() < k_ruler_height) return StoryboardHit{StoryboardZone::ruler};
    return std::nullopt;
}

StoryboardHit StoryboardGeometry::hit_lane(std::size_t track, const QPointF& point) const
{
    StoryboardHit found{StoryboardZone::lane, 0, 0, track};
    if (point.x() < k_left) {
        const bool mute = mute_button(track).contains(point);
        found.zone = mute ? StoryboardZone::lane_mute : StoryboardZone::lane_name;
        return found;
    }
    const auto [first, end] = sounds_between(track, point.x() - 1, point.x() + 1);
    return first < end ? hit_sound(track, end - 1, point) : found;
}

StoryboardHit StoryboardGeometry::hit_sound(std::size_t track, std::size_t clip, const QPointF& point) const
{
    const QRectF area = sound(track, clip);
    const core::SoundClip& shown = project->sound_tracks[track]->clips[clip];
    StoryboardHit found{StoryboardZone::sound, 0, clip, track};
    if (area.width() >= k_handles_from) {
        const QPointF fade_in(area.left() + static_cast<double>(shown.fade_in) * pixels_per_frame, area.top() + 4);
        const QPointF fade_out(area.right() - static_cast<double>(shown.fade_out) * pixels_per_frame, area.top() + 4);
        const auto near = [&](const QPointF& handle) {
            return std::abs(point.x() - handle.x()) <= k_handle && std::abs(point.y() - handle.y()) <= k_handle;
        };
        if (near(fade_in)) found.zone = StoryboardZone::sound_fade_in;
        if (near(fade_out)) found.zone = StoryboardZone::sound_fade_out;
        if (found.zone != StoryboardZone::sound) return found;
    }
    const double reach = std::min(k_edge_reach, area.width() / 4);
    if (point.x() < area.left() + reach) {
        found.zone = StoryboardZone::sound_in;
    } else if (point.x() > area.right() - reach) {
        found.zone = StoryboardZone::sound_out;
    } else if (area.width() >= k_handles_from && std::abs(point.y() - gain_y(area, shown.gain_db)) <= k_gain_reach) {
        found.zone = StoryboardZone::sound_gain;
    }
    return found;
}

StoryboardHit StoryboardGeometry::hit(const QPointF& point) const
{
    if (mode == StoryboardMode::timeline) {
        if (const auto track = lane_at(point.y()); track && lane(*track).adjusted(-k_left, 0, 0, 0).contains(point))
            return hit_lane(*track, point);
        if (point.x() < k_left - k_edge_reach) return {};
        if (const auto found = hit_ruler(point)) return *found;
    }
    if (add_block().contains(point)) {
        // The last out point is reached from outside as well: the place to add begins right behind it.
        const bool edge = mode == StoryboardMode::timeline && layout->size() > 0 && point.x() < add_block().left() + 5;
        if (edge) return {StoryboardZone::out_edge, layout->size() - 1};
        return {StoryboardZone::add};
    }
    const bool cards = mode == StoryboardMode::cards;
    const auto [first, end] = cards ? visible() : shots_between(point.x() - 2, point.x() + 2);
    for (std::size_t shot = first; shot < end; ++shot) {
        for (std::size_t near : {shot, shot + 1}) {
            if (const auto found = hit_transition(near, point)) return *found;
        }
        if (block(shot).adjusted(0, 0, cards ? 0 : k_gap, 0).contains(point)) return hit_block(shot, point);
    }
    return {};
}

}  // namespace kinora::ui
