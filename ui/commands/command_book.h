#pragma once

#include <QObject>
#include <QString>
#include <vector>

class QAction;
class QWidget;

namespace kinora::ui {

/// One action of the program, as menus, palette and shortcut editor show it.
struct Command {
    QAction* action = nullptr;
    QString name;     ///< the action's object name, "storyboard.split"
    QString room;     ///< the part before the dot
    QString context;  ///< where its keys are heard: empty for the whole window, else the room
};

/// Every action of a window that has a name of the form "room.action": found by looking through the window's objects, so
/// that a part only has to make its actions for palette, menus and shortcut editor to know them. In the order of the rooms,
/// then in the order in which the parts made them.
class CommandBook : public QObject {
    Q_OBJECT
public:
    explicit CommandBook(QWidget* window);

    /// Looks for actions that came since the last time.
    void collect();
    [[nodiscard]] const std::vector<Command>& commands() const { return commands_; }
    /// Null if there is none of that name.
    [[nodiscard]] const Command* find(const QString& name) const;
    /// The text without mnemonics and dots: "Save as".
    [[nodiscard]] static QString title(const Command& command);
    /// "Storyboard" for "storyboard".
    [[nodiscard]] static QString room_title(const QString& room);
    /// Whether the keys of two contexts can be heard at the same time.
    [[nodiscard]] static bool overlap(const QString& a, const QString& b) { return a.isEmpty() || b.isEmpty() || a == b; }

Q_SIGNALS:
    void collected();

private:
    QWidget* window_;
    std::vector<Command> commands_;
};

/// Why an action can't be done now, in one sentence; empty while it can. An action may bring its own in its property
/// "reason".
[[nodiscard]] QString disabled_reason(const Command& command);

}  // namespace kinora::ui
