#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <set>

#include "tests/ui/desk_hand.h"
#include "ui/commands/command_book.h"
#include "ui/project/recent_menu.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_commands.h"
#include "ui/window/window_menu.h"

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;

namespace {

void collect(const QMenu* menu, std::multiset<QString>& names)
{
    for (const QAction* action : menu->actions()) {
        if (action->menu())
            collect(action->menu(), names);
        else if (!action->objectName().isEmpty())
            names.insert(action->objectName());
    }
}

QMenu* open_menu(Studio& studio)
{
    studio.click(studio.window->top_bar()->menu_button());
    auto* menu = studio.window->commands().menu();
    Studio::wait_for([menu] { return menu->isVisible(); }, "the menu");
    return menu;
}

}  // namespace

TEST_CASE("every action of the program is in the menu", "[window]")
{
    Studio studio;
    std::multiset<QString> names;
    auto* menu = studio.window->commands().menu();
    menu->refresh();
    collect(menu, names);
    for (const auto& command : studio.window->commands().book().commands()) {
        INFO(command.name.toStdString());
        REQUIRE(names.contains(command.name));
    }
    // Each in one place, but for the palette, which stands at the end of the first menu as well.
    for (const QString& name : names) {
        INFO(name.toStdString());
        REQUIRE(names.count(name) == (name == QStringLiteral("help.palette") ? 2U : 1U));
    }
}

TEST_CASE("an action that a part makes later is in the menu and in the book without being named there", "[window]")
{
    Studio studio;
    auto* late = new QAction(QStringLiteral("Later"), studio.window->storyboard());
    late->setObjectName(QStringLiteral("takes.later"));
    std::multiset<QString> names;
    studio.window->commands().menu()->refresh();
    collect(studio.window->commands().menu()->room(QStringLiteral("shot")), names);
    REQUIRE(names.contains(QStringLiteral("takes.later")));
    REQUIRE(studio.window->commands().book().find(QStringLiteral("takes.later")) != nullptr);
    delete late;
    REQUIRE(studio.window->commands().book().find(QStringLiteral("takes.later")) == nullptr);
}

TEST_CASE("the menu opens by click and by key, and its entries do what they say", "[window]")
{
    Studio studio;
    hand::choose_in_menu(open_menu(studio), {QStringLiteral("Shot"), QStringLiteral("Add shot")});
    REQUIRE(studio.session->project().shots.size() == 2);
    studio.key(Qt::Key_F10);
    auto* menu = studio.window->commands().menu();
    Studio::wait_for([menu] { return menu->isVisible(); }, "the menu");
    hand::choose_in_menu(menu, {QStringLiteral("Edit"), QStringLiteral("Undo: Add shot")});
    REQUIRE(studio.session->project().shots.size() == 1);
    hand::choose_in_menu(open_menu(studio), {QStringLiteral("View"), QStringLiteral("Light or dark")});
    REQUIRE(ui::current_theme() == ui::ThemeKind::light);
    hand::choose_in_menu(open_menu(studio), {QStringLiteral("View"), QStringLiteral("Light or dark")});
    REQUIRE(ui::current_theme() == ui::ThemeKind::dark);
    hand::choose_in_menu(open_menu(studio),
                         {QStringLiteral("Storyboard"), QStringLiteral("Markers"), QStringLiteral("Add a marker")});
    REQUIRE(studio.session->project().markers.size() == 1);
}

TEST_CASE("projects that were open are listed, missing ones as such, and can be forgotten", "[window]")
{
    Studio studio;
    const auto first = studio.session->folder();
    const auto make = [&](const char* name) {
        const auto before = studio.session->folder();
        studio.session->new_project(QString::fromLatin1(name));
        Studio::wait_for([&] { return studio.session->folder() != before; }, name);
        return studio.session->folder();
    };
    const auto gone = make("Gone");
    make("Now");
    std::filesystem::remove_all(gone);
    auto* recent = studio.window->commands().recent();
    const auto entry = [&](const QString& start) -> QAction* {
        for (auto* action : recent->actions())
            if (action->text().startsWith(start)) return action;
        return nullptr;
    };
    recent->look();
    Studio::wait_for([&] { return entry(QStringLiteral("Gone – not found")) != nullptr; }, "the look at the disk");
    REQUIRE_FALSE(entry(QStringLiteral("Gone"))->isEnabled());
    REQUIRE(entry(QStringLiteral("Untitled"))->isEnabled());
    REQUIRE(entry(QStringLiteral("Now")) == nullptr);  // it is open
    hand::choose_in_menu(open_menu(studio),
                         {QStringLiteral("Project"), QStringLiteral("Open recent"), QStringLiteral("Forget")});
    REQUIRE(entry(QStringLiteral("Gone")) == nullptr);
    hand::choose_in_menu(open_menu(studio),
                         {QStringLiteral("Project"), QStringLiteral("Open recent"), QStringLiteral("Untitled")});
    Studio::wait_for([&] { return studio.session->folder() == first; }, "the first project");
    // They are there again at the next start.
    studio.session->keeper().disk().wait();
    const ui::StudioSession next(tests::drawn_engine(studio.generator), studio.session->places());
    REQUIRE(next.recent_projects().size() == 2);
    REQUIRE(next.recent_projects().front() == first);
}
