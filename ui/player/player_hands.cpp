#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>

#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"
#include "ui/verbs/verb_menu.h"

// What hands do in the player beyond its actions: focus, Esc and the picture's menu.
namespace kinora::ui {

void PlayerWidget::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && scrub_->cancel_drag()) return;
    QWidget::keyPressEvent(event);
}

void PlayerWidget::contextMenuEvent(QContextMenuEvent* event)
{
    if (picture().isNull() || content_ == Content::preview) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (content_ == Content::clip) add_verbs_menu(*menu, *this);
    for (const PlayerAction which : {PlayerAction::save_frame, PlayerAction::use_as_first_frame})
        if (action(which)->isEnabled()) menu->addAction(action(which));
    menu->addSeparator();
    if (action(PlayerAction::compare)->isEnabled()) menu->addAction(action(PlayerAction::compare));
    for (const PlayerAction which : {PlayerAction::safe_areas, PlayerAction::show_frames, PlayerAction::zoom_fit,
                                     PlayerAction::zoom_full, PlayerAction::full_screen})
        menu->addAction(action(which));
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

void PlayerWidget::connectNotify(const QMetaMethod& signal)
{
    // Saving a frame and using it are there when somebody does it.
    QWidget::connectNotify(signal);
    if (actions_ && compare_ && transport_) update_actions();
}

}  // namespace kinora::ui
