#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/project/project.h"
#include "core/storyboard/layout.h"

namespace kinora::ui {

/// Timeline: blocks to scale under a ruler, sound below. Cards: one picture a shot, all of one size, in rows.
enum class StoryboardMode { timeline, cards };

/// What is under the pointer.
enum class StoryboardZone {
    none,
    ruler,
    playhead,
    marker,
    body,
    in_edge,
    out_edge,
    transition,
    transition_start,  ///< its edges, which set its length
    transition_end,
    add,
    sound,
    sound_in,
    sound_out,
    sound_fade_in,
    sound_fade_out,
    sound_gain,
    lane,       ///< an empty place of a sound track
    lane_name,  ///< a track's name, left
    lane_mute,
};

struct StoryboardHit {
    StoryboardZone zone = StoryboardZone::none;
    std::size_t shot = 0;   ///< for body and edges; for a transition the shot it leads to
    std::size_t item = 0;   ///< marker, or sound clip of its track
    std::size_t track = 0;  ///< sound track

    [[nodiscard]] bool on_shot() const
    {
        return zone == StoryboardZone::body || zone == StoryboardZone::in_edge || zone == StoryboardZone::out_edge;
    }
    [[nodiscard]] bool on_transition() const
    {
        return zone == StoryboardZone::transition || zone == StoryboardZone::transition_start ||
               zone == StoryboardZone::transition_end;
    }
    [[nodiscard]] bool on_sound() const { return zone >= StoryboardZone::sound && zone <= StoryboardZone::sound_gain; }
    friend bool operator==(const StoryboardHit&, const StoryboardHit&) = default;
};

/// Where everything of the storyboard lies in the view, in device-independent pixels. A value made anew for every question;
/// it holds no state of its own. `layout` and `project` must outlive it. Questions cost O(log n) of the shots.
struct StoryboardGeometry {
    static constexpr double k_ruler_height = 24;
    static constexpr double k_left = 92;  ///< the column of the tracks' names
    static constexpr double k_gap = 2;
    static constexpr double k_add_width = 104;
    static constexpr double k_card_gap = 12;
    static constexpr double k_card_text = 44;  ///< two lines below a card's picture
    static constexpr double k_edge_reach = 7;
    static constexpr double k_transition_height = 20;
    static constexpr double k_lane_gap = 6;

    const core::Project* project = nullptr;
    const core::Layout* layout = nullptr;
    StoryboardMode mode = StoryboardMode::timeline;
    QSizeF view;
    /// Height there is for the blocks; the same whether a scroll bar is shown or not, so that they never change size by it.
    double room = 0;
    double pixels_per_frame = 4;
    double scroll = 0;
    double scroll_down = 0;
    double playhead = 0;

    /// Position of the left boundary of a project frame.
    [[nodiscard]] double x_of(double frame) const { return k_left + frame * pixels_per_frame - scroll; }
    [[nodiscard]] double frame_at(double x) const { return (x + scroll - k_left) / pixels_per_frame; }

    [[nodiscard]] double block_top() const;
    [[nodiscard]] double block_height() const;
    /// What is seen of a shot: from cut to cut. A dissolve is cut in its middle, so blocks never lie over each other.
    [[nodiscard]] QRectF block(std::size_t shot) const;
    /// The whole shot, with what dissolves share with its neighbours.
    [[nodiscard]] QRectF extent(std::size_t shot) const;
    /// The dashed place behind the last shot that adds one.
    [[nodiscard]] QRectF add_block() const;
    /// The mark of the transition at a shot's start, at the foot of the blocks; nothing for a cut.
    [[nodiscard]] std::optional<QRectF> transition(std::size_t shot) const;
    /// What of it is drawn: no higher than wide where there is little room.
    [[nodiscard]] std::optional<QRectF> transition_mark(std::size_t shot) const;
    /// Whole size of the content, for the scroll bars; the view's own size shows all of it.
    [[nodiscard]] double content_width() const;
    [[nodiscard]] double content_height() const;
    /// Shots that can be seen: `[first, end)`.
    [[nodiscard]] std::pair<std::size_t, std::size_t> visible() const { return shots_between(visible_left(), view.width()); }
    /// Shots of the timeline that touch a span of x.
    [[nodiscard]] std::pair<std::size_t, std::size_t> shots_between(double left, double right) const;
    /// Markers that touch a span of x.
    [[nodiscard]] std::pair<std::size_t, std::size_t> markers_between(double left, double right) const;

    [[nodiscard]] std::size_t lanes() const;
    [[nodiscard]] double lane_height() const;
    [[nodiscard]] QRectF lane(std::size_t track) const;
    [[nodiscard]] QRectF mute_button(std::size_t track) const;
    [[nodiscard]] QRectF sound(std::size_t track, std::size_t clip) const;
    /// Clips of a track that touch a span of x.
    [[nodiscard]] std::pair<std::size_t, std::size_t> sounds_between(std::size_t track, double left, double right) const;
    /// The track at a height, the nearest one; nothing above the first and without tracks.
    [[nodiscard]] std::optional<std::size_t> lane_at(double y) const;
    /// Height of the gain's line in a clip, and the gain at a height.
    [[nodiscard]] static double gain_y(const QRectF& clip, float gain_db);
    [[nodiscard]] static float gain_at(const QRectF& clip, double y);

    /// Where a shot dropped at a point would go, counted before the move, and the line that shows it.
    [[nodiscard]] std::size_t insertion_index(const QPointF& point) const;
    [[nodiscard]] QRectF insertion_line(std::size_t index) const;

    [[nodiscard]] StoryboardHit hit(const QPointF& point) const;

    [[nodiscard]] double card_width() const;
    [[nodiscard]] std::size_t cards_in_row() const;

private:
    [[nodiscard]] double padding() const;
    [[nodiscard]] double largest_card() const;
    [[nodiscard]] double visible_left() const { return mode == StoryboardMode::timeline ? k_left : 0; }
    [[nodiscard]] double cut_frame(std::size_t shot) const;
    [[nodiscard]] double lanes_top() const;
    [[nodiscard]] double lanes_height() const;
    [[nodiscard]] StoryboardHit hit_block(std::size_t shot, const QPointF& point) const;
    [[nodiscard]] std::optional<StoryboardHit> hit_transition(std::size_t shot, const QPointF& point) const;
    [[nodiscard]] std::optional<StoryboardHit> hit_ruler(const QPointF& point) const;
    [[nodiscard]] StoryboardHit hit_lane(std::size_t track, const QPointF& point) const;
    [[nodiscard]] StoryboardHit hit_sound(std::size_t track, std::size_t clip, const QPointF& point) const;
};

/// Project frames that a sound clip lasts, with what is left of a frame.
[[nodiscard]] double sound_frames(const core::SoundClip& clip, core::FrameRate project_rate);

/// Frames between two labels of the ruler, at least `pixels` apart: whole frames below a second, then whole seconds.
[[nodiscard]] std::int64_t ruler_step(core::FrameRate rate, double pixels_per_frame, double pixels);

}  // namespace kinora::ui
