#include <QLabel>
#include <QListView>
#include <QToolButton>

#include "tests/ui/desk_hand.h"
#include "tests/ui/storyboard_film.h"
#include "ui/history/history_panel.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/window/window_actions.h"

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;

namespace {

QListView* open_history(Studio& studio)
{
    studio.key(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    auto* panel = studio.window->history_panel();
    REQUIRE(panel->isVisible());
    return panel->list();
}

QString text(QListView* list, int row)
{
    return list->model()->index(row, 0).data().toString();
}

int current(QListView* list)
{
    for (int row = 0; row < list->model()->rowCount(); ++row)
        if (list->model()->index(row, 0).data(ui::HistoryModel::k_current).toBool()) return row;
    return -1;
}

}  // namespace

TEST_CASE("the history lists every step with its name and time, and a click goes there", "[window]")
{
    Studio studio;
    auto* list = open_history(studio);
    REQUIRE(list->model()->rowCount() == 1);
    studio.window->shot_panel()->focus_prompt();
    studio.type(QStringLiteral("a star over the sea"));
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    studio.type(QStringLiteral("a lamp"));
    REQUIRE(list->model()->rowCount() == 4);
    REQUIRE(text(list, 0) == QStringLiteral("As opened"));
    REQUIRE(text(list, 1) == QStringLiteral("Change prompt"));
    REQUIRE(text(list, 2) == QStringLiteral("Add shot"));
    REQUIRE(text(list, 3) == QStringLiteral("Change prompt"));
    REQUIRE(current(list) == 3);
    for (int row = 0; row < 4; ++row) {
        const QString time = list->model()->index(row, 0).data(ui::HistoryModel::k_time).toString();
        REQUIRE(QTime::fromString(time, QStringLiteral("HH:mm:ss")).isValid());
    }

    hand::click_row(list, 1);
    REQUIRE(studio.session->project().shots.size() == 1);
    REQUIRE(studio.session->shot()->prompt == "a star over the sea");
    REQUIRE(studio.window->shot_panel()->prompt()->text() == QStringLiteral("a star over the sea"));
    REQUIRE(current(list) == 1);
    REQUIRE(list->model()->index(3, 0).data(ui::HistoryModel::k_undone).toBool());
    hand::click_row(list, 3);
    REQUIRE(studio.session->project().shots.size() == 2);
    REQUIRE(studio.session->project().shots[1]->prompt == "a lamp");
    // By keys as well.
    list->setFocus();
    hand::key(Qt::Key_Home);
    hand::key(Qt::Key_Return);
    REQUIRE(studio.session->project().shots[0]->prompt.empty());
    REQUIRE(current(list) == 0);
}

TEST_CASE("a drag is one step in the history, as soon as it ends", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a boat"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    Studio::wait_for([&] { return studio.window->player()->frame_count() == 33; }, "the clip in the player");
    auto* list = open_history(studio);
    const int before = list->model()->rowCount();
    auto* scrub = studio.window->player()->findChild<ui::ScrubBar*>();
    auto* window = studio.window->windowHandle();
    const auto at = [&](double frame) {
        return scrub->mapTo(studio.window.get(),
                            QPoint(static_cast<int>(scrub->x_of(frame)), scrub->out_handle().center().toPoint().y()));
    };
    const QPoint out = scrub->mapTo(studio.window.get(), scrub->out_handle().center().toPoint());
    QTest::mousePress(window, Qt::LeftButton, {}, out);
    for (const int frame : {30, 26, 21, 24, 22})
        QTest::mouseMove(window, at(frame));
    QTest::mouseRelease(window, Qt::LeftButton, {}, at(22));
    QApplication::processEvents();
    REQUIRE(list->model()->rowCount() == before + 1);
    REQUIRE(text(list, before) == QStringLiteral("Trim shot"));
    REQUIRE(studio.window->actions()["edit.undo"]->text() == QStringLiteral("Undo: Trim shot"));
    hand::click_row(list, before - 1);
    REQUIRE(studio.session->shot()->range == core::FrameRange{0, 33});

    // One that comes back to where it began ends too, and is no step.
    QTest::mousePress(window, Qt::LeftButton, {}, out);
    for (const int frame : {30, 26})
        QTest::mouseMove(window, at(frame));
    REQUIRE(studio.session->document().in_gesture());
    QTest::mouseMove(window, out);
    QTest::mouseRelease(window, Qt::LeftButton, {}, out);
    QApplication::processEvents();
    REQUIRE_FALSE(studio.session->document().in_gesture());
    REQUIRE(studio.session->shot()->range == core::FrameRange{0, 33});

    // And so does one during which the player goes over to the whole storyboard; what it came to stands.
    QTest::mousePress(window, Qt::LeftButton, {}, out);
    for (const int frame : {30, 26})
        QTest::mouseMove(window, at(frame));
    studio.window->actions()["player.play-storyboard"]->trigger();
    Studio::wait_for([&] { return studio.window->player()->content() == ui::PlayerWidget::Content::sequence; },
                     "the storyboard");
    QTest::mouseRelease(window, Qt::LeftButton, {}, at(26));
    QApplication::processEvents();
    REQUIRE_FALSE(studio.session->document().in_gesture());
    REQUIRE(studio.session->shot()->range.end < 33);
}

TEST_CASE("the history holds hundreds of steps of one session and takes all of them back and forth", "[window]")
{
    Studio studio;
    auto* list = open_history(studio);
    for (int step = 0; step < 120; ++step)
        studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(list->model()->rowCount() == 121);
    hand::click_row(list, 0);
    REQUIRE(studio.session->project().shots.size() == 1);
    hand::click_row(list, 120);
    REQUIRE(studio.session->project().shots.size() == 121);
    // A new edit from the middle drops what was undone.
    hand::click_row(list, 10);
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(list->model()->rowCount() == 12);
    // The cross gives the panels back.
    for (auto* button : studio.window->history_panel()->findChildren<QToolButton*>())
        studio.click(button);
    REQUIRE_FALSE(studio.window->history_panel()->isVisible());
}

TEST_CASE("a shot that is chosen while another one is being trimmed keeps its own range", "[window]")
{
    Studio studio;
    tests::make_film(studio, 2);
    tests::settle(studio);
    const auto ranges = [&] {
        std::vector<core::FrameRange> all;
        for (const auto& shot : studio.session->project().shots)
            all.push_back(shot->range);
        return all;
    };
    studio.session->select_shot(studio.session->project().shots[0]->id);
    Studio::wait_for([&] { return studio.window->player()->content() == ui::PlayerWidget::Content::clip; }, "the clip");
    tests::settle(studio);
    const auto before = ranges();
    auto* scrub = studio.window->player()->findChild<ui::ScrubBar*>();
    auto* window = studio.window->windowHandle();
    const QPoint out = scrub->mapTo(studio.window.get(), scrub->out_handle().center().toPoint());
    QTest::mousePress(window, Qt::LeftButton, {}, out);
    QTest::mouseMove(window, out - QPoint(60, 0));
    QTest::mouseMove(window, out - QPoint(140, 0));
    REQUIRE(studio.session->document().in_gesture());
    const auto held = ranges();
    REQUIRE(held[0].end < before[0].end);
    studio.session->select_shot(studio.session->project().shots[1]->id);
    tests::settle(studio);
    QTest::mouseRelease(window, Qt::LeftButton, {}, out - QPoint(140, 0));
    tests::settle(studio);
    CHECK_FALSE(studio.session->document().in_gesture());
    CHECK(ranges() == held);
    studio.session->undo();
    CHECK(ranges() == before);
}
