#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace kinora::ui {

/// An icon of the studio's own set (`resources/icons/NAME.svg`, 18 px, one stroke weight), drawn as a vector at the screen's
/// ratio and in the theme's colours: text (dim when disabled), accent when the action is on. An unknown name gives an icon
/// that paints nothing.
[[nodiscard]] QIcon icon(const QString& name);

/// The same in one colour, for buttons on a coloured ground.
[[nodiscard]] QIcon icon(const QString& name, const QColor& colour);

/// Paints an icon into a rectangle, for widgets that paint themselves.
void paint_icon(QPainter& painter, const QRectF& rectangle, const QString& name, const QColor& colour);

}  // namespace kinora::ui
