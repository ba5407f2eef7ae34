// What the hand does with takes: the mouse over a picture scrubs, stars are clicked, the menu's entries are chosen.
#include <QApplication>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QDir>
#include <QMenu>
#include <QTextBrowser>
#include <QToolButton>

#include "core/project/take_edits.h"
#include "tests/ui/desk_hand.h"
#include "tests/ui/studio_fixture.h"
#include "ui/panels/take_row.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/player_widget.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

void make_take(Studio& studio, const char* prompt)
{
    studio.session->set_prompt(QString::fromUtf8(prompt));
    studio.session->generate();
    studio.wait_for_takes(studio.session->shot()->takes.size() + 1);
}

/// Chooses an entry of a take's menu at its place on the screen.
void choose(ui::TakeRow* row, const QString& text)
{
    const QPoint at(30, 20);
    QContextMenuEvent asked(QContextMenuEvent::Mouse, at, row->mapToGlobal(at));
    QApplication::sendEvent(row, &asked);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu);
    for (QAction* action : menu->actions()) {
        if (action->text() != text) continue;
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        QApplication::processEvents();
        return;
    }
    menu->close();
    FAIL("the menu has no entry " << text.toStdString());
}

/// What of a row is picture.
QImage picture_of(ui::TakeRow* row)
{
    return row->grab(QRect(14, 12, 90, 60)).toImage();
}

}  // namespace

TEST_CASE("the mouse over a take's picture scrubs it, in rows and in the grid", "[window]")
{
    Studio studio;
    make_take(studio, "a kite");
    auto* panel = studio.window->takes_panel();
    for (const char* view : {"takes.rows", "takes.grid"}) {
        studio.click(panel->findChild<QToolButton*>(QString::fromLatin1(view)));
        auto* row = panel->take_rows().front();
        for (int quiet = 0; quiet < 10; ++quiet)
            QTest::qWait(20);
        QTest::mouseMove(row, QPoint(20, 40));
        QApplication::processEvents();
        Studio::wait_for(
            [&] {
                QTest::mouseMove(row, QPoint(21, 40));
                return !picture_of(row).isNull();
            },
            "the picture at the left");
        for (int quiet = 0; quiet < 10; ++quiet)
            QTest::qWait(20);
        const QImage left = picture_of(row);
        QTest::mouseMove(row, QPoint(100, 40));
        Studio::wait_for([&] { return picture_of(row) != left; }, "another picture at the right");
    }
}

TEST_CASE("takes are starred by a click, made again, and give their settings back", "[window]")
{
    Studio studio;
    make_take(studio, "a kite");
    const auto first = studio.session->shot()->takes.front();
    auto* panel = studio.window->takes_panel();
    auto* row = panel->take_rows().front();
    QTest::mouseMove(row, QPoint(40, 40));
    QApplication::processEvents();
    QToolButton* star = row->findChild<QToolButton*>();
    REQUIRE(star);
    star->setVisible(true);
    studio.click(star);
    REQUIRE(studio.session->shot()->takes.front().starred);
    studio.click(star);
    REQUIRE_FALSE(studio.session->shot()->takes.front().starred);
    studio.session->undo();
    REQUIRE(studio.session->shot()->takes.front().starred);

    choose(row, QStringLiteral("Again, with another seed"));
    studio.wait_for_takes(2);
    const auto again = studio.session->shot()->takes.back();
    REQUIRE(again.recipe->prompt == first.recipe->prompt);
    REQUIRE(again.recipe->seed != first.recipe->seed);

    auto settings = studio.session->shot()->settings;
    settings.steps = 9;
    settings.seed_mode = core::SeedMode::roll;
    studio.session->set_settings(settings);
    choose(panel->take_rows().back(), QStringLiteral("Use these settings"));
    REQUIRE(studio.session->shot()->settings.steps == first.recipe->steps);
    REQUIRE(studio.session->shot()->settings.seed == first.recipe->seed);
    REQUIRE(studio.session->shot()->settings.seed_mode == core::SeedMode::locked);
}

TEST_CASE("a take's file is shown in the file manager, and a take goes with undo", "[window]")
{
    Studio studio;
    make_take(studio, "a kite");
    make_take(studio, "a kite at night");
    auto* panel = studio.window->takes_panel();
    // Stands in for the file manager: it is given what is opened.
    QTextBrowser opened;
    opened.setOpenLinks(false);
    QDesktopServices::setUrlHandler(QStringLiteral("file"), &opened, "setSource");
    choose(panel->take_rows().front(), QStringLiteral("Show the file"));
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    const QString clip = studio.session->file(studio.session->shot()->takes.back().clip);
    REQUIRE(opened.source().toLocalFile() == QFileInfo(clip).absolutePath());

    choose(panel->take_rows().front(), QStringLiteral("Remove from the list"));
    REQUIRE(studio.session->shot()->takes.size() == 1);
    studio.session->undo();
    REQUIRE(studio.session->shot()->takes.size() == 2);
    // Two takes beside each other, from the menu of the one that isn't shown.
    choose(panel->take_rows().back(), QStringLiteral("Compare with the take shown"));
    REQUIRE(studio.window->player()->compare().on());
}
