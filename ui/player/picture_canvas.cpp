#include "ui/player/picture_canvas.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/player/enlarge.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {
constexpr double k_side_margin = 16;
constexpr double k_text_margin = 36;  // the row of the timecode, and as much below for the picture to sit in the middle
constexpr double k_smallest_zoom = 0.1;
constexpr double k_largest_zoom = 16;
constexpr qint64 k_million = 1'000'000;
}  // namespace

PictureCanvas::PictureCanvas(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Picture"));
    rest_.setSingleShot(true);
    rest_.setInterval(120);
    connect(&rest_, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

void PictureCanvas::set_picture(const QImage& picture)
{
    if (picture.cacheKey() == picture_.cacheKey()) return;
    picture_ = picture;
    rest_.start();
    update();
}

void PictureCanvas::set_timecode(const QString& text)
{
    if (timecode_ == text) return;
    timecode_ = text;
    update();
}

void PictureCanvas::set_label(const QString& text)
{
    if (label_ == text) return;
    label_ = text;
    update();
}

void PictureCanvas::set_message(const QString& text)
{
    message_ = text;
    setAccessibleDescription(text);
    update();
}

void PictureCanvas::set_moving(bool moving)
{
    if (moving_ == moving) return;
    moving_ = moving;
    update();
}

void PictureCanvas::set_zoom(double zoom)
{
    pan_ = {};
    zoom_ = zoom <= 0 ? 0 : std::clamp(zoom, k_smallest_zoom, k_largest_zoom);
    update();
}

void PictureCanvas::set_ring(bool ring)
{
    ring_ = ring;
    update();
}

QRectF PictureCanvas::picture_area() const
{
    if (picture_.isNull()) return {};
    const QSizeF natural(picture_.size());
    const double room_x = std::max(width() - 2 * k_side_margin, 16.0);
    const double room_y = std::max(height() - 2 * k_text_margin, 16.0);
    const double scale = zoom_ > 0 ? zoom_ : std::min(room_x / natural.width(), room_y / natural.height());
    QRectF area(QPointF(), natural * scale);
    area.moveCenter(QRectF(rect()).center() + pan_);
    // On whole device pixels, so that the edges are sharp.
    const double ratio = devicePixelRatioF();
    const auto snapped = [ratio](double value) { return std::round(value * ratio) / ratio; };
    return {snapped(area.x()), snapped(area.y()), snapped(area.width()), snapped(area.height())};
}

void PictureCanvas::zoom_at(double zoom, const QPointF& anchor)
{
    const QRectF before = picture_area();
    if (before.isEmpty()) return;
    const double wanted = std::clamp(zoom, k_smallest_zoom, k_largest_zoom);
    const double factor = wanted * picture_.width() / before.width();
    const QPointF middle = QRectF(rect()).center();
    pan_ = anchor + (before.center() - anchor) * factor - middle;
    zoom_ = wanted;
    update();
    Q_EMIT zoom_changed(zoom_);
}

void PictureCanvas::wheelEvent(QWheelEvent* event)
{
    if (picture_.isNull() || !(event->modifiers() & Qt::ControlModifier)) return event->ignore();
    const double steps = event->angleDelta().y() / 120.0;
    zoom_at(picture_area().width() / picture_.width() * std::pow(1.25, steps), event->position());
    event->accept();
}

void PictureCanvas::mousePressEvent(QMouseEvent* event)
{
    pressed_at_ = event->position();
    dragged_ = false;
}

void PictureCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF moved = event->position() - pressed_at_;
    if (!dragged_ && moved.manhattanLength() < QApplication::startDragDistance()) return;
    dragged_ = true;
    if (zoom_ <= 0) return;
    pan_ += moved;
    pressed_at_ = event->position();
    update();
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !dragged_) Q_EMIT clicked();
}

void PictureCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), roles().surround);
    if (!message_.isEmpty()) {
        painter.setPen(roles().dim);
        painter.setFont(ui::font(TextRole::body));
        const QRectF column = QRectF(rect()).adjusted(48, k_text_margin, -48, -k_text_margin);
        painter.drawText(column, Qt::AlignCenter | Qt::TextWordWrap, message_);
    } else if (!picture_.isNull()) {
        paint_picture(painter);
    }
    paint_texts(painter);
    if (!ring_) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(roles().accent);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void PictureCanvas::paint_picture(QPainter& painter)
{
    const QRectF area = picture_area();
    const double ratio = devicePixelRatioF();
    const QSize pixels = (area.size() * ratio).toSize();
    if (fit_to(pixels)) return painter.drawImage(area, fitted_);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom_ < 4);  // from 4× on one wants to see the points
    painter.drawImage(area, picture_);
}

bool PictureCanvas::fit_to(QSize pixels)
{
    const auto points = qint64{pixels.width()} * pixels.height();
    const bool smaller = pixels.width() * 3 < picture_.width() * 2 && at_rest();
    const bool larger = pixels.width() * 5 > picture_.width() * 6 && zoom_ < 4 &&
                        points <= (at_rest() ? 9 : 2) * k_million && picture_.format() == QImage::Format_RGB888;
    if (!smaller && !larger) return false;
    if (fitted_key_ == picture_.cacheKey() && fitted_.size() == pixels) return true;
    fitted_key_ = picture_.cacheKey();
    if (smaller) {
        fitted_ = picture_.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        return true;
    }
    if (fitted_.size() != pixels || fitted_.format() != QImage::Format_RGB32) fitted_ = QImage(pixels, QImage::Format_RGB32);
    enlarge(picture_, fitted_);
    return true;
}

void PictureCanvas::paint_texts(QPainter& painter)
{
    painter.setFont(ui::font(TextRole::secondary));
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(painter.font());
    const bool covered = !picture_.isNull() && message_.isEmpty() && picture_area().top() < 28;
    const auto draw = [&](const QString& text, double left, const QColor& colour) {
        if (text.isEmpty()) return;
        const QRectF box(left, 10, metrics.horizontalAdvance(text), metrics.height());
        if (covered) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(roles().name_band);
            painter.drawRoundedRect(box.adjusted(-6, -2, 6, 2), 4, 4);
        }
        painter.setPen(covered ? roles().on_picture : colour);
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text);
    };
    draw(timecode_, k_side_margin, roles().text);
    draw(label_, width() - k_side_margin - metrics.horizontalAdvance(label_), roles().dim);
}

}  // namespace kinora::ui
