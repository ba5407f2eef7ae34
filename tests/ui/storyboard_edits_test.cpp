#include <QApplication>
#include <QContextMenuEvent>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QWheelEvent>
#include <catch2/catch.hpp>

#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"
#include "tests/ui/storyboard_table.h"

using namespace kinora;
using kinora::tests::Table;

namespace {

QAction* action(const Table& table, const char* name)
{
    for (QAction* found : table.view->actions()) {
        if (found->objectName() == QStringLiteral("storyboard.") + QLatin1String(name)) return found;
    }
    FAIL("no action " << name);
    return nullptr;
}

/// Trims all shots to frames 8 … 24 of their 33, so that there is media on both sides of every cut.
void trim_all(Table& table)
{
    REQUIRE(table.document.edit("Trim", [](core::Project& project) -> core::Result<void> {
        for (auto& shot : project.shots)
            shot.update([](core::Shot& s) { s.range = {8, 24}; });
        return {};
    }));
}

}  // namespace

TEST_CASE("an edge dragged with Alt rolls the cut: the film keeps its length")
{
    Table table;
    trim_all(table);
    const std::int64_t total = table.layout().total();
    const QPoint from = table.out_edge(0);
    table.drag(from, from + QPoint(table.frames_wide(8), 0), Qt::AltModifier);
    CHECK(table.shot(0).range == core::FrameRange{8, 28});
    CHECK(table.shot(1).range == core::FrameRange{12, 24});
    CHECK(table.layout().total() == total);
    CHECK(table.steps() == 2);
    table.drag(table.in_edge(1), table.in_edge(1) - QPoint(table.frames_wide(8), 0), Qt::AltModifier);
    CHECK(table.shot(0).range == core::FrameRange{8, 24});
    CHECK(table.document.undo());
    CHECK(table.shot(0).range == core::FrameRange{8, 28});
}

TEST_CASE("a roll that is given up with Esc leaves no step")
{
    Table table;
    trim_all(table);
    const QPoint from = table.out_edge(0);
    table.press(from, Qt::AltModifier);
    table.move(from + QPoint(table.frames_wide(8), 0));
    CHECK(table.layout().end(0) == 32);
    table.key(Qt::Key_Escape);
    table.release(from);
    CHECK(table.shot(0).range == core::FrameRange{8, 24});
    CHECK(table.steps() == 1);
}

TEST_CASE("a shot dragged with Ctrl and Alt slips: other frames, the same place")
{
    Table table;
    trim_all(table);
    const auto before = table.layout().range(1);
    table.drag(table.middle(1), table.middle(1) - QPoint(table.frames_wide(6), 0), Qt::ControlModifier | Qt::AltModifier);
    CHECK(table.shot(1).range == core::FrameRange{11, 27});
    CHECK(table.layout().range(1) == before);
    CHECK(table.steps() == 2);
}

TEST_CASE("the slip tool slips without keys, and the keys slip by a frame")
{
    Table table;
    trim_all(table);
    table.key(Qt::Key_Y);
    CHECK(table.view->tool() == ui::StoryboardTool::slip);
    table.drag(table.middle(1), table.middle(1) + QPoint(table.frames_wide(4), 0));
    CHECK(table.shot(1).range == core::FrameRange{6, 22});
    table.key(Qt::Key_V);
    table.key(Qt::Key_Right, Qt::ControlModifier | Qt::AltModifier);
    CHECK(table.shot(1).range == core::FrameRange{7, 23});
}

TEST_CASE("the blade cuts where it is clicked")
{
    Table table;
    table.key(Qt::Key_B);
    table.widget.set_snapping(false);
    table.click(QPoint(static_cast<int>(std::lround(table.geometry().x_of(66 + 20))), table.middle(1).y()));
    CHECK(table.order() == "ABBC");
    CHECK(table.shot(1).range == core::FrameRange{0, 10});
    CHECK(table.steps() == 1);
}

TEST_CASE("Q and W trim the shot under the playhead to it")
{
    Table table;
    table.widget.set_playhead(66 + 20);
    table.key(Qt::Key_W);
    CHECK(table.shot(1).range == core::FrameRange{0, 10});
    table.widget.set_playhead(66 + 8);
    table.key(Qt::Key_Q);
    CHECK(table.shot(1).range == core::FrameRange{4, 10});
    CHECK(table.steps() == 2);
}

