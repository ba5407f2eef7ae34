#include "ui/player/filmstrip.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/small_parts.h"

namespace kinora::ui {

double even_cell_width(double width, double height, double aspect)
{
    const double natural = std::max(height * aspect, 1.0);
    return width / std::max(1.0, std::round(width / natural));
}

void paint_covering(QPainter& painter, const QRectF& target, const QImage& picture)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const QSizeF size(picture.size());
    const QSizeF wanted = target.size() * ratio;
    const double scale = std::max(wanted.width() / size.width(), wanted.height() / size.height());
    // A picture that has the size already is copied, not computed anew.
    if (scale > 0.97 && scale <= 1) {
        const QPoint from(static_cast<int>(size.width() - wanted.width()) / 2,
                          static_cast<int>(size.height() - wanted.height()) / 2);
        const QTransform before = painter.transform();
        if (ratio != 1) painter.scale(1 / ratio, 1 / ratio);
        draw_image_in_parts(painter, QRectF(target.topLeft() * ratio, wanted), picture, QRectF(from, wanted));
        if (ratio != 1) painter.setTransform(before);
        return;
    }
    const QSizeF part(wanted / scale);
    const QPointF corner((size.width() - part.width()) / 2, (size.height() - part.height()) / 2);
    draw_image_in_parts(painter, target, picture, QRectF(corner, part));
}

void paint_filmstrip(QPainter& painter, const Filmstrip& strip, const std::function<QImage(int frame)>& picture_at)
{
    if (strip.frames <= 0 || strip.area.width() <= 0 || strip.cell_width <= 0) return;
    painter.save();
    painter.setClipRect(strip.area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double left = std::max(strip.area.left(), strip.visible_left);
    const double right = std::min(strip.area.right(), strip.visible_right);
    const int first_cell = static_cast<int>(std::floor((left - strip.area.left()) / strip.cell_width));
    const double frames_per_point = strip.frames / strip.area.width();
    // Cells begin and end on whole device pixels: no seam shows between two pictures.
    const double ratio = painter.device()->devicePixelRatioF();
    const auto edge = [&](int cell) { return std::round((strip.area.left() + cell * strip.cell_width) * ratio) / ratio; };
    for (int cell = first_cell; edge(cell) < right - 0.5; ++cell) {
        const double middle = strip.first + (cell + 0.5) * strip.cell_width * frames_per_point;
        const double last = strip.first + strip.frames - 1;
        const QImage picture = picture_at(static_cast<int>(std::clamp(std::floor(middle), strip.first, last)));
        const QRectF place(edge(cell), strip.area.top(), edge(cell + 1) - edge(cell), strip.area.height());
        if (!picture.isNull()) paint_covering(painter, place, picture);
        if (cell > 0 && strip.divider.isValid()) {
            fill_in_parts(painter, QRectF(place.left() - 1, place.top(), 1, place.height()), strip.divider);
        }
    }
    painter.restore();
}

}  // namespace kinora::ui
