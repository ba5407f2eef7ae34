#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace kinora::ui {

/// Rounds the corners of what was drawn in `area` by laying the ground's colour over them. Pictures that are clipped to a
/// rounded shape are blended line by line; this way they are copied, and a screenful of them costs a fifth.
void cover_corners(QPainter& painter, const QRectF& area, double radius, const QColor& ground, double pixel_ratio);

}  // namespace kinora::ui