TEST_CASE("Shift+Delete lifts a shot: a gap of its length stays, and nothing behind it moves")
{
    Table table;
    const auto third = table.layout().start(2);
    table.click(table.middle(1));
    table.key(Qt::Key_Delete, Qt::ShiftModifier);
    CHECK(table.order() == "A_C");
    CHECK(table.layout().start(2) == third);
    table.click(table.middle(1));
    CHECK(table.chosen() == "_");
    CHECK(table.widget.selected() != table.shot(1).id);  // the panels have nothing to show of a gap
    table.key(Qt::Key_Delete);
    CHECK(table.order() == "AC");
}

TEST_CASE("a gap is inserted at the playhead, trimmed by its edges and moved like a shot")
{
    Table table;
    table.widget.set_playhead(66);
    table.key(Qt::Key_G, Qt::ShiftModifier);
    REQUIRE(table.order() == "A_BC");
    CHECK(table.layout().range(1).length() == 24);
    const QPoint edge = table.out_edge(1);
    table.widget.set_snapping(false);
    table.drag(edge, edge + QPoint(table.frames_wide(12), 0));
    REQUIRE_FALSE(table.trims.empty());
    CHECK(table.trims.back() == core::FrameRange{0, 36});
    table.drag(table.middle(1), table.middle(3) + QPoint(60, 0));
    CHECK(table.order() == "ABC_");
}

TEST_CASE("a double click on a cut adds a dissolve, and the mark's edges change its length")
{
    Table table;
    table.double_click(table.out_edge(0));
    CHECK(table.shot(1).transition.kind == core::TransitionKind::dissolve);
    REQUIRE(table.shot(1).transition.frames == 12);
    CHECK(table.steps() == 1);
    table.widget.set_snapping(false);
    const auto mark = table.geometry().transition(1);
    REQUIRE(mark);
    const QPoint end(static_cast<int>(mark->right()) - 2, static_cast<int>(mark->center().y()));
    table.drag(end, end + QPoint(table.frames_wide(4), 0));
    CHECK(table.shot(1).transition.frames == 20);
    CHECK(table.steps() == 2);
    CHECK(table.document.undo());
    CHECK(table.shot(1).transition.frames == 12);
}

TEST_CASE("a chosen transition is deleted by itself")
{
    Table table;
    table.double_click(table.in_edge(1));
    const auto mark = table.geometry().transition(1);
    REQUIRE(mark);
    table.click(mark->center().toPoint());
    table.key(Qt::Key_Delete);
    CHECK(table.order() == "ABC");
    CHECK(table.shot(1).transition.kind == core::TransitionKind::cut);
}

TEST_CASE("Ctrl+T dissolves at the cut nearest to the playhead, or into all chosen shots")
{
    Table table(4);
    table.widget.set_playhead(66 * 2 - 4);
    table.key(Qt::Key_T, Qt::ControlModifier);
    CHECK(table.shot(2).transition.kind == core::TransitionKind::dissolve);
    table.click(table.middle(0));
    table.key(Qt::Key_A, Qt::ControlModifier);
    action(table, "dip-black")->trigger();
    CHECK(table.shot(1).transition.kind == core::TransitionKind::dip_to_black);
    CHECK(table.shot(2).transition.kind == core::TransitionKind::dip_to_black);
    CHECK(table.shot(3).transition.kind == core::TransitionKind::dip_to_black);
    CHECK(table.steps() == 2);
    action(table, "plain-cut")->trigger();
    CHECK(table.shot(3).transition.frames == 0);
}

TEST_CASE("blocks meet in the middle of a dissolve and never lie over each other")
{
    Table table;
    table.double_click(table.out_edge(0));
    CHECK(table.block(0).right() <= table.block(1).left());
    const double middle = static_cast<double>(table.layout().start(1)) + 6;
    CHECK(table.block(1).left() == Approx(table.geometry().x_of(middle)));
}

TEST_CASE("M adds a marker, a drag moves it, Delete removes it")
{
    Table table;
    table.widget.set_playhead(40);
    table.key(Qt::Key_M);
    REQUIRE(table.project().markers.size() == 1);
    CHECK(table.project().markers[0].frame == 40);
    table.widget.set_playhead(0);
    table.widget.set_snapping(false);
    const QPoint at(static_cast<int>(std::lround(table.geometry().x_of(40))), 18);
    table.drag(at, at + QPoint(table.frames_wide(30), 0));
    CHECK(table.project().markers[0].frame == 70);
    table.key(Qt::Key_Delete);
    CHECK(table.project().markers.empty());
    CHECK(table.order() == "ABC");
    CHECK(table.steps() == 3);
}

