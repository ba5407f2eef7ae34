#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>
#include <catch2/catch.hpp>

#include "core/project/document.h"
#include "core/storyboard/edits.h"
#include "tests/ui/storyboard_table.h"

using namespace kinora;
using kinora::tests::Table;

TEST_CASE("a click selects the shot under the pointer")
{
    Table table;
    QTest::mouseClick(table.view->viewport(), Qt::LeftButton, {}, table.middle(1));
    CHECK(table.widget.selected() == table.shot(1).id);
    CHECK(table.selections == 1);
}

TEST_CASE("dragging a shot behind another one moves it there")
{
    Table table;
    table.drag(table.middle(0), table.middle(2) + QPoint(40, 0));
    CHECK(table.order() == "BCA");
    table.drag(table.middle(2), table.middle(0) - QPoint(40, 0));
    CHECK(table.order() == "ABC");
    CHECK(table.document.history().size() == 2);
}

TEST_CASE("a shot that is dropped where it was doesn't move")
{
    Table table;
    table.drag(table.middle(1), table.middle(1) + QPoint(30, 0));
    CHECK(table.order() == "ABC");
    CHECK(table.document.history().size() == 0);
}

TEST_CASE("Esc ends a reorder without a change")
{
    Table table;
    table.press(table.middle(0));
    table.move(table.middle(2));
    table.key(Qt::Key_Escape);
    table.release(table.middle(2));
    CHECK(table.order() == "ABC");
}

TEST_CASE("dragging the right edge trims the out point, live, and ripples the shots behind it")
{
    Table table;
    const double second_before = table.block(1).left();
    const QPoint from = table.out_edge(0);
    const QPoint to = from - QPoint(table.frames_wide(20), 0);
    table.press(from);
    table.move(to);
    CHECK(table.trims.back() == core::FrameRange{0, 23});
    CHECK(table.block(1).left() == Approx(second_before - table.frames_wide(20)).margin(1.5));
    table.release(to);
    CHECK(table.finishes == 1);
    CHECK(table.trimmed_id == table.shot(0).id);
    CHECK(table.trims.back() == core::FrameRange{0, 23});
}

TEST_CASE("dragging the left edge trims the in point under the hand")
{
    Table table;
    const QPoint from = table.in_edge(1);
    table.press(from);
    table.move(from + QPoint(table.frames_wide(12), 0));
    CHECK(table.trims.back() == core::FrameRange{6, 33});
    table.release(from + QPoint(table.frames_wide(12), 0));
    CHECK(table.finishes == 1);
}

TEST_CASE("trims stop at the media and at one frame")
{
    Table table;
    table.drag(table.out_edge(1), table.out_edge(1) + QPoint(400, 0));
    CHECK((table.trims.empty() || table.trims.back() == core::FrameRange{0, 33}));
    table.drag(table.out_edge(1), QPoint(0, table.middle(1).y()));
    CHECK(table.trims.back() == core::FrameRange{0, 1});
}

TEST_CASE("Esc gives a dragged edge back and says so")
{
    Table table;
    const QPoint from = table.out_edge(0);
    table.press(from);
    table.move(from - QPoint(100, 0));
    CHECK(table.trims.back().end < 33);
    table.key(Qt::Key_Escape);
    CHECK(table.trims.back() == core::FrameRange{0, 33});
    CHECK(table.finishes == 1);
    table.release(from - QPoint(100, 0));
    CHECK(table.finishes == 1);
}

