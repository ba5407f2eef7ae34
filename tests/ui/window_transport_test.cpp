#include "tests/ui/studio_fixture.h"
#include "tests/ui/test_clips.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/player/transport.h"
#include "ui/player/transport_bar.h"

// The player's keys in the whole window, as an artist presses them.

using namespace kinora;
using kinora::tests::Studio;
using ui::PlayerAction;

namespace {

/// A studio with one clip of 33 frames whose pictures tell their numbers, and the keys with the player.
struct AtThePlayer : Studio {
    AtThePlayer()
    {
        type(QStringLiteral("a lighthouse"));
        key(Qt::Key_Return, Qt::ControlModifier);
        wait_for_takes(1);
        wait_for([this] { return player().shown_frame() >= 0; }, "the clip");
        key(Qt::Key_Escape);
        REQUIRE(player().frame_count() == 33);
        player().pause();
        key(Qt::Key_Home);
    }

    [[nodiscard]] ui::PlayerWidget& player() const { return *window->player(); }
    [[nodiscard]] double speed() const { return player().transport().speed(); }
    [[nodiscard]] core::FrameRange trim() const { return session->shot()->range; }
    [[nodiscard]] std::size_t steps() const { return session->document().history().position(); }
    void stand_at(int frame)
    {
        player().seek(frame);
        wait_for([&] { return player().shown_frame() == frame; }, "the frame");
    }
    /// The frame on the screen is the one that the timecode names.
    [[nodiscard]] bool exact() const
    {
        wait_for([this] { return player().shown_frame() == player().frame(); }, "the picture");
        return tests::frame_number_of(player().picture()) == player().frame();
    }
};

}  // namespace

TEST_CASE_METHOD(AtThePlayer, "arrows step by frames and seconds, and each picture is the one that is named", "[window]")
{
    REQUIRE(player().frame() == 0);
    key(Qt::Key_Right);
    key(Qt::Key_Right);
    CHECK(player().frame() == 2);
    CHECK(exact());
    key(Qt::Key_Right, Qt::ShiftModifier);
    CHECK(player().frame() == 14);  // 12 frames a second
    CHECK(exact());
    key(Qt::Key_Left);
    CHECK(player().frame() == 13);
    CHECK(exact());
    key(Qt::Key_Left, Qt::ShiftModifier);
    CHECK(player().frame() == 1);
    key(Qt::Key_End);
    CHECK(player().frame() == 32);
    CHECK(exact());
    key(Qt::Key_Home);
    CHECK(player().frame() == 0);
    key(Qt::Key_T);
    CHECK(player().action(PlayerAction::show_frames)->isChecked());
    key(Qt::Key_T);
    CHECK_FALSE(player().action(PlayerAction::show_frames)->isChecked());
}

TEST_CASE_METHOD(AtThePlayer, "J, K and L shuttle both ways, faster with each press", "[window]")
{
    stand_at(10);
    key(Qt::Key_L);
    CHECK(speed() == 1);
    key(Qt::Key_L);
    CHECK(speed() == 2);
    key(Qt::Key_K);
    CHECK_FALSE(player().playing());
    stand_at(20);
    key(Qt::Key_J);
    CHECK(speed() == -1);
    wait_for([this] { return player().frame() < 20; }, "playback that runs backwards");
    key(Qt::Key_J);
    CHECK(speed() == -2);
    key(Qt::Key_K);
    CHECK(speed() == 0);
    CHECK(exact());
}

TEST_CASE_METHOD(AtThePlayer, "brackets choose the playing speed from a quarter to four times, and Space plays with it",
                 "[window]")
{
    for (int press = 0; press < 5; ++press)
        key(Qt::Key_BracketLeft);
    CHECK(player().transport().play_speed() == 0.25);
    key(Qt::Key_Space);
    CHECK(speed() == 0.25);
    key(Qt::Key_Space);
    CHECK_FALSE(player().playing());
    for (int press = 0; press < 7; ++press)
        key(Qt::Key_BracketRight);
    CHECK(player().transport().play_speed() == 4);
    key(Qt::Key_Space);
    CHECK(speed() == 4);
    key(Qt::Key_K);
    CHECK_FALSE(player().playing());
}

TEST_CASE_METHOD(AtThePlayer, "I and O trim at the playhead, one step each, and a loop stays between them", "[window]")
{
    const std::size_t before = steps();
    stand_at(8);
    key(Qt::Key_I);
    CHECK(trim() == core::FrameRange{8, 33});
    CHECK(steps() == before + 1);
    stand_at(15);
    key(Qt::Key_O);
    CHECK(trim() == core::FrameRange{8, 16});
    CHECK(steps() == before + 2);
    REQUIRE(player().transport().loop());
    int wraps = 0;
    int last = player().frame();
    bool outside = false;
    QObject::connect(&player(), &ui::PlayerWidget::position_changed, &player(), [&](int frame) {
        outside = outside || frame < 8 || frame > 15;
        wraps += frame < last ? 1 : 0;
        last = frame;
    });
    key(Qt::Key_L);
    key(Qt::Key_L);
    wait_for([&] { return wraps > 1; }, "the loop");
    CHECK_FALSE(outside);
    key(Qt::Key_K);
    key(Qt::Key_L, Qt::ControlModifier);
    CHECK_FALSE(player().transport().loop());
    key(Qt::Key_Home);
    key(Qt::Key_Space);
    wait_for([this] { return !player().playing(); }, "the end of the shot");
    CHECK(player().frame() == 15);
    player().disconnect(&player());
    key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(trim() == core::FrameRange{8, 33});
    key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(trim() == core::FrameRange{0, 33});
}

TEST_CASE_METHOD(AtThePlayer, "the picture is zoomed by the wheel, moved by a drag, and fits again by a key", "[window]")
{
    auto* canvas = player().canvas();
    const QPoint middle = canvas->mapTo(window.get(), canvas->rect().center());
    const QRectF whole = canvas->picture_area();
    QWheelEvent wheel(middle, window->mapToGlobal(middle), {}, QPoint(0, 360), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(window->windowHandle(), &wheel);
    const QRectF close = canvas->picture_area();
    CHECK(close.width() > whole.width() * 1.05);
    QTest::mousePress(window->windowHandle(), Qt::LeftButton, {}, middle);
    for (int step = 1; step <= 4; ++step)
        QTest::mouseMove(window->windowHandle(), middle + QPoint(10 * step, 0));
    QTest::mouseRelease(window->windowHandle(), Qt::LeftButton, {}, middle + QPoint(40, 0));
    CHECK(canvas->picture_area().left() > close.left());
    CHECK_FALSE(player().playing());
    key(Qt::Key_Escape);
    player().setFocus();
    key(Qt::Key_0, Qt::ControlModifier);
    CHECK(canvas->picture_area() == whole);
}
