#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <fstream>

#include "core/project/take_edits.h"
#include "tests/paths.h"
#include "tests/ui/desk_files.h"
#include "tests/ui/desk_hand.h"
#include "tests/ui/storyboard_film.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/shortcut_editor.h"
#include "ui/history/history_panel.h"
#include "ui/player/player_widget.h"
#include "ui/preferences/preferences_sheet.h"
#include "ui/project/clean_up_sheet.h"
#include "ui/project/disk_cleaner.h"
#include "ui/project/media_finder.h"
#include "ui/project/project_sheets.h"
#include "ui/project/relink_sheet.h"
#include "ui/theme/theme.h"
#include "ui/window/project_commands.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_commands.h"
#include "ui/window/window_menu.h"

// Pictures of the menu, the history, the palette, the shortcut editor and the project's sheets, to be looked at.

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;
namespace fs = std::filesystem;

namespace {

/// The window with the menus that are open over it, which are windows of their own.
void shoot(Studio& studio, const QString& name)
{
    QApplication::processEvents();
    QPixmap picture = studio.window->grab();
    QPainter painter(&picture);
    for (QWidget* popup : QApplication::topLevelWidgets())
        if (popup->isVisible() && qobject_cast<QMenu*>(popup) != nullptr)
            painter.drawPixmap(studio.window->mapFromGlobal(popup->pos()), popup->grab());
    painter.end();
    const fs::path folder = tests::binary_dir() / "screenshots";
    fs::create_directories(folder);
    REQUIRE(picture.save(QString::fromStdString((folder / (name.toStdString() + ".png")).string())));
}

/// A film with takes to spare, a picture from outside that was moved away, and a history of gestures.
void make_busy_project(Studio& studio)
{
    studio.session->rename_project(QStringLiteral("Harbour at dusk"));
    tests::make_film(studio, 8);
    studio.session->select_shot(studio.session->project().shots[1]->id);
    studio.session->set_prompt(QStringLiteral("A small sailing boat drifts slowly across a calm harbour at dusk"));
    auto settings = studio.session->shot()->settings;
    settings.takes = 3;
    studio.session->set_settings(settings);
    const auto takes = studio.session->shot()->takes.size();
    studio.session->generate();
    studio.wait_for_takes(takes + 3);
    studio.session->star_take(studio.session->shot()->takes.back().id, true);
    studio.session->trim(studio.session->selected_shot(), {2, 24}, true);
    const auto disk = fs::path(studio.folder.path().toStdString()) / "Recordings";
    int hue = 190;
    for (const char* file : {"harbour plate.png", "lamps.png", "title card.png"}) {
        tests::write_picture(disk / file, QColor::fromHsv(hue += 20, 120, 110));
        tests::link_picture(studio, disk / file);
    }
    fs::create_directories(disk / "moved");
    fs::rename(disk / "harbour plate.png", disk / "moved" / "harbour plate.png");
    fs::rename(disk / "lamps.png", disk / "moved" / "lamps.png");
    fs::remove(disk / "title card.png");
    std::ofstream(studio.session->folder() / ".kinora-81f3.partial") << std::string(700'000, 'x');
    tests::age(studio.session->folder());
    studio.session->undo();
    studio.session->redo();
    tests::settle(studio);
}

void shoot_menu(Studio& studio, const QString& suffix)
{
    studio.click(studio.window->top_bar()->menu_button());
    auto* menu = studio.window->commands().menu();
    Studio::wait_for([menu] { return menu->isVisible(); }, "the menu");
    hand::choose_in_menu(menu, {QStringLiteral("Project")});
    shoot(studio, QStringLiteral("desk-menu") + suffix);
    menu->room(QStringLiteral("project"))->close();
    menu->close();
    QApplication::processEvents();
}

void shoot_sheets(Studio& studio, const QString& suffix)
{
    auto& project = studio.window->project_commands();
    auto& actions = studio.window->actions();
    actions["project.relink"]->trigger();
    const auto idle = [&] {
        Studio::wait_for([&] { return project.finder().busy() == ui::MediaFinder::Busy::no; }, "the finder");
    };
    idle();
    project.finder().search(fs::path(studio.folder.path().toStdString()) / "Recordings" / "moved");
    idle();
    shoot(studio, QStringLiteral("desk-relink") + suffix);
    project.relink_sheet()->dismiss();
    actions["project.clean-up"]->trigger();
    Studio::wait_for([&] { return !project.cleaner().busy(); }, "the measuring");
    project.clean_up_sheet()->box(core::CleanUpKind::take)->setChecked(true);
    shoot(studio, QStringLiteral("desk-clean-up") + suffix);
    project.clean_up_sheet()->dismiss();
    actions["project.new"]->trigger();
    shoot(studio, QStringLiteral("desk-new") + suffix);
    project.new_sheet()->dismiss();
    auto* preferences = studio.window->commands().preferences_sheet();
    actions["edit.preferences"]->trigger();
    shoot(studio, QStringLiteral("desk-preferences") + suffix);
    preferences->dismiss();
    actions["help.shortcuts"]->trigger();
    preferences->shortcut_editor()->choose(QStringLiteral("storyboard.snapping"));
    shoot(studio, QStringLiteral("desk-shortcuts") + suffix);
    preferences->dismiss();
}

void shoot_all(Studio& studio, const QString& suffix)
{
    auto& actions = studio.window->actions();
    shoot_menu(studio, suffix);
    actions["edit.history"]->setChecked(true);
    studio.session->undo();
    tests::settle(studio);
    shoot(studio, QStringLiteral("desk-history") + suffix);
    studio.session->redo();
    actions["edit.history"]->setChecked(false);
    actions["help.palette"]->trigger();
    shoot(studio, QStringLiteral("desk-palette-empty") + suffix);
    studio.type(QStringLiteral("mark"));
    shoot(studio, QStringLiteral("desk-palette") + suffix);
    studio.window->commands().palette()->dismiss();
    shoot_sheets(studio, suffix);
}

}  // namespace

TEST_CASE("menu, history, palette and sheets hold together at 1280 by 720", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    make_busy_project(studio);
    shoot_all(studio, QStringLiteral("-1280x720"));
}

TEST_CASE("menu, history, palette and sheets look as the rest at 1920 by 1200, in both themes", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1920, 1200});
    make_busy_project(studio);
    shoot_all(studio, QStringLiteral("-1920x1200"));
    ui::apply_theme(ui::ThemeKind::light);
    tests::settle(studio);
    shoot_all(studio, QStringLiteral("-light"));
    ui::apply_theme(ui::ThemeKind::dark);
}

TEST_CASE("menu, history, palette and sheets are sharp at 200 percent", "[hidpi][.]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    REQUIRE(studio.window->devicePixelRatioF() == Approx(2.0));
    make_busy_project(studio);
    shoot_all(studio, QStringLiteral("-200"));
}
