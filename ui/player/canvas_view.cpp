#include "ui/player/canvas_view.h"

#include <algorithm>
#include <cmath>

namespace kinora::ui {

namespace {
constexpr double k_reach = 32;  // so much of the picture stays in its pane
}  // namespace

void CanvasView::set_canvas(QSizeF size, double device_ratio)
{
    canvas_ = size;
    ratio_ = device_ratio;
    keep_in_reach();
}

void CanvasView::set_natural_size(QSize size)
{
    if (natural_ == size) return;
    natural_ = size;
    keep_in_reach();
}

void CanvasView::set_margins(double side, double text)
{
    side_margin_ = side;
    text_margin_ = text;
}

void CanvasView::set_zoom(double zoom)
{
    pan_ = {};
    zoom_ = zoom <= 0 ? 0 : std::clamp(zoom, k_smallest_zoom, k_largest_zoom);
}

void CanvasView::zoom_at(double zoom, QPointF anchor)
{
    const int index = pane_at(anchor);
    const QRectF before = area(index);
    if (before.isEmpty()) return;
    const double wanted = std::clamp(zoom, k_smallest_zoom, k_largest_zoom);
    const double factor = wanted * natural_.width() / ratio_ / before.width();
    pan_ = anchor + (before.center() - anchor) * factor - pane(index).center();
    zoom_ = wanted;
    keep_in_reach();
}

void CanvasView::pan_by(QPointF distance)
{
    if (zoom_ <= 0) return;
    pan_ += distance;
    keep_in_reach();
}

double CanvasView::shown_zoom() const
{
    const QRectF place = area(0);
    return place.isEmpty() ? 0 : place.width() * ratio_ / natural_.width();
}

QRectF CanvasView::pane(int index) const
{
    if (panes_ < 2) return {QPointF(), canvas_};
    // With half a margin at each side of a picture, those outside and the gap between are alike.
    const double outer = side_margin_ / 2;
    const double width = canvas_.width() / 2 - outer;
    return {index == 0 ? outer : canvas_.width() / 2, 0, width, canvas_.height()};
}

int CanvasView::pane_at(QPointF point) const
{
    return panes_ > 1 && point.x() > canvas_.width() / 2 ? 1 : 0;
}

QRectF CanvasView::area(int index) const
{
    if (natural_.isEmpty()) return {};
    const QSizeF natural(natural_);
    const QRectF room = pane(index);
    const double sides = panes_ > 1 ? side_margin_ : 2 * side_margin_;
    const double room_x = std::max(room.width() - sides, 16.0);
    const double room_y = std::max(room.height() - 2 * text_margin_, 16.0);
    const double scale = zoom_ > 0 ? zoom_ / ratio_ : std::min(room_x / natural.width(), room_y / natural.height());
    QRectF place(QPointF(), natural * scale);
    place.moveCenter(room.center() + pan_);
    // On whole device pixels, so that the edges are sharp.
    const auto snapped = [this](double value) { return std::round(value * ratio_) / ratio_; };
    return {snapped(place.x()), snapped(place.y()), snapped(place.width()), snapped(place.height())};
}

void CanvasView::keep_in_reach()
{
    if (natural_.isEmpty() || zoom_ <= 0) return;
    const QSizeF room = pane(0).size();
    const double x = (room.width() + natural_.width() * zoom_ / ratio_) / 2 - k_reach;
    const double y = (room.height() + natural_.height() * zoom_ / ratio_) / 2 - k_reach;
    if (x <= 0 || y <= 0) return;
    pan_ = {std::clamp(pan_.x(), -x, x), std::clamp(pan_.y(), -y, y)};
}

}  // namespace kinora::ui
