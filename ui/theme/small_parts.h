#pragma once

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QPolygonF>
#include <QRectF>

namespace kinora::ui {

// Qt's rasteriser gives translucent fills, polygons and scaled pictures of about a hundred lines and more to other threads,
// part by part, and waits for them: on a busy machine longer than painting itself would take. These stay below that.

/// Fills `area`, whose edges lie on whole device pixels.
void fill_in_parts(QPainter& painter, const QRectF& area, const QColor& colour);

/// Draws a polygon with the painter's pen and brush; nothing of it outside `area` is drawn.
void draw_in_parts(QPainter& painter, const QPolygonF& polygon, const QRectF& area);

/// `QPainter::drawImage(target, image, source)` for a painter that is moved or scaled, not turned.
void draw_image_in_parts(QPainter& painter, const QRectF& target, const QImage& image, const QRectF& source);

}  // namespace kinora::ui
