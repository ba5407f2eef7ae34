#include "ui/shot/reference_slot.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QUrl>

#include "ui/player/filmstrip.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

ReferenceSlot::ReferenceSlot(const QString& invitation, const QString& caption, QWidget* parent)
    : QAbstractButton(parent), invitation_(invitation), caption_(caption)
{
    setAcceptDrops(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(caption);
    setAccessibleDescription(invitation);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void ReferenceSlot::set_picture(const QImage& picture, const QString& detail)
{
    picture_ = picture;
    detail_ = detail;
    setAccessibleDescription(filled() ? detail : invitation_);
    update();
}

void ReferenceSlot::paintEvent(QPaintEvent*)
{
    const Roles& r = roles();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(frame, 8, 8);
    painter.setFont(ui::font(TextRole::small));
    if (filled()) {
        painter.save();
        painter.setClipPath(shape);
        paint_covering(painter, frame, picture_);
        QLinearGradient band(frame.bottomLeft(), frame.topLeft());
        band.setColorAt(0, r.shade);
        band.setColorAt(0.8, Qt::transparent);
        painter.fillRect(frame, band);
        painter.restore();
        painter.setPen(r.on_picture);
        const QRectF text = frame.adjusted(8, 4, -8, -6);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignBottom | Qt::TextWordWrap,
                         detail_.isEmpty() ? caption_ : caption_ + QLatin1Char('\n') + detail_);
    } else {
        if (underMouse() || dragging_) painter.fillPath(shape, dragging_ ? r.accent_ground : r.raised);
        painter.setPen(dragging_ ? r.accent_text : underMouse() ? r.dim : r.faint);
        painter.drawText(frame.adjusted(8, 4, -8, -4), Qt::AlignCenter | Qt::TextWordWrap, invitation_);
    }
    QPen border(hasFocus() || dragging_ ? r.accent : filled() ? r.line : r.dashed);
    if (!filled()) border.setDashPattern({4, 3});
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
}

void ReferenceSlot::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    const bool file = urls.size() == 1 && urls.first().isLocalFile();
    if (!file && !event->mimeData()->hasImage()) return;
    event->acceptProposedAction();
    dragging_ = true;
    update();
}

bool ReferenceSlot::take(const QMimeData& mime)
{
    const auto urls = mime.urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) {
        Q_EMIT file_dropped(urls.first().toLocalFile());
        return true;
    }
    const auto picture = qvariant_cast<QImage>(mime.imageData());
    if (picture.isNull()) return false;
    Q_EMIT picture_given(picture);
    return true;
}

bool ReferenceSlot::paste()
{
    const auto* mime = QGuiApplication::clipboard()->mimeData();
    return mime != nullptr && take(*mime);
}

void ReferenceSlot::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste) && paste()) return;
    QAbstractButton::keyPressEvent(event);
}

void ReferenceSlot::dragLeaveEvent(QDragLeaveEvent*)
{
    dragging_ = false;
    update();
}

void ReferenceSlot::dropEvent(QDropEvent* event)
{
    dragging_ = false;
    event->acceptProposedAction();
    update();
    take(*event->mimeData());
}

}  // namespace kinora::ui
