#pragma once

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <functional>

namespace kinora::ui {

/// What a filmstrip shows: pictures of the source frames `[first, first + frames)` across `area`, cell after cell.
struct Filmstrip {
    QRectF area;
    double first = 0;
    double frames = 0;
    /// Width of one cell, in the same units as `area`.
    double cell_width = 0;
    /// Only cells that touch this span of x are drawn and asked for.
    double visible_left = 0;
    double visible_right = 0;
    /// A line between two cells, where it is valid.
    QColor divider;
};

/// Width of cells that fill `width` without a remainder and are as near as can be to pictures of `aspect` at `height`.
[[nodiscard]] double even_cell_width(double width, double height, double aspect);

/// Draws the strip; `picture_at` gives the picture of a frame or a null image, and that cell is left to the ground below.
/// Pictures cover their cell and are cropped where the shapes differ.
void paint_filmstrip(QPainter& painter, const Filmstrip& strip, const std::function<QImage(int frame)>& picture_at);

/// Draws `picture` so that it covers `target` entirely, cropped in the middle.
void paint_covering(QPainter& painter, const QRectF& target, const QImage& picture);

}  // namespace kinora::ui
