#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace kinora::ui {

/// The line along the inner side of a rounded rectangle.
struct EdgeLine {
    QColor colour;
    double width = 0;  ///< in points; drawn in whole device pixels. 0: no line
};

/// Rounds the corners of what was drawn in `area` by laying the ground's colour over them, and draws the line around it.
/// Pictures that are clipped to a rounded shape are blended line by line, and a long curve is shared out among threads that
/// have to be woken; this way all of it is copied, and a screenful costs a fifth. Nothing is covered without a valid ground.
/// The painter draws hard edges (no antialiasing).
void cover_corners(QPainter& painter, const QRectF& area, double radius, const QColor& ground, double pixel_ratio,
                   const EdgeLine& edge = {});

/// Soft edges as long as it lives, hard ones afterwards.
class SoftEdges {
public:
    explicit SoftEdges(QPainter& painter) : painter_(painter) { painter_.setRenderHint(QPainter::Antialiasing); }
    ~SoftEdges() { painter_.setRenderHint(QPainter::Antialiasing, false); }
    SoftEdges(const SoftEdges&) = delete;
    SoftEdges& operator=(const SoftEdges&) = delete;

private:
    QPainter& painter_;
};

}  // namespace kinora::ui
