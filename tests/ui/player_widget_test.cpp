#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <vector>

#include "tests/scratch_folder.h"
#include "tests/ui/player_fixture.h"
#include "tests/ui/test_clips.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"

using namespace kinora;
using ui::PlayerWidget;

using Studio = tests::ShownPlayer;
using tests::k_patience;

TEST_CASE("a clip opens on its in point, with the exact picture")
{
    Studio studio;
    studio.open(24, {5, 20});
    CHECK(studio.player.frame() == 5);
    CHECK(studio.canvas->timecode_text() == "00:00:00:05");
    CHECK(studio.player.trim() == core::FrameRange{5, 20});
    CHECK_FALSE(studio.player.playing());
}

TEST_CASE("scrubbing shows the frame under the pointer, frame by frame")
{
    Studio studio;
    studio.open(24, {0, 24});
    for (const int frame : {3, 17, 18, 0, 23}) {
        QTest::mouseClick(studio.scrub, Qt::LeftButton, {}, studio.at_frame(frame + 0.5));
        CHECK(studio.player.frame() == frame);
        CHECK(studio.shows(frame));
    }
    studio.drag(studio.at_frame(4.5), studio.at_frame(12.5));
    CHECK(studio.player.frame() == 12);
    CHECK(studio.shows(12));
    CHECK(studio.trims.empty());
}

TEST_CASE("dragging the out handle trims, tells so while it moves and once at the end, and shows the last frame kept")
{
    Studio studio;
    studio.open(24, {0, 24});
    const QPoint handle = studio.scrub->out_handle().center().toPoint();
    studio.drag(handle, handle - QPoint(static_cast<int>(studio.scrub->x_of(8) - studio.scrub->x_of(0)), 0));
    CHECK(studio.player.trim() == core::FrameRange{0, 16});
    REQUIRE(studio.trims.size() >= 2);
    CHECK(studio.trims.back() == core::FrameRange{0, 16});
    CHECK(studio.finishes.back());
    CHECK(std::count(studio.finishes.begin(), studio.finishes.end(), true) == 1);
    CHECK(studio.player.frame() == 15);
    CHECK(studio.shows(15));
}

TEST_CASE("the in handle stops one frame before the out point, wherever the hand goes")
{
    Studio studio;
    studio.open(24, {4, 10});
    const QPoint handle = studio.scrub->in_handle().center().toPoint();
    studio.drag(handle, QPoint(studio.scrub->width() - 2, handle.y()));
    CHECK(studio.player.trim() == core::FrameRange{9, 10});
    studio.drag(studio.scrub->in_handle().center().toPoint() - QPoint(4, 0), QPoint(0, handle.y()));
    CHECK(studio.player.trim() == core::FrameRange{0, 10});
}

TEST_CASE("handles are caught six pixels beside what is drawn, and the cursor says so")
{
    Studio studio;
    studio.open(24, {6, 18});
    const QPoint beside = studio.scrub->in_handle().center().toPoint() - QPoint(8, 0);
    QTest::mouseMove(studio.scrub, beside);
    CHECK(studio.scrub->cursor().shape() == Qt::SizeHorCursor);
    QTest::mouseMove(studio.scrub, studio.at_frame(12));
    CHECK(studio.scrub->cursor().shape() == Qt::ArrowCursor);
}

TEST_CASE("Esc gives a dragged handle back")
{
    Studio studio;
    studio.open(24, {0, 24});
    const QPoint handle = studio.scrub->out_handle().center().toPoint();
    QTest::mousePress(studio.scrub, Qt::LeftButton, {}, handle);
    QTest::mouseMove(studio.scrub, handle - QPoint(200, 0));
    CHECK(studio.player.trim().end < 24);
    QTest::keyClick(&studio.player, Qt::Key_Escape);
    QTest::mouseRelease(studio.scrub, Qt::LeftButton, {}, handle - QPoint(200, 0));
    CHECK(studio.player.trim() == core::FrameRange{0, 24});
    CHECK(studio.trims.back() == core::FrameRange{0, 24});
    CHECK(studio.finishes.back());
}

