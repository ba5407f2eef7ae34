#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "core/media/probe.h"
#include "core/storyboard/layout.h"
#include "tests/ui/desk_hand.h"
#include "tests/ui/storyboard_film.h"
#include "tests/ui/storyboard_hand.h"
#include "tests/ui/test_clips.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/theme/theme.h"

// More of the table in the whole window: the two views, guides, menus, what comes in and what goes out.

using namespace kinora;
using kinora::tests::DrawnGenerator;
using Hand = kinora::tests::StoryboardHand;
using kinora::tests::steps;
using kinora::tests::Studio;

namespace {

std::vector<std::string> order(const Studio& studio)
{
    std::vector<std::string> ids;
    for (const auto& shot : studio.session->project().shots)
        ids.push_back(shot->id);
    return ids;
}

void drop(const Hand& hand, QPointF point, const std::filesystem::path& file)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    QDragEnterEvent enter(point.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(hand.view->viewport(), &enter);
    REQUIRE(enter.isAccepted());
    QDragMoveEvent over(point.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(hand.view->viewport(), &over);
    QDropEvent event(point, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(hand.view->viewport(), &event);
}

/// Points of the guide's colour in a column of the strip (or beside it, where the column falls between two).
int guide_at(const Hand& hand, std::int64_t frame)
{
    const QImage picture = hand.view->viewport()->grab().toImage();
    const auto x = static_cast<int>(std::lround(hand.geometry().x_of(static_cast<double>(frame))));
    int most = 0;
    for (int column = x - 1; column <= x + 1; ++column) {
        int count = 0;
        for (int y = 0; y < picture.height(); ++y)
            count += picture.pixel(column, y) == ui::roles().warn.rgb() ? 1 : 0;
        most = std::max(most, count);
    }
    return most;
}

}  // namespace

TEST_CASE("cards and timeline are two views of one film: what is done in one is seen in the other", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 6);
    const Hand hand(studio);
    auto* board = studio.window->storyboard();
    const auto before = order(studio);
    const std::size_t begun = steps(studio);
    board->actions()["cards"]->trigger();
    REQUIRE(hand.view->mode() == ui::StoryboardMode::cards);
    hand.drag(hand.geometry().block(0).center(), hand.geometry().block(2).center() + QPointF(30, 0));
    REQUIRE(steps(studio) == begun + 1);
    const auto after = order(studio);
    REQUIRE(after != before);
    REQUIRE(after[0] == before[1]);
    hand.click(hand.geometry().block(3).center());
    const std::string chosen = hand.view->selected();
    board->actions()["timeline"]->trigger();
    CHECK(hand.view->selected() == chosen);
    CHECK(order(studio) == after);
    double x = -1;
    for (std::size_t shot = 0; shot < after.size(); ++shot) {
        CHECK(hand.geometry().block(shot).left() > x);
        x = hand.geometry().block(shot).left();
    }
    hand.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(order(studio) == before);
    board->actions()["cards"]->trigger();
    CHECK(hand.view->index_of(before[0]) == 0U);
}

TEST_CASE("an edge that is dragged near the playhead sticks to it, and a guide shows where", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 6);
    const Hand hand(studio);
    hand.click({hand.geometry().x_of(40), 12});
    const std::int64_t place = hand.view->playhead();  // the point that was hit may be a frame or two beside it
    REQUIRE(place > 30);
    const std::size_t begun = steps(studio);
    const QRectF first = hand.geometry().block(0);
    const QPointF edge(first.right() - 3, first.top() + 30);
    // Where the hand would be if the cut lay on the playhead, and three points beside that.
    const QPointF near(edge.x() + hand.geometry().x_of(static_cast<double>(place)) - first.right() + 3, edge.y());
    const int none = guide_at(hand, place);
    hand.pull(edge, near);
    REQUIRE(hand.view->overlay().snapped == place);
    CHECK(guide_at(hand, place) > none + 20);
    hand.let_go(near);
    CHECK(core::Layout(studio.session->project()).start(1) == place);
    CHECK(guide_at(hand, place) == none);
    CHECK(steps(studio) == begun + 1);
    hand.key(Qt::Key_Z, Qt::ControlModifier);
    REQUIRE(steps(studio) == begun);
    hand.view->setFocus();
    hand.key(Qt::Key_N);
    hand.pull(edge, near);
    CHECK_FALSE(hand.view->overlay().snapped.has_value());
    hand.let_go(near);
    CHECK(core::Layout(studio.session->project()).start(1) != place);
}

