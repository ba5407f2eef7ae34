#include "ui/theme/small_parts.h"

#include <algorithm>

namespace kinora::ui {

namespace {

constexpr double k_fill_lines = 64;     // one span each; from 96 on they are shared out
constexpr double k_polygon_lines = 24;  // the soft edges of a line are spans of their own: three or four

}  // namespace

void fill_in_parts(QPainter& painter, const QRectF& area, const QColor& colour)
{
    const double part = k_fill_lines / painter.device()->devicePixelRatioF();
    for (double top = area.top(); top < area.bottom(); top += part)
        painter.fillRect(QRectF(area.left(), top, area.width(), std::min(part, area.bottom() - top)), colour);
}

void draw_in_parts(QPainter& painter, const QPolygonF& polygon, const QRectF& area)
{
    const double part = k_polygon_lines / painter.device()->devicePixelRatioF();
    for (double top = area.top(); top < area.bottom(); top += part) {
        painter.save();
        painter.setClipRect(QRectF(area.left(), top, area.width(), std::min(part, area.bottom() - top)), Qt::IntersectClip);
        painter.drawPolygon(polygon);
        painter.restore();
    }
}

}  // namespace kinora::ui
