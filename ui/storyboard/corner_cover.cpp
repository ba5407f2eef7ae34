#include "ui/storyboard/corner_cover.h"

#include <QPainterPath>
#include <QPixmap>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/theme/small_parts.h"

namespace kinora::ui {

namespace {

struct Look {
    QRgb ground = 0;
    QRgb line = 0;
    double width = 0;
    double radius = -1;
    double ratio = 0;
    friend bool operator==(const Look&, const Look&) = default;
};

/// The four corners of a rounded rectangle, ground outside and line inside: upper left, upper right, lower left, lower
/// right.
struct Corners {
    Look look;
    std::array<QPixmap, 4> tiles;
};

QPixmap draw_corner(const QPointF& middle, const Look& look)
{
    const int side = static_cast<int>(std::ceil(look.radius * look.ratio));
    QPixmap tile(side, side);
    tile.setDevicePixelRatio(look.ratio);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    if (look.width > 0) {
        painter.setPen(QPen(QColor::fromRgba(look.line), look.width));
        painter.setBrush(Qt::NoBrush);
        const double along = look.radius - look.width / 2;
        painter.drawEllipse(middle, along, along);
    }
    QPainterPath outside;
    outside.addRect(QRectF(0, 0, side / look.ratio, side / look.ratio));
    QPainterPath inside;
    inside.addEllipse(middle, look.radius, look.radius);
    if (qAlpha(look.ground) > 0) painter.fillPath(outside.subtracted(inside), QColor::fromRgba(look.ground));
    return tile;
}

/// Those drawn last are nearly always those wanted next.
const Corners& corners(const Look& look)
{
    static std::array<Corners, 16> kept;
    static std::size_t next = 0;
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const Corners& made) { return made.look == look; });
    if (found != kept.end()) return *found;
    Corners& made = kept[next++ % kept.size()];
    const double radius = look.radius;
    const double side = std::ceil(radius * look.ratio) / look.ratio;
    made = {look,
            {draw_corner({radius, radius}, look), draw_corner({side - radius, radius}, look),
             draw_corner({radius, side - radius}, look), draw_corner({side - radius, side - radius}, look)}};
    return made;
}

}  // namespace

void cover_corners(QPainter& painter, const QRectF& area, double radius, const QColor& ground, double pixel_ratio,
                   const EdgeLine& edge)
{
    const double fitting = std::min({radius, std::floor(area.width() / 2), std::floor(area.height() / 2)});
    if (fitting < 1) return;
    const double width = edge.width > 0 ? std::max(std::round(edge.width * pixel_ratio), 1.0) / pixel_ratio : 0;
    const QRgb outside = ground.isValid() ? ground.rgba() : 0;
    const Corners& made = corners({outside, width > 0 ? edge.colour.rgba() : 0, width, fitting, pixel_ratio});
    const double side = std::ceil(fitting * pixel_ratio) / pixel_ratio;
    painter.drawPixmap(area.topLeft(), made.tiles[0]);
    painter.drawPixmap(QPointF(area.right() - side, area.top()), made.tiles[1]);
    painter.drawPixmap(QPointF(area.left(), area.bottom() - side), made.tiles[2]);
    painter.drawPixmap(QPointF(area.right() - side, area.bottom() - side), made.tiles[3]);
    if (width <= 0) return;
    const double across = area.width() - 2 * side;
    const double down = area.height() - 2 * side;
    if (across > 0) {
        painter.fillRect(QRectF(area.left() + side, area.top(), across, width), edge.colour);
        painter.fillRect(QRectF(area.left() + side, area.bottom() - width, across, width), edge.colour);
    }
    if (down > 0) {
        fill_in_parts(painter, QRectF(area.left(), area.top() + side, width, down), edge.colour);
        fill_in_parts(painter, QRectF(area.right() - width, area.top() + side, width, down), edge.colour);
    }
}

}  // namespace kinora::ui