TEST_CASE("a double click on a marker writes its note; Enter keeps it, Esc doesn't")
{
    Table table;
    table.widget.set_playhead(40);
    table.key(Qt::Key_M);
    table.widget.set_playhead(0);
    const QPoint at(static_cast<int>(std::lround(table.geometry().x_of(40))), 18);
    table.double_click(at);
    auto* field = table.view->findChild<QLineEdit*>(QStringLiteral("storyboard.note"));
    REQUIRE(field);
    REQUIRE(field->isVisible());
    QTest::keyClicks(field, QStringLiteral("gulls come in"));
    QTest::keyClick(field, Qt::Key_Return);
    CHECK_FALSE(field->isVisible());
    CHECK(table.project().markers[0].note == "gulls come in");
    table.double_click(at);
    QTest::keyClicks(field, QStringLiteral("something else"));
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK(table.project().markers[0].note == "gulls come in");
    CHECK(table.steps() == 2);
}

TEST_CASE("Shift with the arrows goes from marker to marker")
{
    Table table;
    for (const int frame : {20, 90}) {
        table.widget.set_playhead(frame);
        table.key(Qt::Key_M);
    }
    table.widget.set_playhead(0);
    table.key(Qt::Key_Down, Qt::ShiftModifier);
    CHECK(table.playhead == 20);
    table.key(Qt::Key_Down, Qt::ShiftModifier);
    CHECK(table.playhead == 90);
    table.key(Qt::Key_Up, Qt::ShiftModifier);
    CHECK(table.playhead == 20);
}

TEST_CASE("menus say what can be done with what was hit, and choose it")
{
    Table table;
    table.add_sound(0, 3);
    const auto menu_at = [&](QPoint at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, table.view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(table.view->viewport(), &event);
        QStringList texts;
        for (QMenu* menu : table.view->findChildren<QMenu*>(QStringLiteral("storyboard.menu"))) {
            texts.clear();
            for (const QAction* entry : menu->actions())
                texts.append(entry->text());
            menu->close();
            delete menu;
        }
        return texts;
    };
    CHECK(menu_at(table.middle(1)).contains(QStringLiteral("Lift")));
    CHECK(table.chosen() == "B");
    CHECK(menu_at(table.out_edge(0)).contains(QStringLiteral("Dissolve here")));
    CHECK(menu_at(table.sound_area().center().toPoint()).contains(QStringLiteral("Fade in")));
    CHECK(table.view->selection().contains(table.sound().id));
    CHECK(menu_at(QPoint(20, table.sound_area().center().toPoint().y())).contains(QStringLiteral("Delete the track")));
    table.widget.set_playhead(30);
    table.key(Qt::Key_M);
    CHECK(menu_at(QPoint(static_cast<int>(table.geometry().x_of(30)), 18)).contains(QStringLiteral("Write the note")));
}

TEST_CASE("a track's menu does nothing when its track goes while it is open, to no other track either")
{
    for (const std::size_t tracks : {1, 2}) {
        for (const char* entry : {"Mute the track", "Delete the track", "another name", "another gain"}) {
            INFO(tracks << " " << entry);
            Table table;
            for (std::size_t track = 0; track < tracks; ++track)
                table.add_sound(0, 3, track);
            const QPoint at(20, table.sound_area().center().toPoint().y());
            QContextMenuEvent event(QContextMenuEvent::Mouse, at, table.view->viewport()->mapToGlobal(at));
            QApplication::sendEvent(table.view->viewport(), &event);
            auto* menu = table.view->findChild<QMenu*>(QStringLiteral("storyboard.menu"));
            REQUIRE(menu);
            REQUIRE(table.document.edit("Gone", [](core::Project& project) {
                return core::remove_sound_track(project, std::string(project.sound_tracks[0]->id));
            }));
            REQUIRE(table.project().sound_tracks.size() == tracks - 1);
            const auto steps = table.steps();
            for (QAction* action : menu->actions())
                if (action->text() == QLatin1String(entry)) action->trigger();
            if (entry == std::string("another name")) menu->findChild<QLineEdit*>()->setText(QStringLiteral("Waves"));
            if (entry == std::string("another gain")) menu->findChild<QDoubleSpinBox*>()->setValue(-6);
            menu->close();
            CHECK(table.steps() == steps);
            CHECK(table.error.empty());
        }
    }
}

TEST_CASE("an edit that can't be done is refused with a sentence and leaves no step")
{
    Table table;
    table.widget.set_playhead(66);
    table.key(Qt::Key_S);
    CHECK_FALSE(table.error.empty());
    CHECK(table.steps() == 0);
}