TEST_CASE("the menu of a cut makes a dip, and the player goes through black and white there", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 6);
    const Hand hand(studio);
    const auto choose_at_cut = [&](std::size_t shot, const QString& entry) {
        const QRectF block = hand.geometry().block(shot);
        const QPoint place = QPointF(block.right() - 3, block.top() + 30).toPoint();
        QTest::mouseMove(hand.window, hand.at(place));
        QTest::mouseClick(hand.window, Qt::RightButton, {}, hand.at(place));
        QMenu* menu = nullptr;
        Studio::wait_for([&] { return (menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) != nullptr; },
                         "the menu");
        tests::hand::choose_in_menu(menu, {entry});
        QApplication::processEvents();
    };
    const std::size_t begun = steps(studio);
    choose_at_cut(0, QStringLiteral("Dip to black here"));
    REQUIRE(studio.session->project().shots[1]->transition.kind == core::TransitionKind::dip_to_black);
    choose_at_cut(3, QStringLiteral("Dip to white here"));
    REQUIRE(studio.session->project().shots[4]->transition.kind == core::TransitionKind::dip_to_white);
    CHECK(steps(studio) == begun + 2);
    auto* player = studio.window->player();
    const auto grey_at = [&](std::size_t shot) {
        const int cut = static_cast<int>(core::Layout(studio.session->project()).start(shot));
        studio.click(player->canvas());
        hand.key(Qt::Key_Space, Qt::ControlModifier);
        player->pause();
        REQUIRE(player->content() == ui::PlayerWidget::Content::sequence);
        player->seek(cut);
        Studio::wait_for([&] { return player->shown_frame() == cut; }, "the cut");
        const QImage picture = player->picture();
        return qGray(picture.pixel(picture.width() / 2, picture.height() / 2));
    };
    CHECK(grey_at(1) < 24);
    CHECK(grey_at(4) > 231);
}

TEST_CASE("a sound that is dropped on a track lies where it was let go, and plays along", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 6);
    const std::filesystem::path folder = studio.folder.path().toStdString();
    tests::write_tone(folder / "bell.wav", 2);
    const Hand hand(studio);
    hand.view->set_snapping(false);
    const std::size_t clips = studio.session->project().sound_tracks[1]->clips.size();
    const QRectF lane = hand.geometry().lane(1);
    const std::int64_t frame = 20;
    drop(hand, {hand.geometry().x_of(static_cast<double>(frame)), lane.center().y()}, folder / "bell.wav");
    Studio::wait_for([&] { return studio.session->project().sound_tracks[1]->clips.size() == clips + 1; }, "the sound");
    bool there = false;
    for (const auto& clip : studio.session->project().sound_tracks[1]->clips)
        there = there || (clip.start == frame && clip.source.length() == 96'000);
    CHECK(there);
}

TEST_CASE("a clip of 30 frames a second keeps its time among others", "[window]")
{
    Studio studio;
    const std::filesystem::path folder = studio.folder.path().toStdString();
    const auto video = tests::write_test_clip(folder / "sea.mp4", 60, core::FrameRate{30}, QColor("#446688"));
    const Hand hand(studio);
    REQUIRE(studio.session->project().rate == core::FrameRate{24});
    drop(hand, hand.geometry().add_block().center(), video);
    Studio::wait_for([&] { return studio.session->project().shots.size() == 2; }, "the video");
    const core::Layout layout(studio.session->project());
    CHECK(layout.range(1).length() == 48);  // two seconds of the film's 24
    auto* player = studio.window->player();
    player->setFocus();
    hand.key(Qt::Key_Space, Qt::ControlModifier);
    player->pause();
    REQUIRE(player->content() == ui::PlayerWidget::Content::sequence);
    for (const int at : {0, 12, 24, 47}) {
        const int frame = static_cast<int>(layout.start(1)) + at;
        player->seek(frame);
        Studio::wait_for([&] { return player->shown_frame() == frame; }, "the frame");
        CHECK(tests::frame_number_of(player->picture()) == at * 30 / 24);
    }
}

TEST_CASE("a shot that is dragged out of the window is a file for other programs", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 6);
    const Hand hand(studio);
    QList<QUrl> handed;
    hand.view->set_drag_starter([&](std::unique_ptr<QMimeData> data, const QPixmap&) { handed = data->urls(); });
    hand.click(hand.middle(1));
    hand.pull(hand.middle(1), {hand.middle(1).x(), -200});
    Studio::wait_for([&] { return !handed.isEmpty(); }, "the drag");
    hand.let_go({hand.middle(1).x(), -200});
    REQUIRE(handed.front().isLocalFile());
    const auto info = media::probe(handed.front().toLocalFile().toStdString());
    REQUIRE(info);
    CHECK(info->video()->frames == studio.session->project().shots[1]->takes.front().frames);
    CHECK(studio.session->project().shots.size() == 6);
}

TEST_CASE("Shift and Z show the whole film, and it stays in view while it grows", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    tests::make_film(studio, 20);
    const Hand hand(studio);
    hand.view->set_zoom(8);
    const auto whole = [&] {
        const auto& shots = studio.session->project().shots;
        return hand.geometry().block(0).left() >= 0 &&
               hand.geometry().block(shots.size() - 1).right() <= hand.view->viewport()->width();
    };
    REQUIRE_FALSE(whole());
    hand.view->setFocus();
    hand.key(Qt::Key_Z, Qt::ShiftModifier);
    CHECK(whole());
    hand.key(Qt::Key_A, Qt::ControlModifier);
    hand.key(Qt::Key_D, Qt::ControlModifier);
    REQUIRE(studio.session->project().shots.size() == 40);
    CHECK(whole());
}
