#include "ui/theme/small_parts.h"

#include <algorithm>
#include <cmath>

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

void draw_image_in_parts(QPainter& painter, const QRectF& target, const QImage& image, const QRectF& source)
{
    // Parts begin on whole device pixels, so that no line is painted twice.
    const double ratio = painter.device()->devicePixelRatioF();
    const double first = std::floor(painter.transform().map(target.topLeft()).y() * ratio);
    const double bottom = painter.transform().map(target.bottomLeft()).y() * ratio;
    if (bottom - first <= k_fill_lines) return painter.drawImage(target, image, source);
    const QTransform to_here = painter.transform().inverted();
    for (double top = first; top < bottom; top += k_fill_lines) {
        const QRectF band(painter.transform().map(target.topLeft()).x() - 1, top / ratio,
                          painter.transform().mapRect(target).width() + 2, k_fill_lines / ratio);
        painter.save();
        painter.setClipRect(to_here.mapRect(band), Qt::IntersectClip);
        painter.drawImage(target, image, source);
        painter.restore();
    }
}

}  // namespace kinora::ui
