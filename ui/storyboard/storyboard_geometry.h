#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <cstdint>

#include "core/storyboard/layout.h"

namespace kinora::ui {

/// Timeline: blocks to scale under a ruler. Cards: one picture a shot, all of one size.
enum class StoryboardMode { timeline, cards };

/// What is under the pointer.
enum class StoryboardZone { none, ruler, playhead, body, in_edge, out_edge, add };

struct StoryboardHit {
    StoryboardZone zone = StoryboardZone::none;
    std::size_t shot = 0;  ///< for body and edges
};

/// Where everything of the storyboard lies in the view, in device-independent pixels. A value made anew for every question;
/// it holds no state of its own. `layout` must outlive it.
struct StoryboardGeometry {
    static constexpr double k_ruler_height = 24;
    static constexpr double k_left = 72;  ///< the column of the track's name
    static constexpr double k_gap = 2;
    static constexpr double k_add_width = 104;
    static constexpr double k_card_gap = 12;
    static constexpr double k_edge_reach = 7;

    const core::Layout* layout = nullptr;
    StoryboardMode mode = StoryboardMode::timeline;
    QSizeF view;
    /// Height there is for the blocks; the same whether a scroll bar is shown or not, so that they never change size by it.
    double room = 0;
    double pixels_per_frame = 4;
    double scroll = 0;
    double playhead = 0;

    /// Position of the left boundary of a project frame.
    [[nodiscard]] double x_of(double frame) const { return k_left + frame * pixels_per_frame - scroll; }
    [[nodiscard]] double frame_at(double x) const { return (x + scroll - k_left) / pixels_per_frame; }

    [[nodiscard]] double block_top() const;
    [[nodiscard]] double block_height() const;
    [[nodiscard]] QRectF block(std::size_t shot) const;
    /// The dashed place behind the last shot that adds one.
    [[nodiscard]] QRectF add_block() const;
    /// Whole width of the content, for the scroll bar; the view's own width shows all of it.
    [[nodiscard]] double content_width() const;
    /// Shots that can be seen: `[first, end)`.
    [[nodiscard]] std::pair<std::size_t, std::size_t> visible() const;

    /// Where a shot dropped at x would go, counted before the move, and the x of the line that shows it.
    [[nodiscard]] std::size_t insertion_index(double x) const;
    [[nodiscard]] double insertion_x(std::size_t index) const;

    [[nodiscard]] StoryboardHit hit(const QPointF& point) const;

private:
    [[nodiscard]] double card_width() const;
    [[nodiscard]] StoryboardHit hit_block(std::size_t shot, const QPointF& point) const;
};

/// Frames between two labels of the ruler, at least `pixels` apart: whole frames below a second, then whole seconds.
[[nodiscard]] std::int64_t ruler_step(core::FrameRate rate, double pixels_per_frame, double pixels);

}  // namespace kinora::ui
