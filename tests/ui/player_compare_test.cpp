#include <QMenu>
#include <catch2/catch.hpp>

#include "tests/ui/player_fixture.h"

using namespace kinora;
using tests::k_patience;
using tests::ShownPlayer;
using ui::CompareMode;
using ui::PlayerAction;

namespace {

const QColor k_red(200, 40, 40);
const QColor k_blue(40, 60, 200);

/// Two takes of one shot in a player that shows the first.
struct TwoTakes : ShownPlayer {
    TwoTakes()
    {
        const auto other = tests::write_test_clip(folder / "b.mp4", 24, core::FrameRate{12}, k_blue);
        open(24, {0, 24}, "a.mp4", k_red);
        player.set_takes({{"one", "Take 1", player.path(), core::FrameRate{12}},
                          {"two", "Take 2", QString::fromStdString(other.string()), core::FrameRate{12}}});
    }

    /// B's picture of the same time is on the canvas.
    bool compares(int number)
    {
        return QTest::qWaitFor([&] { return tests::frame_number_of(canvas->scene().other) == number; }, k_patience);
    }

    /// At a part of the picture's width and near its top, where only sky is.
    QColor sky_at(const QImage& screen, double x, int pane = 0) const
    {
        const QRectF area = canvas->view().area(pane);
        return screen.pixelColor(qRound(area.left() + x * area.width()), qRound(area.top() + area.height() * 0.04));
    }
};

bool reddish(const QColor& colour)
{
    return colour.red() > colour.blue() + 40;
}

bool bluish(const QColor& colour)
{
    return colour.blue() > colour.red() + 40;
}

}  // namespace

TEST_CASE("A wipes between the take shown and the other one, at the same frame")
{
    TwoTakes takes;
    takes.player.seek(9);
    takes.key(Qt::Key_A);
    REQUIRE(takes.compares(9));
    const QImage screen = takes.screen();
    CHECK(reddish(takes.sky_at(screen, 0.3)));
    CHECK(bluish(takes.sky_at(screen, 0.7)));
    CHECK(takes.canvas->overlay().first_name == "A · Take 1");
    CHECK(takes.canvas->overlay().second_name == "B · Take 2");
    takes.player.seek(14);
    CHECK(takes.compares(14));
    takes.key(Qt::Key_A);
    CHECK(takes.canvas->scene().shown_compare() == CompareMode::off);
    CHECK(reddish(takes.sky_at(takes.screen(), 0.7)));
}

TEST_CASE("the divider of a wipe follows the hand, and playback isn't started by it")
{
    TwoTakes takes;
    takes.key(Qt::Key_A);
    REQUIRE(takes.compares(0));
    const QRectF area = takes.canvas->view().area(0);
    const auto x_at = [&](double part) { return static_cast<int>(area.left() + part * area.width()); };
    const int y = qRound(area.center().y());
    QTest::mouseMove(takes.canvas, QPoint(x_at(0.5), y));
    CHECK(takes.canvas->cursor().shape() == Qt::SplitHCursor);
    ShownPlayer::drag(takes.canvas, QPoint(x_at(0.5), y), QPoint(x_at(0.8), y));
    CHECK(takes.canvas->overlay().divider == Approx(0.8).margin(0.01));
    CHECK_FALSE(takes.player.playing());
    const QImage screen = takes.screen();
    CHECK(reddish(takes.sky_at(screen, 0.7)));
    CHECK(bluish(takes.sky_at(screen, 0.9)));
    ShownPlayer::drag(takes.canvas, QPoint(x_at(0.8), y), QPoint(-200, y));
    CHECK(takes.canvas->overlay().divider == 0);
}

TEST_CASE("side by side both takes are whole, and zoom together")
{
    TwoTakes takes;
    takes.player.action(PlayerAction::compare_side_by_side)->trigger();
    REQUIRE(takes.compares(0));
    const QImage screen = takes.screen();
    for (const double x : {0.1, 0.9}) {
        CHECK(reddish(takes.sky_at(screen, x, 0)));
        CHECK(bluish(takes.sky_at(screen, x, 1)));
    }
    const auto& view = takes.canvas->view();
    CHECK(view.area(0).size() == view.area(1).size());
    CHECK(view.area(0).right() < view.area(1).left());
    takes.key(Qt::Key_Plus, Qt::ControlModifier);
    CHECK(view.area(0).size() == view.area(1).size());
    CHECK(view.area(0).center().x() - view.pane(0).center().x() ==
          Approx(view.area(1).center().x() - view.pane(1).center().x()).margin(1));
}

TEST_CASE("a difference is black where the takes agree and bright where they don't")
{
    TwoTakes takes;
    takes.player.action(PlayerAction::compare_difference)->trigger();
    REQUIRE(takes.compares(0));
    const QImage screen = takes.screen();
    const QColor sky = takes.sky_at(screen, 0.5);
    CHECK(sky.red() + sky.blue() > 200);
    // The water is the same in both.
    const QRectF area = takes.canvas->view().area(0);
    const QColor number = screen.pixelColor(qRound(area.left() + 8), qRound(area.bottom() - 6));
    CHECK(number.red() + number.green() + number.blue() < 90);
}

TEST_CASE("A and B change places at a key, and the ways to compare follow each other")
{
    TwoTakes takes;
    takes.key(Qt::Key_A);
    REQUIRE(takes.compares(0));
    takes.key(Qt::Key_A, Qt::AltModifier);
    const QImage screen = takes.screen();
    CHECK(bluish(takes.sky_at(screen, 0.3)));
    CHECK(reddish(takes.sky_at(screen, 0.7)));
    CHECK(takes.canvas->overlay().first_name == "B · Take 2");
    takes.key(Qt::Key_A, Qt::ShiftModifier);
    CHECK(takes.canvas->scene().compare == CompareMode::side_by_side);
    takes.key(Qt::Key_A, Qt::ShiftModifier);
    CHECK(takes.canvas->scene().compare == CompareMode::difference);
    takes.key(Qt::Key_A, Qt::ShiftModifier);
    CHECK(takes.canvas->scene().compare == CompareMode::wipe);
}

TEST_CASE("both takes play together")
{
    TwoTakes takes;
    takes.key(Qt::Key_A);
    for (int frame = 0; frame < 24; ++frame) {
        takes.player.seek(frame);
        REQUIRE(takes.shows(frame));
        REQUIRE(takes.compares(frame));
    }
    int apart = 0;
    int seen = 0;
    takes.player.seek(0);
    QObject::connect(&takes.player, &ui::PlayerWidget::position_changed, &takes.player, [&](int frame) {
        ++seen;
        if (tests::frame_number_of(takes.canvas->scene().other) != frame) ++apart;
    });
    takes.key(Qt::Key_L);
    REQUIRE(QTest::qWaitFor([&] { return takes.player.frame() == 20; }, k_patience));
    CHECK(seen > 5);
    CHECK(apart == 0);
}

TEST_CASE("the take that was shown before is B, and one take alone can't be compared")
{
    TwoTakes takes;
    const QString first = takes.player.path();
    takes.player.show_clip(takes.player.compare().takes()[1].path, core::FrameRate{12}, {0, 24});
    REQUIRE(takes.shows(0));
    takes.key(Qt::Key_A);
    CHECK(takes.player.compare().second_id() == "one");
    CHECK(takes.player.action(PlayerAction::compare)->isChecked());
    takes.player.set_takes({{"two", "Take 2", takes.player.path(), core::FrameRate{12}}});
    CHECK_FALSE(takes.player.action(PlayerAction::compare)->isEnabled());
    CHECK(takes.canvas->scene().shown_compare() == CompareMode::off);
}
