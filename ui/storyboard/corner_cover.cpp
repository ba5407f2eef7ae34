#include "ui/storyboard/corner_cover.h"

#include <QPainterPath>
#include <QPixmap>
#include <algorithm>
#include <array>
#include <cmath>

namespace kinora::ui {

namespace {

/// The four corners outside a rounded rectangle, in the ground's colour: upper left, upper right, lower left, lower right.
struct Corners {
    QRgb ground = 0;
    double radius = -1;
    double ratio = 0;
    std::array<QPixmap, 4> tiles;
};

QPixmap draw_corner(const QPointF& middle, double radius, const QColor& ground, double ratio)
{
    const int side = static_cast<int>(std::ceil(radius * ratio));
    QPixmap tile(side, side);
    tile.setDevicePixelRatio(ratio);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outside;
    outside.addRect(QRectF(0, 0, side / ratio, side / ratio));
    QPainterPath inside;
    inside.addEllipse(middle, radius, radius);
    painter.fillPath(outside.subtracted(inside), ground);
    return tile;
}

/// Those drawn last are nearly always those wanted next.
const Corners& corners(double radius, const QColor& ground, double ratio)
{
    static std::array<Corners, 4> kept;
    static std::size_t next = 0;
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const Corners& corner) {
        return corner.ground == ground.rgba() && corner.radius == radius && corner.ratio == ratio;
    });
    if (found != kept.end()) return *found;
    Corners& made = kept[next++ % kept.size()];
    const double side = std::ceil(radius * ratio) / ratio;
    made = {ground.rgba(), radius, ratio, {}};
    made.tiles = {draw_corner({radius, radius}, radius, ground, ratio),
                  draw_corner({side - radius, radius}, radius, ground, ratio),
                  draw_corner({radius, side - radius}, radius, ground, ratio),
                  draw_corner({side - radius, side - radius}, radius, ground, ratio)};
    return made;
}

}  // namespace

void cover_corners(QPainter& painter, const QRectF& area, double radius, const QColor& ground, double pixel_ratio)
{
    const double fitting = std::min({radius, std::floor(area.width() / 2), std::floor(area.height() / 2)});
    if (fitting < 1) return;
    const Corners& made = corners(fitting, ground, pixel_ratio);
    const double side = std::ceil(fitting * pixel_ratio) / pixel_ratio;
    painter.drawPixmap(area.topLeft(), made.tiles[0]);
    painter.drawPixmap(QPointF(area.right() - side, area.top()), made.tiles[1]);
    painter.drawPixmap(QPointF(area.left(), area.bottom() - side), made.tiles[2]);
    painter.drawPixmap(QPointF(area.right() - side, area.bottom() - side), made.tiles[3]);
}

}  // namespace kinora::ui
