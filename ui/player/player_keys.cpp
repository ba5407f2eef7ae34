#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>
#include <cmath>

#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/transport.h"

// What hands do in the player: keys, focus and the picture's menu.
namespace kinora::ui {

void PlayerWidget::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && scrub_->cancel_drag()) return;
    if (transport_->length() < 1 || !handle_key(event->key(), event->modifiers(), event->isAutoRepeat())) {
        QWidget::keyPressEvent(event);
    }
}

bool PlayerWidget::handle_key(int key, Qt::KeyboardModifiers modifiers, bool repeated)
{
    const auto plain = modifiers & ~Qt::KeypadModifier;
    if (plain == Qt::ControlModifier && key == Qt::Key_L) {
        set_loop(!loop_);
        return true;
    }
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        if (plain != Qt::NoModifier && plain != Qt::ShiftModifier) return false;
        const int second = std::max(1, static_cast<int>(std::lround(transport_->rate().as_double())));
        const int frames = plain == Qt::ShiftModifier ? second : 1;
        transport_->step(key == Qt::Key_Left ? -frames : frames);
        return true;
    }
    if (plain != Qt::NoModifier) return false;
    const bool can_trim = content_ == Content::clip;
    switch (key) {
        case Qt::Key_Space:
            if (!repeated) transport_->toggle();
            return true;
        case Qt::Key_J:
            if (!repeated) transport_->shuttle_backward();
            return true;
        case Qt::Key_K:
            transport_->pause();
            return true;
        case Qt::Key_L:
            if (!repeated) transport_->shuttle_forward();
            return true;
        case Qt::Key_I:
            if (can_trim) trim_to(transport_->frame(), std::max(transport_->range_end(), transport_->frame() + 1));
            return can_trim;
        case Qt::Key_O:
            if (can_trim) trim_to(std::min(transport_->range_first(), transport_->frame()), transport_->frame() + 1);
            return can_trim;
        case Qt::Key_Home:
            transport_->seek(transport_->range_first());
            return true;
        case Qt::Key_End:
            transport_->seek(transport_->range_end() - 1);
            return true;
        default:
            return false;
    }
}

void PlayerWidget::trim_to(int first, int end)
{
    const core::FrameRange wanted{first, end};
    if (wanted == trim()) return;
    set_trim(wanted);
    Q_EMIT trim_changed(trim(), true);
}

void PlayerWidget::contextMenuEvent(QContextMenuEvent* event)
{
    const QImage picture = canvas_->picture();
    if (picture.isNull() || content_ == Content::preview) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (isSignalConnected(QMetaMethod::fromSignal(&PlayerWidget::save_frame_requested))) {
        menu->addAction(tr("Save this frame as PNG…"), this,
                        [this, picture, at = frame()] { Q_EMIT save_frame_requested(picture, at); });
    }
    if (isSignalConnected(QMetaMethod::fromSignal(&PlayerWidget::use_as_first_frame_requested))) {
        menu->addAction(tr("Use as first frame"), this,
                        [this, picture, at = frame()] { Q_EMIT use_as_first_frame_requested(picture, at); });
    }
    if (menu->isEmpty()) return menu->deleteLater();
    menu->popup(event->globalPos());
}

void PlayerWidget::focusInEvent(QFocusEvent* event)
{
    canvas_->set_ring(event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason);
    QWidget::focusInEvent(event);
}

void PlayerWidget::focusOutEvent(QFocusEvent* event)
{
    canvas_->set_ring(false);
    QWidget::focusOutEvent(event);
}

bool PlayerWidget::eventFilter(QObject* watched, QEvent* event)
{
    // A hand on picture or film means the player: its keys are heard from then on.
    if (event->type() == QEvent::MouseButtonPress && !hasFocus()) setFocus(Qt::MouseFocusReason);
    return QWidget::eventFilter(watched, event);
}

}  // namespace kinora::ui
