#include "ui/draft/draft_binding.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QToolButton>

#include "ui/draft/draft_card.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/preferences/preferences.h"
#include "ui/session/studio_session.h"
#include "ui/shot/shot_panel.h"

namespace kinora::ui {

DraftBinding::DraftBinding(StudioSession& session, const Parts& parts, QObject* parent)
    : QObject(parent),
      panel_(parts.panel),
      player_(parts.player),
      preferences_(parts.preferences),
      action_(parts.action),
      card_(new DraftCard(&parts.player)),
      desk_(session)
{
    connect(&desk_, &DraftDesk::made, this, [this](const Draft& draft) {
        card_->show_draft(draft);
        place();
    });
    connect(&desk_, &DraftDesk::outdated, card_, [this] { card_->set_outdated(true); });
    connect(&desk_, &DraftDesk::gone, card_, &DraftCard::dismiss);
    connect(&desk_, &DraftDesk::offered_changed, this, &DraftBinding::show_switch);
    // Another take, the storyboard, or nothing is shown: the card takes the place that is left to it.
    connect(&session, &StudioSession::project_changed, this, &DraftBinding::place, Qt::QueuedConnection);
    connect(&player_, &PlayerWidget::position_changed, this, &DraftBinding::place);
    connect(qApp, &QApplication::focusChanged, this, &DraftBinding::place);
    player_.canvas()->installEventFilter(this);
    connect_switch();
}

void DraftBinding::connect_switch()
{
    auto* button = panel_.draft_button();
    connect(button, &QToolButton::clicked, &action_, &QAction::trigger);
    connect(&action_, &QAction::triggered, this, [this](bool wanted) {
        auto changed = preferences_.now();
        changed.preview_while_typing = wanted;
        preferences_.set(changed);
    });
    connect(&preferences_, &PreferencesKeeper::changed, this, &DraftBinding::show_switch);
    show_switch();
}

void DraftBinding::show_switch()
{
    const bool wanted = preferences_.now().preview_while_typing;
    auto* button = panel_.draft_button();
    action_.setChecked(wanted);
    action_.setEnabled(desk_.offered());
    action_.setProperty("reason", tr("The shot's model has no draft that is quick enough"));
    button->setVisible(desk_.offered());
    button->setChecked(wanted);
    desk_.set_wanted(wanted);
}

void DraftBinding::place()
{
    if (!card_->has_draft()) return;
    const bool empty = player_.content() == PlayerWidget::Content::empty;
    const QWidget* focus = QApplication::focusWidget();
    const bool writing = focus && panel_.isAncestorOf(focus);
    card_->place(player_.canvas()->geometry(), empty ? DraftCard::Place::middle : DraftCard::Place::corner);
    card_->setVisible(empty || writing);
}

bool DraftBinding::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move) place();
    return QObject::eventFilter(watched, event);
}

}  // namespace kinora::ui
