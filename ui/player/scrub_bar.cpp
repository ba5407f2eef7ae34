#include "ui/player/scrub_bar.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/player/filmstrip.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {
constexpr double k_film_height = 34;
constexpr double k_overhang = 3;  // the playhead stands out of the film above and below
constexpr double k_handle_width = 7;
constexpr double k_grip_reach = 9;  // a handle is caught this far from its middle: 18 px in all
constexpr double k_radius = 6;
}  // namespace

ScrubBar::ScrubBar(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Scrub bar"));
    setAccessibleDescription(tr("Drag to move through the clip; drag the handles to trim it."));
}

QSize ScrubBar::sizeHint() const
{
    return {480, static_cast<int>(k_film_height + 2 * k_overhang)};
}

QSize ScrubBar::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

void ScrubBar::set_source(PictureSource* source)
{
    if (source_) source_->disconnect(this);
    source_ = source;
    if (source_) connect(source_, &PictureSource::thumbnails_changed, this, qOverload<>(&QWidget::update));
    cancel_drag();
    update();
}

void ScrubBar::set_length(int frames)
{
    length_ = std::max(frames, 0);
    set_range(0, length_);
}

void ScrubBar::set_range(int first, int end)
{
    if (grip_ == Grip::in || grip_ == Grip::out) return;  // the hand that drags knows better
    first_ = std::clamp(first, 0, std::max(length_ - 1, 0));
    end_ = std::clamp(end, std::min(first_ + 1, length_), length_);
    update();
}

void ScrubBar::set_frame(int frame)
{
    if (frame_ == frame) return;
    frame_ = frame;
    update();
}

void ScrubBar::set_trimmable(bool trimmable)
{
    trimmable_ = trimmable;
    update();
}

QRectF ScrubBar::film() const
{
    return QRectF(rect()).adjusted(0, k_overhang, 0, -k_overhang);
}

double ScrubBar::x_of(double frame) const
{
    return length_ > 0 ? film().left() + frame * film().width() / length_ : film().left();
}

int ScrubBar::frame_at(double x) const
{
    if (length_ < 1) return 0;
    const auto frame = static_cast<int>(std::floor((x - film().left()) * length_ / film().width()));
    return std::clamp(frame, 0, length_ - 1);
}

QRectF ScrubBar::in_handle() const
{
    return {x_of(first_), film().top(), k_handle_width, film().height()};
}

QRectF ScrubBar::out_handle() const
{
    return {x_of(end_) - k_handle_width, film().top(), k_handle_width, film().height()};
}

ScrubBar::Grip ScrubBar::grip_at(const QPointF& point) const
{
    if (length_ < 1) return Grip::none;
    if (!trimmable_) return Grip::playhead;
    const double to_in = point.x() - in_handle().center().x();
    const double to_out = point.x() - out_handle().center().x();
    const double reach = std::min(std::abs(to_in), std::abs(to_out));
    if (reach > k_grip_reach) return Grip::playhead;
    // Where both handles meet, the side that the pointer comes from decides.
    return std::abs(to_in) <= std::abs(to_out) ? Grip::in : Grip::out;
}

void ScrubBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    finish_drag();
    grip_ = grip_at(event->position());
    if (grip_ == Grip::none) return;
    first_before_ = first_;
    end_before_ = end_;
    moved_ = false;
    grip_offset_ = 0;
    if (grip_ == Grip::in) grip_offset_ = event->position().x() - x_of(first_);
    if (grip_ == Grip::out) grip_offset_ = event->position().x() - x_of(end_);
    if (grip_ == Grip::playhead) drag_to(event->position().x(), false);
    update();
}

void ScrubBar::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton)) finish_drag();
    if (grip_ != Grip::none) return drag_to(event->position().x() - grip_offset_, false);
    const Grip hovered = grip_at(event->position());
    if (hovered == hovered_) return;
    hovered_ = hovered;
    const bool handle = hovered == Grip::in || hovered == Grip::out;
    handle ? setCursor(Qt::SizeHorCursor) : unsetCursor();
    update();
}

void ScrubBar::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || grip_ == Grip::none) return;
    if (grip_ != Grip::playhead) drag_to(event->position().x() - grip_offset_, true);
    grip_ = Grip::none;
    update();
}

void ScrubBar::leaveEvent(QEvent* event)
{
    hovered_ = Grip::none;
    update();
    QWidget::leaveEvent(event);
}

void ScrubBar::hideEvent(QHideEvent* event)
{
    finish_drag();
    QWidget::hideEvent(event);
}