TEST_CASE("an edge whose release went to somebody else stays where it is")
{
    Table table;
    const QPoint from = table.out_edge(0);
    table.press(from);
    table.move(from - QPoint(table.frames_wide(6), 0));
    table.move(from - QPoint(table.frames_wide(8), 0));
    REQUIRE(table.view->in_gesture());
    REQUIRE(table.finishes == 0);
    const core::FrameRange dragged = table.shot(0).range;
    const QPoint far = from - QPoint(table.frames_wide(16), 0);
    QMouseEvent hover(QEvent::MouseMove, far, table.view->viewport()->mapToGlobal(far), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QApplication::sendEvent(table.view->viewport(), &hover);
    CHECK_FALSE(table.view->in_gesture());
    CHECK(table.finishes == 1);
    CHECK(table.shot(0).range == dragged);
    QTest::mouseRelease(table.view->viewport(), Qt::LeftButton, {}, far);  // QTest's own count of buttons
}

TEST_CASE("a dragged out edge sticks to the playhead, unless snapping is off")
{
    Table table;
    table.widget.set_playhead(40);
    const QPoint from = table.out_edge(0);
    const QPoint near = from - QPoint(table.frames_wide(26) - 7, 0);
    table.drag(from, near);
    CHECK(table.trims.back() == core::FrameRange{0, 20});
    table.key(Qt::Key_N);
    CHECK_FALSE(table.widget.snapping());
    table.drag(from, near);
    CHECK(table.trims.back() == core::FrameRange{0, 21});
}

TEST_CASE("Delete removes the chosen shot, and the ones behind it move up")
{
    Table table;
    QTest::mouseClick(table.view->viewport(), Qt::LeftButton, {}, table.middle(1));
    table.key(Qt::Key_Delete);
    CHECK(table.order() == "AC");
    CHECK(table.chosen() == "C");
    CHECK(table.document.undo());
    CHECK(table.order() == "ABC");
}

TEST_CASE("S cuts the shot at the playhead")
{
    Table table;
    table.widget.set_playhead(66 + 21);
    table.key(Qt::Key_S);
    CHECK(table.order() == "ABBC");
    CHECK(table.shot(1).range == core::FrameRange{0, 10});
    CHECK(table.shot(2).range == core::FrameRange{10, 33});
}

TEST_CASE("the playhead follows the pointer on the ruler, and the keys")
{
    Table table;
    table.widget.set_snapping(false);
    QTest::mouseClick(table.view->viewport(), Qt::LeftButton, {}, QPoint(table.x_of(50), 8));
    CHECK(table.playhead == 50);
    table.drag(QPoint(table.x_of(50), 8), QPoint(table.x_of(90), 30));
    CHECK(table.playhead == 90);
    table.key(Qt::Key_Right);
    CHECK(table.playhead == 91);
    table.key(Qt::Key_Up);
    CHECK(table.playhead == 66);
    table.key(Qt::Key_End);
    CHECK(table.playhead == 197);
    table.key(Qt::Key_Home);
    CHECK(table.playhead == 0);
}

TEST_CASE("the place behind the last shot adds one")
{
    Table table(1);
    QTest::mouseClick(table.view->viewport(), Qt::LeftButton, {}, table.view->geometry_now().add_block().center().toPoint());
    CHECK(table.added == 1);
}

TEST_CASE("Ctrl and wheel zoom about the pointer")
{
    Table table(12);
    const double x = 400;
    const double frame = table.view->geometry_now().frame_at(x);
    for (int step = 0; step < 4; ++step) {
        QWheelEvent wheel(QPointF(x, 80), table.view->viewport()->mapToGlobal(QPointF(x, 80)), {}, QPoint(0, 120),
                          Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(table.view->viewport(), &wheel);
    }
    CHECK(table.view->geometry_now().frame_at(x) == Approx(frame).margin(1));
}

TEST_CASE("a film that grows stays in view until a hand zooms")
{
    Table table(2);
    table.widget.zoom_to_fit();
    const auto grow = [&] {
        REQUIRE(table.document.edit("Duplicate", [&](core::Project& project) -> core::Result<void> {
            const auto made = core::duplicate_shot(project, project.shots.front()->id);
            if (!made) return made.error();
            return {};
        }));
    };
    for (int shot = 0; shot < 6; ++shot)
        grow();
    CHECK(table.view->geometry_now().add_block().right() < table.view->viewport()->width());
    const double chosen = table.view->pixels_per_frame();
    table.key(Qt::Key_Plus);
    for (int shot = 0; shot < 6; ++shot)
        grow();
    CHECK(table.view->pixels_per_frame() > chosen);
    CHECK(table.view->horizontalScrollBar()->maximum() > 0);
}

TEST_CASE("a sound that is longer than the film is in view to its end")
{
    Table table(2);
    table.add_sound(0, 60);
    table.widget.zoom_to_fit();
    CHECK(table.sound_area().right() <= table.view->viewport()->width());
    CHECK(table.view->horizontalScrollBar()->maximum() == 0);
}

TEST_CASE("Alt and the arrows move the chosen shot without a mouse")
{
    Table table;
    table.widget.select(table.shot(0).id);
    table.key(Qt::Key_Right, Qt::AltModifier);
    CHECK(table.order() == "BAC");
    table.key(Qt::Key_Left, Qt::AltModifier);
    table.key(Qt::Key_Left, Qt::AltModifier);
    CHECK(table.order() == "ABC");
}

TEST_CASE("cards reorder by the same drag")
{
    Table table;
    table.widget.set_mode(ui::StoryboardMode::cards);
    table.drag(table.middle(2), table.middle(0) - QPoint(60, 0));
    CHECK(table.order() == "CAB");
}

TEST_CASE("a shot that vanishes under the hand ends the gesture")
{
    Table table;
    table.press(table.middle(0));
    table.move(table.middle(1));
    REQUIRE(table.document.edit("Delete",
                                [&](core::Project& project) { return core::remove_shots(project, {table.shot(0).id}); }));
    table.move(table.middle(1));
    table.release(table.middle(1));
    CHECK(table.order() == "BC");
}

TEST_CASE("a project without shots, and none at all, can be shown and touched")
{
    Table table(0);
    table.drag(QPoint(300, 80), QPoint(500, 80));
    table.key(Qt::Key_Delete);
    table.key(Qt::Key_S);
    CHECK_FALSE(table.widget.grab().isNull());
    table.widget.set_project(nullptr, {});
    table.drag(QPoint(300, 80), QPoint(500, 80));
    table.key(Qt::Key_S);
    CHECK_FALSE(table.widget.grab().isNull());
}
