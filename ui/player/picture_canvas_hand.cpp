#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

#include "ui/player/picture_canvas.h"

// What a hand does on the picture: zoom, pan, the divider of a wipe, clicks.
namespace kinora::ui {

namespace {
constexpr double k_divider_reach = 12;
}

PictureCanvas::Grip PictureCanvas::grip_at(const QPointF& point) const
{
    if (timecode_box(overlay_).contains(point)) return Grip::timecode;
    const bool wipe = scene_.shown_compare() == CompareMode::wipe && overlay_.message.isEmpty();
    if (wipe && view_.seen(0).contains(point) && std::abs(point.x() - divider_x(view_, overlay_.divider)) <= k_divider_reach)
        return Grip::divider;
    return Grip::picture;
}

void PictureCanvas::wheelEvent(QWheelEvent* event)
{
    const double steps = event->angleDelta().y() / 120.0;
    if (scene_.picture.is_null() || steps == 0) return event->ignore();
    view_.zoom_at(view_.shown_zoom() * std::pow(1.25, steps), event->position());
    refresh();
    Q_EMIT zoom_changed(view_.zoom());
    event->accept();
}

void PictureCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return QWidget::mousePressEvent(event);
    pressed_at_ = event->position();
    dragged_ = false;
    grip_ = event->button() == Qt::MiddleButton ? Grip::picture : grip_at(event->position());
}

void PictureCanvas::mouseMoveEvent(QMouseEvent* event)
{
    Q_EMIT hand_moved();
    if (grip_ == Grip::none) {
        const Grip under = grip_at(event->position());
        if (under == Grip::divider) return setCursor(Qt::SplitHCursor);
        if (under == Grip::timecode) return setCursor(Qt::PointingHandCursor);
        return unsetCursor();
    }
    if (grip_ == Grip::divider) {
        const QRectF area = view_.area(0);
        set_divider((event->position().x() - area.left()) / area.width());
        dragged_ = true;
        Q_EMIT divider_changed(overlay_.divider);
        return;
    }
    const QPointF moved = event->position() - pressed_at_;
    if (!dragged_ && moved.manhattanLength() < QApplication::startDragDistance()) return;
    dragged_ = true;
    if (grip_ != Grip::picture || view_.zoom() <= 0) return;
    setCursor(Qt::ClosedHandCursor);
    view_.pan_by(moved);
    pressed_at_ = event->position();
    refresh();
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const Grip grip = std::exchange(grip_, Grip::none);
    if (dragged_) unsetCursor();
    if (event->button() != Qt::LeftButton || dragged_) return;
    if (grip == Grip::timecode) Q_EMIT timecode_clicked();
    if (grip == Grip::picture) Q_EMIT clicked();
}

void PictureCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    // The second click of the two undoes what the first one did, so that playback goes on as it was.
    mousePressEvent(event);
    if (event->button() == Qt::LeftButton && grip_ == Grip::picture) Q_EMIT double_clicked();
}

}  // namespace kinora::ui