void ScrubBar::drag_to(double x, bool finished)
{
    if (grip_ == Grip::playhead) {
        Q_EMIT scrubbed(frame_at(x));
        return;
    }
    const auto boundary = static_cast<int>(std::lround((x - film().left()) * length_ / film().width()));
    const int first = first_;
    const int end = end_;
    if (grip_ == Grip::in) first_ = std::clamp(boundary, 0, end_ - 1);
    if (grip_ == Grip::out) end_ = std::clamp(boundary, first_ + 1, length_);
    if (!finished && first == first_ && end == end_) return;
    // A click on a handle changes nothing; a drag that came back to where it began has to be ended like any other.
    if (finished && !moved_ && first_ == first_before_ && end_ == end_before_) return;
    moved_ = true;
    update();
    Q_EMIT trimmed(first_, end_, grip_ == Grip::in ? first_ : end_ - 1, finished);
}

bool ScrubBar::cancel_drag()
{
    const bool trimming = grip_ == Grip::in || grip_ == Grip::out;
    const Grip grip = std::exchange(grip_, Grip::none);
    if (!trimming) return false;
    first_ = first_before_;
    end_ = end_before_;
    update();
    Q_EMIT trimmed(first_, end_, grip == Grip::in ? first_ : end_ - 1, true);
    return true;
}

void ScrubBar::finish_drag()
{
    const Grip grip = std::exchange(grip_, Grip::none);
    const bool trimming = grip == Grip::in || grip == Grip::out;
    if (trimming && moved_) Q_EMIT trimmed(first_, end_, grip == Grip::in ? first_ : end_ - 1, true);
}

void ScrubBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = film();
    paint_film(painter, area);
    if (length_ < 1) return;
    if (trimmable_) paint_trim(painter, area);
    const double x = std::round(x_of(frame_ + 0.5));
    const QRectF playhead(std::clamp(x - 1, area.left(), area.right() - 2), 0, 2, height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(roles().surround);
    painter.drawRoundedRect(playhead.adjusted(-1, 0, 1, 0), 1.5, 1.5);
    painter.setBrush(roles().on_picture);
    painter.drawRoundedRect(playhead, 1, 1);
}

void ScrubBar::paint_film(QPainter& painter, const QRectF& area)
{
    QPainterPath outline;
    outline.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), k_radius, k_radius);
    painter.fillPath(outline, roles().raised);
    if (source_ && length_ > 0) {
        painter.save();
        painter.setClipPath(outline);
        const int pixels = static_cast<int>(std::ceil(area.height() * devicePixelRatioF()));
        const QImage any = source_->thumbnail(frame_at(area.center().x()), pixels);
        const double aspect = any.isNull() ? 16.0 / 9 : static_cast<double>(any.width()) / any.height();
        Filmstrip strip{area, 0, static_cast<double>(length_), even_cell_width(area.width(), area.height(), aspect)};
        strip.visible_left = area.left();
        strip.visible_right = area.right();
        paint_filmstrip(painter, strip, [&](int frame) { return source_->thumbnail(frame, pixels); });
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(roles().line);
    painter.drawPath(outline);
}

void ScrubBar::paint_trim(QPainter& painter, const QRectF& area)
{
    const QColor shade = roles().shade;
    const double in = x_of(first_);
    const double out = x_of(end_);
    painter.save();
    QPainterPath rounded;
    rounded.addRoundedRect(area, k_radius, k_radius);
    painter.setClipPath(rounded);
    painter.fillRect(QRectF(area.left(), area.top(), in - area.left(), area.height()), shade);
    painter.fillRect(QRectF(out, area.top(), area.right() - out, area.height()), shade);
    painter.restore();
    QPen edge(roles().accent, 1);
    painter.setPen(edge);
    painter.drawLine(QPointF(in, area.top() + 0.5), QPointF(out, area.top() + 0.5));
    painter.drawLine(QPointF(in, area.bottom() - 0.5), QPointF(out, area.bottom() - 0.5));
    for (const bool is_in : {true, false}) {
        const QRectF handle = is_in ? in_handle() : out_handle();
        const Grip grip = is_in ? Grip::in : Grip::out;
        QPainterPath body;  // round outside, straight towards the film
        body.addRoundedRect(handle, 4, 4);
        body.addRect(is_in ? handle.adjusted(k_handle_width / 2, 0, 0, 0) : handle.adjusted(0, 0, -k_handle_width / 2, 0));
        body.setFillRule(Qt::WindingFill);
        QColor colour = roles().accent;
        if (hovered_ == grip || grip_ == grip) colour = colour.lighter(115);
        painter.fillPath(body, colour);
        painter.setPen(QPen(roles().accent_ground, 1));
        const double x = std::floor(handle.center().x()) + 0.5;
        painter.drawLine(QPointF(x, handle.center().y() - 5), QPointF(x, handle.center().y() + 5));
    }
}

}  // namespace kinora::ui
