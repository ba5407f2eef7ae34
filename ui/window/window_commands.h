#pragma once

#include <QObject>
#include <memory>

#include "ui/preferences/preferences.h"

class QWidget;

namespace kinora::ui {

class CommandBook;
class CommandPalette;
class PreferencesSheet;
class ProjectKeeper;
class Shortcuts;
class SystemTheme;
class WindowActions;
class WindowMenu;
class RecentMenu;
class StudioSession;

/// The window's commands as a whole: the book of all actions, their keys, the menu, the palette, and the preferences that
/// keep what the artist chose. Made when all parts of the window have made their actions.
class WindowCommands : public QObject {
    Q_OBJECT
public:
    WindowCommands(StudioSession& session, WindowActions& actions, QWidget* window);
    ~WindowCommands() override;

    [[nodiscard]] CommandBook& book() { return *book_; }
    [[nodiscard]] Shortcuts& shortcuts() { return *shortcuts_; }
    [[nodiscard]] PreferencesKeeper& preferences() { return *preferences_; }
    [[nodiscard]] CommandPalette* palette() { return palette_; }
    [[nodiscard]] WindowMenu* menu() { return menu_; }
    [[nodiscard]] RecentMenu* recent() { return recent_; }
    /// Made when it is asked for.
    [[nodiscard]] PreferencesSheet* preferences_sheet();

Q_SIGNALS:
    void failed(const QString& reason);

private:
    void apply_preferences();
    void show_theme(ThemeChoice choice);
    StudioSession& session_;
    QWidget* window_;
    PreferencesKeeper* preferences_;
    CommandBook* book_;
    Shortcuts* shortcuts_;
    CommandPalette* palette_;
    RecentMenu* recent_;
    WindowMenu* menu_;
    PreferencesSheet* sheet_ = nullptr;
    SystemTheme* system_ = nullptr;
};

}  // namespace kinora::ui