TEST_CASE("a handle whose release went to somebody else stays where it is")
{
    Studio studio;
    studio.open(24, {0, 24});
    const QPoint handle = studio.scrub->out_handle().center().toPoint();
    const auto take_hold = [&] {
        QTest::mousePress(studio.scrub, Qt::LeftButton, {}, studio.scrub->out_handle().center().toPoint());
        QTest::mouseMove(studio.scrub, handle - QPoint(200, 0));
        REQUIRE_FALSE(studio.finishes.back());
    };
    take_hold();
    const core::FrameRange dragged = studio.player.trim();
    QMouseEvent hover(QEvent::MouseMove, handle - QPointF(300, 0), studio.scrub->mapToGlobal(handle - QPoint(300, 0)),
                      Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(studio.scrub, &hover);
    CHECK(studio.finishes.back());
    CHECK(studio.player.trim() == dragged);

    studio.player.set_trim({0, 24});
    take_hold();
    QTest::mousePress(studio.scrub, Qt::LeftButton, {}, studio.at_frame(3.5));
    CHECK(studio.finishes.back());
    QTest::mouseRelease(studio.scrub, Qt::LeftButton, {}, studio.at_frame(3.5));

    studio.player.set_trim({0, 24});
    take_hold();
    studio.scrub->hide();
    CHECK(studio.finishes.back());
}

TEST_CASE("a click on a handle without moving trims nothing")
{
    Studio studio;
    studio.open(24, {6, 18});
    QTest::mouseClick(studio.scrub, Qt::LeftButton, {}, studio.scrub->out_handle().center().toPoint());
    CHECK(studio.trims.empty());
}

TEST_CASE("I and O trim at the playhead, arrows step a frame or a second, Home and End go to the trim's ends")
{
    Studio studio;
    studio.open(36, {0, 36});
    QTest::keyClick(&studio.player, Qt::Key_Right, Qt::ShiftModifier);
    CHECK(studio.player.frame() == 12);
    QTest::keyClick(&studio.player, Qt::Key_Left);
    QTest::keyClick(&studio.player, Qt::Key_I);
    CHECK(studio.player.trim() == core::FrameRange{11, 36});
    QTest::keyClick(&studio.player, Qt::Key_End);
    CHECK(studio.player.frame() == 35);
    QTest::keyClick(&studio.player, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&studio.player, Qt::Key_O);
    CHECK(studio.player.trim() == core::FrameRange{11, 24});
    QTest::keyClick(&studio.player, Qt::Key_Home);
    CHECK(studio.player.frame() == 11);
    CHECK(studio.finishes == std::vector<bool>{true, true});
}

TEST_CASE("Space plays and pauses, J runs backwards, K rests")
{
    Studio studio;
    studio.open(36, {0, 36});
    QSignalSpy playing(&studio.player, &PlayerWidget::playing_changed);
    QTest::keyClick(&studio.player, Qt::Key_Space);
    CHECK(studio.player.playing());
    CHECK(QTest::qWaitFor([&] { return studio.player.frame() >= 3; }, k_patience));
    QTest::keyClick(&studio.player, Qt::Key_Space);
    CHECK_FALSE(studio.player.playing());
    CHECK(playing.count() == 2);
    studio.player.seek(20);
    QTest::keyClick(&studio.player, Qt::Key_J);
    QTest::keyClick(&studio.player, Qt::Key_J);
    CHECK(QTest::qWaitFor([&] { return studio.player.frame() <= 16; }, k_patience));
    QTest::keyClick(&studio.player, Qt::Key_K);
    CHECK_FALSE(studio.player.playing());
    CHECK(studio.shows(studio.player.frame()));
}

TEST_CASE("every picture that playback shows is the one its timecode names")
{
    Studio studio;
    studio.open(24, {0, 24});
    for (int frame = 0; frame < 24; ++frame) {  // from here on every picture is in the cache
        studio.player.seek(frame);
        REQUIRE(studio.shows(frame));
    }
    studio.player.seek(0);
    REQUIRE(studio.shows(0));
    int right = 0;
    int wrong = 0;
    QObject::connect(&studio.player, &PlayerWidget::position_changed, &studio.player,
                     [&](int frame) { ++(tests::frame_number_of(studio.player.picture()) == frame ? right : wrong); });
    QTest::keyClick(&studio.player, Qt::Key_L);
    QTest::keyClick(&studio.player, Qt::Key_L);
    REQUIRE(QTest::qWaitFor([&] { return studio.player.frame() == 23; }, k_patience));
    CHECK(wrong == 0);
    CHECK(right > 0);
}

TEST_CASE("a click on the picture gives the player the keys and starts it")
{
    Studio studio;
    studio.open(24, {0, 24});
    QTest::mouseClick(studio.canvas, Qt::LeftButton, {}, studio.canvas->rect().center());
    CHECK(studio.player.playing());
}

TEST_CASE("the storyboard plays through the cut with the exact pictures of both clips")
{
    Studio studio;
    core::Project project = tests::project_of({{studio.folder / "a.mp4", 12, {2, 8}, QColor(200, 90, 90)},
                                               {studio.folder / "b.mp4", 40, {30, 36}, QColor(60, 160, 170)}});
    core::Shot planned = tests::make_test_shot("to come", "", 6, core::FrameRate{12});
    planned.range = {0, 6};
    project.shots.emplace_back(std::move(planned));
    studio.player.show_storyboard(project, tests::absolute_files);
    REQUIRE(studio.player.frame_count() == 36);
    CHECK(studio.shows(2));
    studio.player.seek(11);
    CHECK(studio.shows(7));
    studio.player.seek(12);
    CHECK(studio.shows(30));
    studio.player.seek(24);
    CHECK_FALSE(studio.canvas->message().isEmpty());
    studio.player.seek(0);
    QTest::keyClick(&studio.player, Qt::Key_Space);
    CHECK(QTest::qWaitFor([&] { return studio.player.frame() > 16; }, k_patience));
    CHECK(studio.canvas->message().isEmpty());
    studio.player.pause();
    CHECK(studio.shows(30 + (studio.player.frame() - 12) / 2));
}

TEST_CASE("a picture whose request was overtaken by another clip's still comes")
{
    Studio studio;
    const core::Project project = tests::project_of({{studio.folder / "a.mp4", 12, {0, 12}, QColor(200, 90, 90)},
                                                     {studio.folder / "b.mp4", 12, {0, 12}, QColor(60, 160, 170)}},
                                                    core::FrameRate{12});
    studio.player.show_storyboard(project, tests::absolute_files);
    for (const int frame : {5, 20, 5, 19, 5})
        studio.player.seek(frame);
    CHECK(studio.shows(5));
}

TEST_CASE("a clip larger than the cache is shown exactly, and the player comes to rest")
{
    const tests::ScratchFolder folder;
    const auto file = tests::write_test_clip(folder / "clip.mp4", 48, core::FrameRate{12}, QColor(90, 160, 90));
    media::ClipCache::Options options;
    options.budget_bytes = 10 * 320 * 192 * 3;
    PlayerWidget player(std::make_shared<media::ClipCache>(options), std::make_shared<ui::ThumbnailStore>());
    player.show();
    player.show_clip(QString::fromStdString(file.string()), core::FrameRate{12}, {0, 48});
    int positions = 0;
    QObject::connect(&player, &PlayerWidget::position_changed, &player, [&](int) { ++positions; });
    for (const int frame : {8, 40, 16, 47, 0}) {
        player.seek(frame);
        CHECK(QTest::qWaitFor([&] { return tests::frame_number_of(player.picture()) == frame; }, k_patience));
    }
    QCoreApplication::processEvents();
    CHECK(positions <= 7);
}

TEST_CASE("the moving preview loops, and clearer pictures of the same run don't make it start again")
{
    Studio studio;
    const auto pictures = [](int brightness) {
        auto list = std::make_shared<std::vector<core::Picture8>>();
        for (int frame = 0; frame < 4; ++frame) {
            list->push_back({2, 2, std::vector<unsigned char>(12, static_cast<unsigned char>(brightness + frame))});
        }
        return list;
    };
    studio.player.show_preview(pictures(10), core::FrameRate{50}, "Step 1 of 20");
    CHECK(studio.player.playing());
    REQUIRE(QTest::qWaitFor([&] { return studio.player.frame() == 2; }, k_patience));
    studio.player.show_preview(pictures(100), core::FrameRate{50}, "Step 2 of 20");
    CHECK(studio.player.playing());
    CHECK(studio.player.frame() == 2);
    CHECK(qRed(studio.player.picture().pixel(0, 0)) == 102);
    CHECK(studio.canvas->label() == "Step 2 of 20");
    CHECK(QTest::qWaitFor([&] { return studio.player.frame() == 1; }, k_patience));
}

TEST_CASE("nothing to see is said in a sentence, and the keys rest")
{
    Studio studio;
    studio.open(12, {0, 12});
    studio.player.show_empty("Type a prompt and press Generate.");
    CHECK(studio.canvas->message() == "Type a prompt and press Generate.");
    QTest::keyClick(&studio.player, Qt::Key_Space);
    QTest::mouseClick(studio.scrub, Qt::LeftButton, {}, QPoint(40, 10));
    CHECK_FALSE(studio.player.playing());
    CHECK(studio.player.frame_count() == 0);
}

TEST_CASE("a clip that isn't there is named where its picture would be")
{
    Studio studio;
    studio.player.show_clip("/nowhere/lost.mp4", core::FrameRate{12}, {0, 12});
    CHECK(QTest::qWaitFor([&] { return studio.canvas->message().contains("lost.mp4"); }, k_patience));
    studio.open(12, {0, 12});
    CHECK(studio.canvas->message().isEmpty());
}

TEST_CASE("showing the same clip again only takes over the trim")
{
    Studio studio;
    studio.open(24, {0, 24});
    studio.player.seek(9);
    studio.player.show_clip(studio.player.path(), core::FrameRate{12}, {4, 20});
    CHECK(studio.player.frame() == 9);
    CHECK(studio.player.trim() == core::FrameRange{4, 20});
}

TEST_CASE("closing the player while its clip is being decoded is safe")
{
    const tests::ScratchFolder folder;
    const auto file = tests::write_test_clip(folder / "clip.mp4", 24, core::FrameRate{12}, QColor(90, 90, 200));
    for (int round = 0; round < 5; ++round) {
        PlayerWidget player;
        player.show();
        player.show_clip(QString::fromStdString(file.string()), core::FrameRate{12}, {0, 24});
    }
    Studio studio;
    studio.open(24, {0, 24});  // the next player shows its clip as if nothing had been
    CHECK(studio.player.frame_count() == 24);
}
