#include "ui/panels/take_row.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

/// Height of the words below a tile.
constexpr int k_tile_words = 22;
/// A child stands this much further to the right than its parent, and its picture is this much smaller.
constexpr int k_lineage_step = 18;
constexpr int k_lineage_shrink = 12;

}  // namespace

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
    setAccessibleDescription(take.origin.isEmpty() ? take.details + QStringLiteral(", ") + take.length
                                                   : take.origin + QStringLiteral(", ") + take.details);
    update();
}

void TakeRow::set_picture(const QImage& picture)
{
    picture_.set(picture);
    update();
}

void TakeRow::set_star_visible(bool visible)
{
    starrable_ = visible;
    star_->setVisible(visible && take_.starred);
}

void TakeRow::set_form(TakeForm form)
{
    if (form == form_) return;
    form_ = form;
    setMinimumSize(0, 0);
    setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    if (form == TakeForm::row) setFixedHeight(89);
    place_star();
    update();
}

int TakeRow::tile_height(int width)
{
    return width * k_take_picture_height / k_take_picture_width + k_tile_words;
}

int TakeRow::picture_height() const
{
    return qRound(picture_area().height() * devicePixelRatioF());
}

QRect TakeRow::picture_area() const
{
    if (form_ == TakeForm::tile) return {0, 0, width(), height() - k_tile_words};
    return {12 + take_.depth * k_lineage_step, 9, k_take_picture_width - take_.depth * k_lineage_shrink,
            k_take_picture_height - take_.depth * k_lineage_shrink * k_take_picture_height / k_take_picture_width};
}

void TakeRow::paint_picture(QPainter& painter)
{
    picture_.paint(painter, picture_area(), roles().surround);
}

void TakeRow::paint_row(QPainter& painter)
{
    const Roles& r = roles();
    if (take_.chosen)
        painter.fillRect(rect(), r.raised);
    else if (underMouse())
        painter.fillRect(rect(), r.hover);
    const QRect area = picture_area();
    if (take_.depth > 0) {
        // From the parent above, round the corner to this picture.
        const qreal x = 12.0 + (take_.depth - 1) * k_lineage_step + 9.5;
        const qreal y = area.center().y();
        QPainterPath branch(QPointF(x, 0));
        branch.lineTo(x, y - 6);
        branch.quadTo(QPointF(x, y), QPointF(x + 6, y));
        branch.lineTo(area.left() - 3, y);
        painter.setPen(QPen(r.dashed, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(branch);
    }
    paint_picture(painter);
    const int left = area.right() + 11;
    const int width = this->width() - left - 12;
    const auto line = [&](int row, const QString& text, TextRole role, const QColor& colour, int room) {
        painter.setFont(ui::font(role));
        painter.setPen(colour);
        painter.drawText(QRect(left, 9 + row * 17, room, 17), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, room));
    };
    line(0, take_.title, TextRole::strong, r.text, width - 26);
    line(1, take_.origin.isEmpty() ? take_.details : take_.origin, TextRole::secondary, r.dim, width);
    line(2, take_.origin.isEmpty() ? take_.length : take_.details, TextRole::secondary, r.dim, width);
    if (!take_.origin.isEmpty()) line(3, take_.length, TextRole::secondary, r.dim, width);
}

void TakeRow::paint_tile(QPainter& painter)
{
    const Roles& r = roles();
    paint_picture(painter);
    const QRect area = picture_area();
    if (take_.chosen || underMouse()) {
        painter.setPen(QPen(take_.chosen ? r.accent : r.dim, take_.chosen ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 5, 5);
    }
    painter.setFont(ui::font(TextRole::secondary));
    painter.setPen(take_.chosen ? r.text : r.dim);
    const QString words = take_.made_by.isEmpty() ? take_.title : take_.title + QStringLiteral(" · ") + take_.made_by;
    painter.drawText(QRect(1, area.bottom() + 2, width() - 2, k_tile_words - 2), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, width() - 2));
}

void TakeRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    form_ == TakeForm::tile ? paint_tile(painter) : paint_row(painter);
    if (hasFocus() && focusPolicy() != Qt::NoFocus) {
        painter.setPen(roles().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), 6, 6);
    }
}

void TakeRow::place_star()
{
    star_->move(width() - star_->width() - (form_ == TakeForm::tile ? 3 : 8), form_ == TakeForm::tile ? 3 : 6);
}

void TakeRow::resizeEvent(QResizeEvent* event)
{
    QAbstractButton::resizeEvent(event);
    place_star();
}

void TakeRow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) return Q_EMIT remove_requested();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
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
