#pragma once

#include <QObject>

#include "ui/draft/draft_desk.h"

class QAction;

namespace kinora::ui {

class DraftCard;
class PlayerWidget;
class PreferencesKeeper;
class ShotPanel;

/// Brings the drafts of a prompt into the window: their card over the player, and the switch in the shot panel and the menu,
/// which the preferences remember. Where the player shows something else, the card is there only while the shot panel has
/// the keys.
class DraftBinding : public QObject {
    Q_OBJECT
public:
    struct Parts {
        ShotPanel& panel;
        PlayerWidget& player;
        PreferencesKeeper& preferences;
        QAction& action;  ///< checkable: preview while typing
    };
    DraftBinding(StudioSession& session, const Parts& parts, QObject* parent);

    [[nodiscard]] DraftDesk& desk() { return desk_; }
    [[nodiscard]] DraftCard& card() { return *card_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connect_switch();
    void show_switch();
    void place();

    ShotPanel& panel_;
    PlayerWidget& player_;
    PreferencesKeeper& preferences_;
    QAction& action_;
    DraftCard* card_;
    DraftDesk desk_;
};

}  // namespace kinora::ui
