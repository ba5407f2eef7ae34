#include "ui/window/window_commands.h"

#include <QAction>
#include <algorithm>
#include <chrono>

#include "ui/commands/command_book.h"
#include "ui/commands/command_palette.h"
#include "ui/preferences/preferences_sheet.h"
#include "ui/project/recent_menu.h"
#include "ui/session/studio_session.h"
#include "ui/theme/system_theme.h"
#include "ui/theme/theme.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_menu.h"

namespace kinora::ui {

WindowCommands::WindowCommands(StudioSession& session, WindowActions& actions, QWidget* window)
    : QObject(window), session_(session), window_(window)
{
    for (QAction* action : actions.all())
        window->addAction(action);
    preferences_ = new PreferencesKeeper(session.places().state / "preferences.json", this);
    book_ = new CommandBook(window);
    shortcuts_ = new Shortcuts(*book_);
    shortcuts_->restore(preferences_->now().layout, preferences_->now().changed_keys);
    palette_ = new CommandPalette(*book_, window);
    recent_ = new RecentMenu(session, window);
    menu_ = new WindowMenu(*book_, recent_, window);
    connect(preferences_, &PreferencesKeeper::changed, this, &WindowCommands::apply_preferences);
    connect(preferences_, &PreferencesKeeper::failed, this, &WindowCommands::failed);
    connect(palette_, &CommandPalette::ran, preferences_, &PreferencesKeeper::remember_command);
    connect(actions["help.palette"], &QAction::triggered, this,
            [this] { palette_->open(preferences_->now().recent_commands); });
    connect(actions["edit.preferences"], &QAction::triggered, this,
            [this] { preferences_sheet()->open_at(PreferencesSheet::Page::general); });
    connect(actions["help.shortcuts"], &QAction::triggered, this,
            [this] { preferences_sheet()->open_at(PreferencesSheet::Page::keys); });
    connect(actions["view.theme"], &QAction::triggered, this, [this] {
        auto changed = preferences_->now();
        changed.theme = current_theme() == ThemeKind::dark ? ThemeChoice::light : ThemeChoice::dark;
        preferences_->set(changed);
    });
    apply_preferences();
}

WindowCommands::~WindowCommands()
{
    preferences_->flush();
}

PreferencesSheet* WindowCommands::preferences_sheet()
{
    book_->collect();
    if (sheet_ == nullptr) sheet_ = new PreferencesSheet(*preferences_, *book_, *shortcuts_, window_);
    return sheet_;
}

void WindowCommands::apply_preferences()
{
    const Preferences& now = preferences_->now();
    core::AutosavePolicy::Options autosave;
    autosave.quiet = std::chrono::milliseconds(now.autosave_ms);
    autosave.longest = std::max(autosave.longest, autosave.quiet);
    session_.keeper().set_autosave(autosave);
    show_theme(now.theme);
}

void WindowCommands::show_theme(ThemeChoice choice)
{
    if (choice == ThemeChoice::system && system_ == nullptr) {
        system_ = new SystemTheme(this);
        connect(system_, &SystemTheme::changed, this, [this] { show_theme(preferences_->now().theme); });
    }
    const ThemeKind wanted = choice == ThemeChoice::light    ? ThemeKind::light
                             : choice == ThemeChoice::system ? system_->now()
                                                             : ThemeKind::dark;
    if (wanted != current_theme()) apply_theme(wanted);
}

}  // namespace kinora::ui
