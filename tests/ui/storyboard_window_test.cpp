#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWheelEvent>
#include <cmath>

#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "tests/ui/storyboard_film.h"
#include "tests/ui/storyboard_hand.h"
#include "tests/ui/test_clips.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"

// The storyboard in the whole window, with real mouse and key events at coordinates of the screen.

using namespace kinora;
using kinora::tests::DrawnGenerator;
using Hand = kinora::tests::StoryboardHand;
using kinora::tests::steps;
using kinora::tests::Studio;

TEST_CASE("an artist cuts a film on the storyboard: every gesture is one step and can be undone", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 8);
    Hand hand(studio);
    hand.view->set_snapping(false);
    const auto& project = [&]() -> const core::Project& { return studio.session->project(); };
    const auto total = [&] { return core::Layout(project()).total(); };
    const auto ids = [&] {
        std::vector<std::string> found;
        for (const auto& shot : project().shots)
            found.push_back(shot->id);
        return found;
    };
    std::size_t before = steps(studio);
    const auto one_step = [&] { return steps(studio) == ++before; };

    // Reorder two of them by one drag.
    const auto first = ids();
    hand.click(hand.middle(0));
    hand.click(hand.middle(1), Qt::ControlModifier);
    REQUIRE(hand.view->selection().size() == 2);
    hand.drag(hand.middle(1), hand.middle(4) + QPointF(hand.wide(12), 0));
    REQUIRE(one_step());
    REQUIRE(ids()[4] == first[1]);
    hand.key(Qt::Key_Z, Qt::ControlModifier);
    REQUIRE(ids() == first);
    REQUIRE(steps(studio) == --before);

    // Trim by an edge; the film behind it follows.
    const auto length = total();
    const QRectF block = hand.geometry().block(0);
    const QPointF out(block.right() - 3, block.top() + 30);
    hand.drag(out, out - QPointF(hand.wide(20), 0));
    REQUIRE(one_step());
    REQUIRE(total() == length - 20);

    // Alt rolls: the film keeps its length.
    const QRectF rolled = hand.geometry().block(0);
    const QPointF cut(rolled.right() - 3, rolled.top() + 30);
    hand.drag(cut, cut + QPointF(hand.wide(8), 0), Qt::AltModifier);
    REQUIRE(one_step());
    REQUIRE(project().shots[1]->range.first == 4);
    REQUIRE(total() == length - 20);

    // Slip with Ctrl and Alt: other frames at the same place.
    const auto range = project().shots[6]->range;
    hand.drag(hand.middle(6), hand.middle(6) - QPointF(hand.wide(4), 0), Qt::ControlModifier | Qt::AltModifier);
    REQUIRE(one_step());
    REQUIRE(project().shots[6]->range.length() == range.length());
    REQUIRE(project().shots[6]->range.first == range.first + 2);

    // Blade, lift, duplicate, delete.
    hand.click(QPointF(hand.geometry().x_of(30), 8));
    hand.view->setFocus();
    hand.key(Qt::Key_S);
    REQUIRE(one_step());
    REQUIRE(project().shots.size() == 9);
    hand.click(hand.middle(1));
    hand.key(Qt::Key_Delete, Qt::ShiftModifier);
    REQUIRE(one_step());
    REQUIRE(project().shots[1]->kind == core::ShotKind::gap);
    hand.click(hand.middle(0));
    hand.key(Qt::Key_D, Qt::ControlModifier);
    REQUIRE(one_step());
    hand.key(Qt::Key_Delete);
    REQUIRE(one_step());

    // A dissolve by a double click on a cut.
    const std::size_t last = project().shots.size() - 1;
    const QRectF tail = hand.geometry().block(last);
    hand.double_click({tail.left() + 2, tail.top() + 30});
    REQUIRE(one_step());
    REQUIRE(project().shots[last]->transition.kind == core::TransitionKind::dissolve);

    // A marker with a note.
    hand.click(QPointF(hand.geometry().x_of(60), 8));
    hand.key(Qt::Key_M);
    REQUIRE(one_step());
    hand.key(Qt::Key_M);
    REQUIRE(QApplication::focusWidget()->objectName() == QStringLiteral("storyboard.note"));
    studio.type(QStringLiteral("here"));
    hand.key(Qt::Key_Return);
    REQUIRE(one_step());

    // Copy and paste through the system's clipboard.
    const std::size_t count = project().shots.size();
    hand.click(hand.middle(0));
    hand.key(Qt::Key_C, Qt::ControlModifier);
    hand.key(Qt::Key_V, Qt::ControlModifier);
    REQUIRE(one_step());
    REQUIRE(project().shots.size() == count + 1);

    // Back to where it began, and forward again.
    const auto end = project();
    for (std::size_t step = before; step > 0; --step)
        studio.session->undo();
    REQUIRE(steps(studio) == 0);
    for (std::size_t step = 0; step < before; ++step)
        studio.session->redo();
    REQUIRE(project() == end);
    REQUIRE(core::check_invariants(project()).empty());
}

