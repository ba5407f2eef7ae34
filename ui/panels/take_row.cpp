#include "ui/panels/take_row.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

#include "ui/player/filmstrip.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

TakeRow::TakeRow(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(89);
    star_ = make_icon_button(QStringLiteral("star"), tr("Star this take"), {}, this);
    star_->setProperty("kind", "inside");
    star_->setFixedSize(24, 24);
    star_->setIconSize(QSize(16, 16));
    star_->setCheckable(true);
    star_->hide();
    connect(star_, &QToolButton::clicked, this, &TakeRow::star_toggled);
}

void TakeRow::show_take(const TakeView& take)
{
    if (take == take_) return;
    take_ = take;
    star_->setChecked(take.starred);
    star_->setIcon(take.starred ? ui::icon(QStringLiteral("star-filled")) : ui::icon(QStringLiteral("star"), roles().dim));
    star_->setVisible(starrable_ && (take.starred || underMouse() || star_->hasFocus()));
    setAccessibleName(take.title);
    setAccessibleDescription(take.details + QStringLiteral(", ") + take.length);
    update();
}

void TakeRow::set_picture(const QImage& picture)
{
    picture_ = picture;
    update();
}

void TakeRow::set_star_visible(bool visible)
{
    starrable_ = visible;
    star_->setVisible(visible && take_.starred);
}

int TakeRow::picture_height() const
{
    return qRound(k_take_picture_height * devicePixelRatioF());
}

QRect TakeRow::picture_area() const
{
    return {12, 9, k_take_picture_width, k_take_picture_height};
}

void TakeRow::paintEvent(QPaintEvent*)
{
    const Roles& r = roles();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (take_.chosen)
        painter.fillRect(rect(), r.raised);
    else if (underMouse())
        painter.fillRect(rect(), r.hover);
    const QRect area = picture_area();
    QPainterPath shape;
    shape.addRoundedRect(area, 5, 5);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(area, r.surround);
    if (!picture_.isNull()) paint_covering(painter, area, picture_);
    painter.restore();

    const int left = area.right() + 11;
    const int width = this->width() - left - 12;
    const auto line = [&](int row, const QString& text, TextRole role, const QColor& colour, int room) {
        painter.setFont(ui::font(role));
        painter.setPen(colour);
        painter.drawText(QRect(left, 9 + row * 17, room, 17), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, room));
    };
    line(0, take_.title, TextRole::strong, r.text, width - 26);
    line(1, take_.details, TextRole::secondary, r.dim, width);
    line(2, take_.length, TextRole::secondary, r.dim, width);
    if (hasFocus() && focusPolicy() != Qt::NoFocus) {
        painter.setPen(r.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), 6, 6);
    }
}

void TakeRow::resizeEvent(QResizeEvent* event)
{
    QAbstractButton::resizeEvent(event);
    star_->move(width() - star_->width() - 8, 6);
}

void TakeRow::mouseMoveEvent(QMouseEvent* event)
{
    QAbstractButton::mouseMoveEvent(event);
    const QRect area = picture_area();
    if (area.contains(event->position().toPoint())) Q_EMIT hovered_at((event->position().x() - area.left()) / area.width());
}

void TakeRow::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    star_->setVisible(starrable_);
}

void TakeRow::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    star_->setVisible(starrable_ && take_.starred);
    Q_EMIT hovered_at(-1);
}

}  // namespace kinora::ui
