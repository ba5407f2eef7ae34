#include <QScrollBar>
#include <QTest>
#include <catch2/catch.hpp>

#include "core/storyboard/group_edits.h"
#include "tests/ui/storyboard_table.h"

using namespace kinora;
using kinora::tests::Table;

TEST_CASE("Ctrl and a click add a shot to what is chosen, and take it away again")
{
    Table table(5);
    table.click(table.middle(1));
    table.click(table.middle(3), Qt::ControlModifier);
    CHECK(table.chosen() == "BD");
    CHECK(table.widget.selected() == table.shot(3).id);
    table.click(table.middle(3), Qt::ControlModifier);
    CHECK(table.chosen() == "B");
    CHECK(table.widget.selected() == table.shot(1).id);
}

TEST_CASE("Shift and a click choose everything from the shot that was clicked last")
{
    Table table(6);
    table.click(table.middle(4));
    table.click(table.middle(2), Qt::ShiftModifier);
    CHECK(table.chosen() == "CDE");
    table.click(table.middle(5), Qt::ShiftModifier);
    CHECK(table.chosen() == "EF");
}

TEST_CASE("Ctrl+A chooses all shots, and a click on one of them only that one")
{
    Table table(4);
    table.key(Qt::Key_A, Qt::ControlModifier);
    CHECK(table.chosen() == "ABCD");
    table.click(table.middle(2));
    CHECK(table.chosen() == "C");
}

TEST_CASE("a rubber band chooses what it touches, on the timeline and among cards")
{
    Table table(5);
    table.add_sound(0, 6);
    const int y = static_cast<int>(table.sound_area().bottom()) + 4;
    table.drag(QPoint(table.middle(3).x(), y), table.middle(1));
    CHECK(table.chosen() == "BCD");
    CHECK(table.view->selection().contains(table.sound().id));
    CHECK(table.document.history().size() == 1);  // the sound of the beginning: choosing is no step

    table.widget.set_mode(ui::StoryboardMode::cards);
    table.drag(table.block(0).bottomLeft().toPoint() + QPoint(2, 4), table.middle(1));
    CHECK(table.chosen() == "AB");
}

TEST_CASE("a rubber band with Ctrl adds to what is chosen, and Esc gives up")
{
    Table table(5);
    table.click(table.middle(4));
    const QPoint below(table.middle(0).x(), static_cast<int>(table.block(0).bottom()) + 5);
    table.drag(below, table.middle(1), Qt::ControlModifier);
    CHECK(table.chosen() == "ABE");
    table.press(below);
    table.move(table.middle(3));
    CHECK(table.chosen() == "ABCD");
    table.key(Qt::Key_Escape);
    table.release(table.middle(3));
    CHECK(table.chosen().empty());
}

TEST_CASE("a click on an empty place chooses nothing, and the panels keep their shot")
{
    Table table(3);
    table.click(table.middle(1));
    table.click(QPoint(table.middle(1).x(), static_cast<int>(table.block(0).bottom()) + 5));
    CHECK(table.chosen().empty());
    CHECK(table.widget.selected() == table.shot(1).id);
    table.key(Qt::Key_Delete);
    CHECK(table.order() == "ABC");
}

TEST_CASE("several chosen shots move together, in one step")
{
    Table table(5);
    table.click(table.middle(0));
    table.click(table.middle(2), Qt::ControlModifier);
    table.drag(table.middle(2), table.middle(4) + QPoint(40, 0));
    CHECK(table.order() == "BDEAC");
    CHECK(table.chosen() == "AC");
    CHECK(table.steps() == 1);
    CHECK(table.document.undo());
    CHECK(table.order() == "ABCDE");
}

TEST_CASE("chosen shots that are dropped among themselves stay where they are")
{
    Table table(4);
    table.click(table.middle(1));
    table.click(table.middle(2), Qt::ControlModifier);
    table.drag(table.middle(1), table.middle(2));
    CHECK(table.order() == "ABCD");
    CHECK(table.steps() == 0);
}

TEST_CASE("Delete takes all chosen shots away in one step and shows the next one")
{
    Table table(5);
    table.click(table.middle(1));
    table.click(table.middle(3), Qt::ControlModifier);
    table.key(Qt::Key_Delete);
    CHECK(table.order() == "ACE");
    CHECK(table.widget.selected() == table.shot(2).id);
    CHECK(table.steps() == 1);
}

TEST_CASE("cards wrap into rows, and a card goes where it is dropped in another row")
{
    Table table(9, {700, 520});
    table.widget.set_mode(ui::StoryboardMode::cards);
    REQUIRE(table.block(8).top() > table.block(0).bottom());
    CHECK(table.block(0).right() < table.view->viewport()->width());
    const auto row = static_cast<int>(table.geometry().cards_in_row());
    REQUIRE(row >= 2);
    table.drag(table.middle(0), table.middle(static_cast<std::size_t>(row)) + QPoint(40, 0));
    CHECK(table.order()[static_cast<std::size_t>(row)] == 'A');
}

TEST_CASE("cards show in the same order what the timeline shows, and keep what is chosen")
{
    Table table(5);
    table.click(table.middle(2));
    table.widget.set_mode(ui::StoryboardMode::cards);
    CHECK(table.chosen() == "C");
    table.key(Qt::Key_Right);
    CHECK(table.chosen() == "D");
    table.key(Qt::Key_Delete);
    table.widget.set_mode(ui::StoryboardMode::timeline);
    CHECK(table.order() == "ABCE");
    CHECK(table.chosen() == "E");
}

TEST_CASE("a playhead that moves leaves a choice of several alone")
{
    Table table(4);
    table.click(table.middle(0));
    table.click(table.middle(1), Qt::ControlModifier);
    QObject::connect(&table.widget, &ui::StoryboardWidget::playhead_moved, &table.widget, [&](int frame) {
        const auto place = table.layout().at(frame);
        table.widget.select(table.shot(place->shot).id);
    });
    table.click(QPoint(table.x_of(3 * 66 + 5), 6));
    CHECK(table.widget.selected() == table.shot(3).id);
    CHECK(table.chosen() == "AB");
}

TEST_CASE("every action of the storyboard has a name, a text, a tip and an accessible name")
{
    Table table;
    QSet<QString> names;
    QSet<QString> keys;
    for (const QAction* action : table.view->actions()) {
        INFO(action->objectName().toStdString());
        CHECK(action->objectName().startsWith(QStringLiteral("storyboard.")));
        CHECK_FALSE(names.contains(action->objectName()));
        names.insert(action->objectName());
        CHECK_FALSE(action->text().isEmpty());
        CHECK_FALSE(action->toolTip().isEmpty());
        CHECK_FALSE(action->property("accessibleName").toString().isEmpty());
        for (const QKeySequence& key : action->shortcuts()) {
            INFO(key.toString().toStdString());
            CHECK_FALSE(keys.contains(key.toString()));
            keys.insert(key.toString());
        }
    }
    CHECK(names.size() >= 50);
}
