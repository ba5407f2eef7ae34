#include "ui/storyboard/storyboard_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kinora::ui {

namespace {
constexpr double k_padding = 10;
constexpr double k_card_text = 44;  // two lines below a card's picture
}  // namespace

double StoryboardGeometry::block_top() const
{
    return mode == StoryboardMode::timeline ? k_ruler_height + k_padding : k_padding + 2;
}

double StoryboardGeometry::block_height() const
{
    const double height = room - block_top() - k_padding;
    return std::floor(std::clamp(height, 56.0, mode == StoryboardMode::timeline ? 150.0 : 190.0));
}

double StoryboardGeometry::card_width() const
{
    return std::round((block_height() - k_card_text) * 16 / 9);
}

QRectF StoryboardGeometry::block(std::size_t shot) const
{
    if (mode == StoryboardMode::cards) {
        const double x = 16 + static_cast<double>(shot) * (card_width() + k_card_gap) - scroll;
        return {x, block_top(), card_width(), block_height()};
    }
    const double left = x_of(static_cast<double>(layout->start(shot)));
    const double right = x_of(static_cast<double>(layout->end(shot))) - k_gap;
    return {left, block_top(), std::max(right - left, 1.0), block_height()};
}

QRectF StoryboardGeometry::add_block() const
{
    if (mode == StoryboardMode::cards) {
        QRectF place = block(layout->size());
        place.setHeight(block_height() - k_card_text);
        return place;
    }
    return {x_of(static_cast<double>(layout->total())), block_top(), k_add_width, block_height()};
}

double StoryboardGeometry::content_width() const
{
    return add_block().right() + scroll + 16;
}

std::pair<std::size_t, std::size_t> StoryboardGeometry::visible() const
{
    const std::size_t count = layout->size();
    if (count == 0) return {0, 0};
    if (mode == StoryboardMode::cards) {
        const double step = card_width() + k_card_gap;
        const auto first = static_cast<std::size_t>(std::max(0.0, std::floor((scroll - 16) / step)));
        const auto end = static_cast<std::size_t>(std::max(0.0, std::ceil((scroll + view.width()) / step)));
        return {std::min(first, count), std::min(end, count)};
    }
    const auto place = [this, count](double x) {
        const auto at = layout->at(static_cast<std::int64_t>(std::floor(frame_at(x))));
        return at ? at->shot : (frame_at(x) < 0 ? 0 : count - 1);
    };
    return {place(k_left), place(view.width()) + 1};
}

std::size_t StoryboardGeometry::insertion_index(double x) const
{
    if (mode == StoryboardMode::timeline) return layout->insertion_index(static_cast<std::int64_t>(std::floor(frame_at(x))));
    const double step = card_width() + k_card_gap;
    const double place = std::floor((x + scroll - 16) / step + 0.5);
    return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(layout->size())));
}

double StoryboardGeometry::insertion_x(std::size_t index) const
{
    if (mode == StoryboardMode::cards) return block(index).left() - k_card_gap / 2;
    const std::int64_t frame = index < layout->size() ? layout->start(index) : layout->total();
    return x_of(static_cast<double>(frame)) - k_gap / 2;
}

StoryboardHit StoryboardGeometry::hit_block(std::size_t shot, const QPointF& point) const
{
    const QRectF area = block(shot);
    if (mode == StoryboardMode::cards) return {StoryboardZone::body, shot};
    // A block that is too narrow for edges keeps its body, so that it can still be moved.
    const double reach = std::min(k_edge_reach, area.width() / 4);
    if (point.x() < area.left() + reach) return {StoryboardZone::in_edge, shot};
    if (point.x() > area.right() - reach) return {StoryboardZone::out_edge, shot};
    return {StoryboardZone::body, shot};
}

StoryboardHit StoryboardGeometry::hit(const QPointF& point) const
{
    if (mode == StoryboardMode::timeline) {
        if (point.x() < k_left - k_edge_reach) return {};
        const bool near_playhead = std::abs(point.x() - x_of(playhead)) <= 8;
        if (near_playhead && point.y() < block_top()) return {StoryboardZone::playhead};
        if (point.y() < k_ruler_height) return {StoryboardZone::ruler};
    }
    if (add_block().contains(point)) {
        // The last out point is reached from outside as well: the place to add begins right behind it.
        const bool edge = mode == StoryboardMode::timeline && layout->size() > 0 && point.x() < add_block().left() + 5;
        if (edge) return {StoryboardZone::out_edge, layout->size() - 1};
        return {StoryboardZone::add};
    }
    const auto [first, end] = visible();
    for (std::size_t shot = first; shot < end; ++shot) {
        if (block(shot).adjusted(0, 0, k_gap, 0).contains(point)) return hit_block(shot, point);
    }
    return {};
}

std::int64_t ruler_step(core::FrameRate rate, double pixels_per_frame, double pixels)
{
    const auto second = static_cast<std::int64_t>(std::lround(rate.as_double()));
    for (const std::int64_t frames : std::array<std::int64_t, 3>{1, 2, 5}) {
        if (frames < second && frames * pixels_per_frame >= pixels) return frames;
    }
    if (second % 2 == 0 && second / 2 * pixels_per_frame >= pixels) return second / 2;
    for (const std::int64_t seconds : std::array<std::int64_t, 12>{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600}) {
        if (seconds * second * pixels_per_frame >= pixels) return seconds * second;
    }
    return second * 7200;
}

}  // namespace kinora::ui
