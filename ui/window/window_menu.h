#pragma once

#include <QHash>
#include <QMenu>
#include <QSet>

namespace kinora::ui {

class CommandBook;

/// The window's menu, with every action of the program: project, edit, shot, storyboard, player, view, help. An action that
/// the tables don't name stands at the end of its room's menu, so that none can be forgotten.
class WindowMenu : public QMenu {
    Q_OBJECT
public:
    /// `recent` becomes the submenu of projects that were open last.
    WindowMenu(CommandBook& book, QMenu* recent, QWidget* parent);
    /// Takes in actions that came since.
    void refresh();
    /// "project", "edit" …
    [[nodiscard]] QMenu* room(const QString& name) const { return rooms_.value(name); }

private:
    void fill(QMenu* menu, const char* entries, QMenu* recent);
    QMenu* menu_of(const QString& room) const;
    CommandBook& book_;
    QHash<QString, QMenu*> rooms_;
    QSet<QString> placed_;
};

}  // namespace kinora::ui