TEST_CASE("sound is brought in, placed, trimmed, faded and set on its track by hand", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    tests::make_film(studio, 6);
    Hand hand(studio);
    hand.view->set_snapping(false);
    const auto clip = [&](std::size_t track) { return studio.session->project().sound_tracks[track]->clips[0]; };
    const auto area = [&](std::size_t track) { return hand.geometry().sound(track, 0); };
    const auto body = [&](std::size_t track) { return QPointF(area(track).left() + 60, area(track).bottom() - 3); };
    std::size_t before = steps(studio);

    hand.drag(body(1), body(1) + QPointF(hand.wide(24), 0));
    REQUIRE(clip(1).start == 224);
    REQUIRE(steps(studio) == ++before);
    const double line = ui::StoryboardGeometry::gain_y(area(0), clip(0).gain_db);
    hand.drag({area(0).left() + 240, line}, {area(0).left() + 240, line + 8});
    REQUIRE(clip(0).gain_db < -3);
    REQUIRE(steps(studio) == ++before);
    const QPointF handle(area(0).left() + hand.wide(24), area(0).top() + 4);
    hand.drag(handle, handle + QPointF(hand.wide(24), 0));
    REQUIRE(clip(0).fade_in == 48);
    REQUIRE(steps(studio) == ++before);
    const QPointF edge(area(1).left() + 2, area(1).bottom() - 3);
    hand.drag(edge, edge + QPointF(hand.wide(12), 0));
    REQUIRE(clip(1).start == 236);
    REQUIRE(clip(1).source.first == 24'000);
    REQUIRE(steps(studio) == ++before);
    hand.click(hand.geometry().mute_button(1).center());
    REQUIRE(studio.session->project().sound_tracks[1]->mute);
    REQUIRE(steps(studio) == ++before);
}

TEST_CASE("a video and a picture dropped from outside become shots, and shots go to another project", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    const std::filesystem::path folder = studio.folder.path().toStdString();
    const auto video = tests::write_test_clip(folder / "sea.mp4", 48, core::FrameRate{24}, QColor("#446688"));
    REQUIRE(tests::draw_test_frame(3, 10, QColor("#884422")).save(QString::fromStdString((folder / "cliff.png").string())));
    Hand hand(studio);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(video.string())),
                  QUrl::fromLocalFile(QString::fromStdString((folder / "cliff.png").string()))});
    const QPointF place(hand.geometry().add_block().center());
    QDragEnterEvent enter(place.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(hand.view->viewport(), &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(hand.view->viewport(), &drop);
    const auto& session = *studio.session;
    Studio::wait_for([&] { return session.project().shots.size() == 3; }, "the video and the picture");
    REQUIRE(session.project().shots[1]->kind == core::ShotKind::media);
    REQUIRE(session.project().shots[1]->range == core::FrameRange{0, 48});
    REQUIRE(session.project().assets.size() == 2);
    REQUIRE(std::filesystem::exists(session.folder() / session.project().assets[0]->file));
    REQUIRE(hand.view->selection().size() == 2);
    // A file that is no media is answered with a sentence.
    studio.session->import_files({QStringLiteral("/nowhere/at all.mov")}, 0, 0, 0);
    Studio::wait_for([&] { return studio.window->message_bar()->notice().text.contains(QStringLiteral("at all.mov")); },
                     "an answer");
    REQUIRE(session.project().shots.size() == 3);

    hand.view->setFocus();
    hand.key(Qt::Key_C, Qt::ControlModifier);
    const auto old_folder = session.folder();
    studio.session->new_project(QStringLiteral("Another"));
    Studio::wait_for([&] { return session.folder() != old_folder; }, "another project");
    hand.view->setFocus();
    const std::size_t before = session.project().shots.size();
    hand.key(Qt::Key_V, Qt::ControlModifier);
    Studio::wait_for([&] { return session.project().shots.size() == before + 2; }, "the shots in the other project");
    REQUIRE(session.project().assets.size() == 2);
    REQUIRE(std::filesystem::exists(session.folder() / session.project().assets[0]->file));
    REQUIRE(core::check_invariants(session.project()).empty());
}

TEST_CASE("Ctrl and the wheel zoom about the pointer in the window", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    tests::make_film(studio, 6);
    Hand hand(studio);
    const QPointF point(500, 60);
    const double frame = hand.geometry().frame_at(point.x());
    for (int step = 0; step < 3; ++step) {
        QWheelEvent wheel(point, hand.view->viewport()->mapToGlobal(point), {}, QPoint(0, 120), Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(hand.view->viewport(), &wheel);
    }
    REQUIRE(hand.geometry().frame_at(point.x()) == Approx(frame).margin(1));
    hand.view->setFocus();
    hand.key(Qt::Key_Z, Qt::ShiftModifier);
    REQUIRE(hand.geometry().add_block().right() < hand.view->viewport()->width());
}

namespace {

void show_film(Studio& studio, const QString& name)
{
    tests::make_film(studio, 40);
    auto* board = studio.window->storyboard();
    board->view()->set_zoom(board->view()->pixels_per_frame() * 1.9);
    // The player shows what the hand points at on the ruler.
    const Hand hand(studio);
    hand.click({hand.geometry().x_of(300), 12});
    tests::settle(studio);
    studio.screenshot(QStringLiteral("film-") + name);
    board->set_mode(ui::StoryboardMode::cards);
    tests::settle(studio);
    studio.screenshot(QStringLiteral("cards-") + name);
    board->set_mode(ui::StoryboardMode::timeline);
}

}  // namespace

TEST_CASE("a film of forty shots with sound and transitions, on the timeline and as cards", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    show_film(studio, QStringLiteral("1600x1000"));
    ui::apply_theme(ui::ThemeKind::light);
    tests::settle(studio);
    studio.screenshot(QStringLiteral("film-light"));
    ui::apply_theme(ui::ThemeKind::dark);
    studio.window->storyboard()->zoom_to_fit();
    tests::settle(studio);
    studio.screenshot(QStringLiteral("film-whole"));
}

TEST_CASE("a film of forty shots at 1280 by 720", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    show_film(studio, QStringLiteral("1280x720"));
}

TEST_CASE("a film of forty shots at 200 percent", "[hidpi][.]")
{
    Studio studio(DrawnGenerator::Look::scene, {1920, 1080});
    show_film(studio, QStringLiteral("3840x2160"));
}
