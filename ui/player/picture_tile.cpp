#include "ui/player/picture_tile.h"

#include <QPainterPath>

#include "ui/player/filmstrip.h"

namespace kinora::ui {

namespace {

constexpr double k_radius = 5;

}  // namespace

void PictureTile::paint(QPainter& painter, const QRect& area, const QColor& ground)
{
    if (area.isEmpty()) return;
    const double ratio = painter.device()->devicePixelRatioF();
    const bool fits = !fitted_.isNull() && fitted_of_ == picture_.cacheKey() && size_ == area.size() &&
                      fitted_.devicePixelRatio() == ratio && ground_ == ground;
    if (!fits) fit(area.size(), ratio, ground);
    painter.drawImage(area.topLeft(), fitted_);
}

void PictureTile::fit(const QSize& size, double ratio, const QColor& ground)
{
    fitted_of_ = picture_.cacheKey();
    size_ = size;
    ground_ = ground;
    fitted_ = QImage(size * ratio, QImage::Format_ARGB32_Premultiplied);
    fitted_.setDevicePixelRatio(ratio);
    fitted_.fill(Qt::transparent);
    const QRectF area(QPointF(0, 0), QSizeF(size));
    QPainterPath shape;
    shape.addRoundedRect(area, k_radius, k_radius);
    QPainter painter(&fitted_);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setClipPath(shape);
    // One or the other: the ground would shine through at the round corners.
    picture_.isNull() ? painter.fillRect(area, ground) : paint_covering(painter, area, picture_);
}

}  // namespace kinora::ui
