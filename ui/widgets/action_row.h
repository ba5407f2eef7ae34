#pragma once

#include <QString>

class QAction;
class QObject;

namespace kinora::ui {

enum class ActionKind { trigger, repeats, check };

/// One line of a table of actions, its texts translated already.
struct ActionRow {
    QString name;  ///< object name, "player.play"
    QString icon;  ///< of `icon.h`; empty: none
    QString text;
    QString tip;
    QString keys;  ///< QKeySequence's portable text; several are separated by spaces
    ActionKind kind = ActionKind::trigger;
};

/// An action of a panel: its keys work while the panel or a widget inside has the focus. Buttons, palette and shortcut
/// editor read the properties `iconName` and `accessibleName`.
[[nodiscard]] QAction* make_action(const ActionRow& row, QObject* parent);

}  // namespace kinora::ui
