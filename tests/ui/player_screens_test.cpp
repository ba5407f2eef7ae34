#include <QMouseEvent>
#include <QScreen>
#include <catch2/catch.hpp>

#include "tests/ui/player_fixture.h"
#include "tests/ui/studio_fixture.h"
#include "ui/player/screen_window.h"
#include "ui/player/transport.h"
#include "ui/player/transport_bar.h"

using namespace kinora;
using tests::k_patience;
using tests::ShownPlayer;
using ui::PlayerAction;

namespace {

/// Real events of the window system for a widget of whatever window it is in.
void hand_to(QWidget* widget, QPoint at)
{
    QTest::mouseMove(widget->window()->windowHandle(), widget->mapTo(widget->window(), at));
    QApplication::processEvents();
}

}  // namespace

TEST_CASE("F fills the screen with the picture, its keys go on, Esc comes back", "[window]")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    shown.key(Qt::Key_F);
    ui::ScreenWindow* full = shown.player.full_screen();
    REQUIRE(full);
    REQUIRE(QTest::qWaitForWindowExposed(full));
    QApplication::setActiveWindow(full);
    REQUIRE(QTest::qWaitFor([&] { return full->size() == shown.player.screen()->size(); }, k_patience));
    CHECK(full->geometry() == shown.player.screen()->geometry());
    CHECK(full->canvas()->picture_area().width() == Approx(full->width()).margin(1));
    CHECK(shown.player.action(PlayerAction::full_screen)->isChecked());
    full->setFocus();
    QTest::keyClick(full, Qt::Key_Right);
    CHECK(shown.player.frame() == 1);
    REQUIRE(QTest::qWaitFor([&] { return full->canvas()->up_to_date() && full->canvas()->at_rest(); }, k_patience));
    CHECK(tests::frame_number_of(full->canvas()->picture()) == 1);
    QTest::keyClick(full, Qt::Key_Escape);
    CHECK(shown.player.full_screen() == nullptr);
    CHECK_FALSE(shown.player.action(PlayerAction::full_screen)->isChecked());
}

TEST_CASE("on a full screen a moving hand brings the controls, which work", "[window]")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    shown.player.action(PlayerAction::full_screen)->trigger();
    ui::ScreenWindow* full = shown.player.full_screen();
    REQUIRE(QTest::qWaitForWindowExposed(full));
    QApplication::setActiveWindow(full);
    CHECK_FALSE(full->controls_shown());
    hand_to(full->canvas(), QPoint(400, 300));
    hand_to(full->canvas(), QPoint(420, 310));
    REQUIRE(full->controls_shown());
    CHECK(full->canvas()->overlay().texts);
    const QPoint middle(static_cast<int>(full->scrub()->x_of(12.5)), full->scrub()->height() / 2);
    QTest::mouseClick(full->windowHandle(), Qt::LeftButton, {}, full->scrub()->mapTo(full, middle));
    CHECK(shown.player.frame() == 12);
    CHECK_FALSE(shown.player.playing());
    QTest::mouseClick(full->windowHandle(), Qt::LeftButton, {}, QPoint(500, 200));
    CHECK(shown.player.playing());
    shown.player.pause();
    REQUIRE(QTest::qWaitFor([&] { return full->canvas()->at_rest(); }, k_patience));
    tests::Studio::screenshot("player-full-screen", full);
}

TEST_CASE("a double click on the picture fills the screen and leaves playback as it was", "[window]")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    const QPoint at = shown.canvas->rect().center();
    QTest::mouseClick(shown.canvas, Qt::LeftButton, {}, at);
    CHECK(shown.player.playing());
    const QPointF on_screen = shown.canvas->mapToGlobal(QPointF(at));
    QMouseEvent again(QEvent::MouseButtonDblClick, at, on_screen, Qt::LeftButton, Qt::LeftButton, {});
    QMouseEvent up(QEvent::MouseButtonRelease, at, on_screen, Qt::LeftButton, {}, {});
    QApplication::sendEvent(shown.canvas, &again);
    QApplication::sendEvent(shown.canvas, &up);
    CHECK(shown.player.full_screen() != nullptr);
    CHECK_FALSE(shown.player.playing());
}

TEST_CASE("a second screen shows the same frame without taking the keys, and isn't offered where there is none", "[window]")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    const bool more = QGuiApplication::screens().size() > 1;
    CHECK(shown.player.action(PlayerAction::second_screen)->isEnabled() == more);
    // The window is the same on whichever screen it stands.
    shown.player.set_second_screen(QGuiApplication::screens().back());
    ui::ScreenWindow* second = shown.player.second_screen();
    REQUIRE(second);
    REQUIRE(QTest::qWaitForWindowExposed(second));
    CHECK(second->geometry() == QGuiApplication::screens().back()->geometry());
    shown.player.seek(7);
    CHECK(QTest::qWaitFor([&] { return tests::frame_number_of(second->canvas()->picture()) == 7; }, k_patience));
    CHECK(tests::frame_number_of(shown.player.picture()) == 7);
    QTest::keyClick(second, Qt::Key_Escape);
    CHECK(shown.player.second_screen() == nullptr);
}

TEST_CASE("Shift and F shows the picture on the other screen as well", "[screens][.]")
{
    REQUIRE(QGuiApplication::screens().size() == 2);  // run with the two of two_screens.json
    ShownPlayer shown;
    shown.open(24, {0, 24});
    shown.key(Qt::Key_F, Qt::ShiftModifier);
    ui::ScreenWindow* second = shown.player.second_screen();
    REQUIRE(second);
    const QScreen* other = QGuiApplication::screens()[shown.player.screen() == QGuiApplication::screens()[0] ? 1 : 0];
    CHECK(second->geometry() == other->geometry());
    CHECK(QApplication::activeWindow() != second);
    shown.player.seek(9);
    CHECK(QTest::qWaitFor([&] { return tests::frame_number_of(second->canvas()->picture()) == 9; }, k_patience));
    QApplication::setActiveWindow(&shown.player);  // this platform activates whatever is shown
    shown.player.setFocus();
    QTest::keyClick(&shown.player, Qt::Key_F, Qt::ShiftModifier);
    CHECK(shown.player.second_screen() == nullptr);
}
