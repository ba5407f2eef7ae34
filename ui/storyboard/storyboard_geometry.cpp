#include "ui/storyboard/storyboard_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>

// Ruler and shots; sound is in sound_geometry.cpp, what is under the pointer in storyboard_hits.cpp.
namespace kinora::ui {

namespace {
constexpr double k_side = 16;  // left and right of the cards
constexpr double k_largest_block = 150;
constexpr double k_largest_card = 190;
}  // namespace

double StoryboardGeometry::padding() const
{
    return room < 180 ? 6 : 10;  // in a small window every pixel goes to the pictures
}

double StoryboardGeometry::block_top() const
{
    return mode == StoryboardMode::timeline ? k_ruler_height + padding() : padding() + 2 - scroll_down;
}

double StoryboardGeometry::largest_card() const
{
    const double height = std::clamp(room - 2 * padding() - 2, 100.0, k_largest_card);
    return std::round((height - k_card_text) * 16 / 9);
}

double StoryboardGeometry::block_height() const
{
    if (mode == StoryboardMode::cards) return std::round(card_width() * 9 / 16) + k_card_text;
    const double height = room - block_top() - padding();
    return std::floor(std::clamp(height - lanes_height(), 52.0, k_largest_block));
}

double StoryboardGeometry::card_width() const
{
    // A row is filled from side to side, with cards no larger than there is height for.
    const auto count = static_cast<double>(cards_in_row());
    return std::max(40.0, std::floor((view.width() - 2 * k_side - (count - 1) * k_card_gap) / count));
}

std::size_t StoryboardGeometry::cards_in_row() const
{
    const double fit = std::ceil((view.width() - 2 * k_side + k_card_gap) / (largest_card() + k_card_gap));
    return static_cast<std::size_t>(std::max(fit, 1.0));
}

double StoryboardGeometry::cut_frame(std::size_t shot) const
{
    if (shot >= layout->size()) return static_cast<double>(layout->total());
    const auto start = static_cast<double>(layout->start(shot));
    if (layout->transition(shot) != core::TransitionKind::dissolve) return start;
    return start + static_cast<double>(layout->transition_frames(shot)) / 2;
}

QRectF StoryboardGeometry::block(std::size_t shot) const
{
    if (mode == StoryboardMode::cards) {
        const std::size_t row = shot / cards_in_row();
        const auto column = static_cast<double>(shot % cards_in_row());
        const double y = block_top() + static_cast<double>(row) * (block_height() + k_card_gap);
        return {k_side + column * (card_width() + k_card_gap), y, card_width(), block_height()};
    }
    const double left = x_of(cut_frame(shot));
    const double right = x_of(cut_frame(shot + 1)) - k_gap;
    return {left, block_top(), std::max(right - left, 1.0), block_height()};
}

QRectF StoryboardGeometry::extent(std::size_t shot) const
{
    const double left = x_of(static_cast<double>(layout->start(shot)));
    const double right = x_of(static_cast<double>(layout->end(shot)));
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

std::optional<QRectF> StoryboardGeometry::transition(std::size_t shot) const
{
    if (mode != StoryboardMode::timeline || layout->transition_frames(shot) == 0) return std::nullopt;
    const core::FrameRange range = layout->transition_range(shot);
    const double left = x_of(static_cast<double>(range.first));
    const double width = std::max(static_cast<double>(range.length()) * pixels_per_frame - k_gap / 2, 6.0);
    const double bottom = block_top() + block_height();
    return QRectF(left, bottom - k_transition_height - 6, width, k_transition_height);
}

std::optional<QRectF> StoryboardGeometry::transition_mark(std::size_t shot) const
{
    auto mark = transition(shot);
    if (!mark || mark->width() >= mark->height()) return mark;
    // Stretched upwards, the triangles inside would look like spikes.
    const double height = std::max(mark->width(), 8.0);
    mark->setTop(mark->bottom() - height);
    return mark;
}

double StoryboardGeometry::content_width() const
{
    if (mode == StoryboardMode::cards) return view.width();
    double end = add_block().right() + scroll;
    for (std::size_t track = 0; track < lanes(); ++track) {
        const auto& clips = project->sound_tracks[track]->clips;
        if (!clips.empty()) end = std::max(end, sound(track, clips.size() - 1).right() + scroll);
    }
    return end + k_side;
}

double StoryboardGeometry::content_height() const
{
    if (mode == StoryboardMode::cards) return block(layout->size()).bottom() + scroll_down + padding();
    return lanes() == 0 ? 0 : lane(lanes() - 1).bottom() + scroll_down + padding();
}

std::pair<std::size_t, std::size_t> StoryboardGeometry::shots_between(double left, double right) const
{
    const std::size_t count = layout->size();
    if (count == 0) return {0, 0};
    if (mode == StoryboardMode::cards) {
        const double step = block_height() + k_card_gap;
        const double above = std::max(0.0, std::floor(-block_top() / step));
        const double below = std::max(0.0, std::ceil((view.height() - block_top()) / step));
        const auto row = static_cast<double>(cards_in_row());
        return {std::min(static_cast<std::size_t>(above * row), count),
                std::min(static_cast<std::size_t>(below * row), count)};
    }
    const auto place = [this, count](double x) {
        const auto at = layout->at(static_cast<std::int64_t>(std::floor(frame_at(x))));
        return at ? at->shot : (frame_at(x) < 0 ? 0 : count - 1);
    };
    // In a dissolve the one that comes is found first; what goes is seen up to the middle.
    const std::size_t first = place(left);
    return {first > 0 ? first - 1 : 0, place(right) + 1};
}

std::pair<std::size_t, std::size_t> StoryboardGeometry::markers_between(double left, double right) const
{
    const auto& markers = project->markers;
    const auto before = [](const core::Marker& marker, double frame) { return static_cast<double>(marker.frame) < frame; };
    const auto first = std::lower_bound(markers.begin(), markers.end(), frame_at(left), before);
    const auto end = std::lower_bound(first, markers.end(), frame_at(right), before);
    return {static_cast<std::size_t>(first - markers.begin()), static_cast<std::size_t>(end - markers.begin())};
}

std::size_t StoryboardGeometry::insertion_index(const QPointF& point) const
{
    if (mode == StoryboardMode::timeline)
        return layout->insertion_index(static_cast<std::int64_t>(std::floor(frame_at(point.x()))));
    const double row = std::max(0.0, std::floor((point.y() - block_top()) / (block_height() + k_card_gap)));
    const double place = std::floor((point.x() - k_side) / (card_width() + k_card_gap) + 0.5);
    const auto in_row = static_cast<double>(cards_in_row());
    const double index = row * in_row + std::clamp(place, 0.0, in_row);
    return static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(layout->size())));
}

QRectF StoryboardGeometry::insertion_line(std::size_t index) const
{
    if (mode == StoryboardMode::cards) {
        const QRectF place = block(index);
        return {place.left() - k_card_gap / 2 - 1.5, place.top() - 4, 3, place.height() - k_card_text + 8};
    }
    return {x_of(cut_frame(index)) - k_gap / 2 - 1.5, block_top() - 6, 3, block_height() + 12};
}

std::int64_t ruler_step(core::FrameRate rate, double pixels_per_frame, double pixels)
{
    const auto second = static_cast<std::int64_t>(std::lround(rate.as_double()));
    for (const std::int64_t frames : std::array<std::int64_t, 3>{1, 2, 5}) {
        if (frames < second && static_cast<double>(frames) * pixels_per_frame >= pixels) return frames;
    }
    if (second % 2 == 0 && static_cast<double>(second / 2) * pixels_per_frame >= pixels) return second / 2;
    for (const std::int64_t seconds : std::array<std::int64_t, 12>{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600}) {
        if (static_cast<double>(seconds * second) * pixels_per_frame >= pixels) return seconds * second;
    }
    return second * 7200;
}

}  // namespace kinora::ui
