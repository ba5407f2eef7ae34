#include <QAbstractButton>
#include <QKeySequence>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/ui/player_fixture.h"
#include "ui/player/transport.h"

using namespace kinora;
using tests::k_patience;
using tests::ShownPlayer;
using ui::PlayerAction;

TEST_CASE("every action of the player has a name for code, for people and for screen readers, and no key means two things")
{
    ShownPlayer shown;
    std::map<QString, QString> keys;
    std::map<QString, int> names;
    for (const QAction* action : shown.player.actions().all()) {
        INFO(action->objectName().toStdString());
        CHECK(action->objectName().startsWith("player."));
        CHECK(++names[action->objectName()] == 1);
        CHECK_FALSE(action->text().isEmpty());
        CHECK_FALSE(action->toolTip().isEmpty());
        CHECK_FALSE(action->property("accessibleName").toString().isEmpty());
        for (const QKeySequence& key : action->shortcuts()) {
            CHECK_FALSE(key.isEmpty());
            CHECK(keys.emplace(key.toString(), action->objectName()).second);
        }
    }
    CHECK(names.size() > 35);
    CHECK(shown.player.action(PlayerAction::play)->property("iconName").toString() == "play");
}

TEST_CASE("every button of the transport has a name and something to be seen")
{
    ShownPlayer shown;
    shown.open(12, {0, 12});
    int buttons = 0;
    for (auto* button : shown.player.findChildren<QAbstractButton*>()) {
        INFO(button->accessibleName().toStdString());
        CHECK_FALSE(button->accessibleName().isEmpty());
        const QImage picture = button->grab().toImage();
        std::set<QRgb> colours;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                colours.insert(picture.pixel(x, y));
        CHECK(colours.size() > 2);  // ground, sign, and the softened edge between
        ++buttons;
    }
    CHECK(buttons >= 11);
}

TEST_CASE("brackets change the playing speed between a quarter and four times")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    std::vector<double> speeds;
    for (int press = 0; press < 3; ++press) {
        shown.key(Qt::Key_BracketRight);
        speeds.push_back(shown.player.transport().play_speed());
    }
    for (int press = 0; press < 5; ++press) {
        shown.key(Qt::Key_BracketLeft);
        speeds.push_back(shown.player.transport().play_speed());
    }
    CHECK(speeds == std::vector<double>{2, 4, 4, 2, 1, 0.5, 0.25, 0.25});
    CHECK(shown.player.action(PlayerAction::speed_quarter)->isChecked());
    shown.key(Qt::Key_J);
    CHECK(shown.player.transport().speed() == -0.25);
    shown.player.action(PlayerAction::speed_quadruple)->trigger();
    CHECK(shown.player.transport().speed() == -4);
}

TEST_CASE("up and down go to in, out and the ends; clearing the marks takes the whole clip")
{
    ShownPlayer shown;
    shown.open(24, {6, 18});
    shown.key(Qt::Key_Down);
    CHECK(shown.player.frame() == 17);
    shown.key(Qt::Key_Down);
    CHECK(shown.player.frame() == 23);
    shown.key(Qt::Key_Up);
    shown.key(Qt::Key_Up);
    CHECK(shown.player.frame() == 6);
    shown.key(Qt::Key_Up);
    CHECK(shown.player.frame() == 0);
    shown.key(Qt::Key_X, Qt::AltModifier);
    CHECK(shown.player.trim() == core::FrameRange{0, 24});
    CHECK(shown.trims.back() == core::FrameRange{0, 24});
    CHECK(shown.finishes.back());
}

TEST_CASE("a click on the timecode counts in frames, and T counts in time again")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    shown.player.seek(17);
    CHECK(shown.canvas->timecode_text() == "00:00:01:05");
    QTest::mouseClick(shown.canvas, Qt::LeftButton, {}, ui::timecode_box(shown.canvas->overlay()).center().toPoint());
    CHECK(shown.canvas->timecode_text() == "Frame 17");
    CHECK_FALSE(shown.player.playing());
    shown.key(Qt::Key_T);
    CHECK(shown.canvas->timecode_text() == "00:00:01:05");
}

TEST_CASE("frames that couldn't be shown in time are counted, and the count can be hidden")
{
    ShownPlayer shown;
    shown.open(48, {0, 48});
    std::int64_t now = 0;
    shown.player.transport().set_time([&] { return now; });
    shown.player.play();
    now += 500'000'000;  // six frames of 12 a second
    shown.player.transport().advance();
    CHECK(shown.player.frame() == 6);
    CHECK(shown.player.dropped_frames() >= 5);
    CHECK(shown.canvas->label().contains("dropped"));
    shown.player.action(PlayerAction::dropped_frames)->trigger();
    CHECK_FALSE(shown.canvas->label().contains("dropped"));
}

TEST_CASE("Ctrl and 1 shows every point of the picture as one of the screen, Ctrl and 0 the whole picture")
{
    ShownPlayer shown;
    shown.open(12, {0, 12});
    shown.key(Qt::Key_1, Qt::ControlModifier);
    CHECK(shown.canvas->picture_area().size() == QSizeF(320, 192));
    const QImage screen = shown.screen().copy(shown.canvas->picture_area().toRect());
    CHECK(screen.convertToFormat(QImage::Format_RGB888) == shown.player.picture());
    shown.key(Qt::Key_Plus, Qt::ControlModifier);
    CHECK(shown.canvas->zoom() == Approx(1.25));
    CHECK_FALSE(shown.player.action(PlayerAction::zoom_full)->isChecked());
    shown.key(Qt::Key_0, Qt::ControlModifier);
    CHECK(shown.canvas->zoom() == 0);
    CHECK(shown.player.action(PlayerAction::zoom_fit)->isChecked());
}

TEST_CASE("safe areas are drawn at 93 and 90 percent of the picture")
{
    ShownPlayer shown;
    shown.open(12, {0, 12});
    const QImage before = shown.screen();
    shown.key(Qt::Key_G);
    const QImage after = shown.screen();
    const QRectF picture = shown.canvas->picture_area();
    for (const double part : {0.93, 0.90}) {
        const QRectF guide = ui::safe_area(picture, part);
        CHECK(guide.width() == Approx(picture.width() * part));
        const QPoint at(qRound(guide.left()), qRound(guide.center().y()) + 40);
        int changed = 0;
        for (int x = -2; x <= 2; ++x)
            changed += before.pixel(at + QPoint(x, 0)) != after.pixel(at + QPoint(x, 0)) ? 1 : 0;
        CHECK(changed >= 2);
    }
    const QPoint between(qRound(picture.left() + picture.width() * 0.25), qRound(picture.top() + picture.height() * 0.6));
    CHECK(before.pixel(between) == after.pixel(between));
    shown.key(Qt::Key_G);
    CHECK(shown.screen() == before);
}
