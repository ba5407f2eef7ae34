#pragma once

#include <QPainter>
#include <QString>

#include "ui/player/canvas_scene.h"
#include "ui/player/canvas_view.h"

namespace kinora::ui {

/// What is drawn over the picture.
struct CanvasOverlay {
    QString timecode;  ///< at the left above the picture
    QString label;     ///< at the right
    QString message;   ///< in the middle, instead of a picture
    QString first_name;
    QString second_name;  ///< of what is compared
    double divider = 0.5;
    bool safe_areas = false;
    bool ring = false;  ///< the keyboard's focus is here
    bool texts = true;  ///< off on a bare screen
    bool bare = false;  ///< alone on a screen: dark around the picture in every theme
};

/// What is around the picture.
[[nodiscard]] QColor ground_of(const CanvasOverlay& overlay);

/// Everything over the picture, in the order that it lies there.
void paint_overlay(QPainter& painter, const CanvasOverlay& overlay, const CanvasView& view, CompareMode compare, bool any);

/// Where the timecode is written, for the hand that clicks it.
[[nodiscard]] QRectF timecode_box(const CanvasOverlay& overlay);

/// Action-safe and title-safe parts of a picture (SMPTE ST 2046-1: 93 % and 90 % of each side).
[[nodiscard]] QRectF safe_area(const QRectF& picture, double part);
constexpr double k_action_safe = 0.93;
constexpr double k_title_safe = 0.90;

/// Where the divider of a wipe stands, in widget coordinates.
[[nodiscard]] double divider_x(const CanvasView& view, double divider);

}  // namespace kinora::ui
