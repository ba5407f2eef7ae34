#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QProcess>
#include <QToolButton>
#include <cmath>

#include "app/studio/engine.h"
#include "core/base/paths.h"
#include "core/media/probe.h"
#include "core/project/project_store.h"
#include "core/storyboard/layout.h"
#include "tests/studio/hand.h"
#include "tests/ui/desk_files.h"
#include "ui/player/player_widget.h"
#include "ui/shot/generate_button.h"
#include "ui/shot/shot_panel.h"
#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/window/export_popover.h"
#include "ui/window/top_bar.h"

// A tried day: somebody who never saw Kinora makes a film of five shots and twenty seconds, with music, from an empty
// project to a ProRes file, with the starter. Every gesture is a press of a key or of the mouse at a place of the window;
// the document is only looked at, never changed. The README's film is this one (KINORA_UPDATE_PICTURES=1).

using namespace kinora;
using kinora::tests::Hand;
using kinora::tests::Studio;
using kinora::tests::wait_long;

namespace {

constexpr double k_seconds = 20;

void make_project(Hand& hand)
{
    hand.press(Qt::Key_N, Qt::ControlModifier);
    hand.write(QStringLiteral("A day at sea"));
    hand.press(Qt::Key_Return);
    Studio::wait_for([&] { return hand.project().name == "A day at sea"; }, "the new project");
    hand.picture(QStringLiteral("tried-day-1-new"));
}

ui::Field* field_named(Studio& studio, const QString& name)
{
    for (auto* combo : studio.window->shot_panel()->findChildren<ui::FieldCombo*>())
        if (combo->accessibleName() == name) return qobject_cast<ui::Field*>(combo->parentWidget());
    return nullptr;
}

/// The first shot: a completion taken, the longest clip that the starter makes, and Generate.
void make_first_shot(Hand& hand)
{
    auto& studio = hand.studio;
    hand.write(QStringLiteral("a pink heart rises above the clouds at dawn, slow pan r"));
    hand.picture(QStringLiteral("tried-day-2-suggestion"));
    hand.press(Qt::Key_Tab);
    REQUIRE(studio.session->shot()->prompt == "a pink heart rises above the clouds at dawn, slow pan right");
    auto* length = field_named(studio, QStringLiteral("Length"));
    REQUIRE(length);
    hand.click(length, QPoint(24, length->height() / 2));
    auto* list = length->findChild<ui::FieldCombo*>()->view();
    QTest::keyClick(list, Qt::Key_End);
    QTest::keyClick(list, Qt::Key_Return);
    hand.gestures += 2;
    REQUIRE(studio.session->shot()->settings.frames == 49);
    hand.click(studio.window->shot_panel()->generate_button());
    wait_long([&] { return studio.window->player()->content() == ui::PlayerWidget::Content::preview; },
              "the moving preview");
    hand.picture(QStringLiteral("tried-day-3-preview"));
}

/// Four more are written and queued while the first is made; what a new shot doesn't say it has from the one before.
void queue_more_shots(Hand& hand)
{
    for (const char* prompt : {"a blue sailing boat sails to the left on the sea on a bright day",
                               "a yellow balloon slowly sinks over the sea at dusk",
                               "a white boat sails slowly to the right on the sea at night, the moon",
                               "a white star hovers over snowy hills at dusk"}) {
        hand.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        hand.write(QString::fromLatin1(prompt));
        hand.press(Qt::Key_Return, Qt::ControlModifier);
    }
    hand.press(Qt::Key_2, Qt::AltModifier);
    hand.picture(QStringLiteral("tried-day-4-queue"));
    wait_long([&] { return hand.studio.session->desk().unfinished() == 0; }, "five takes");
    for (const auto& shot : hand.project().shots) {
        REQUIRE(shot->takes.size() == 1);
        REQUIRE(shot->takes[0].frames == 49);
    }
}

/// Dissolves take from the length; the last shot goes on from its end to make up for it.
void cut_the_film(Hand& hand)
{
    hand.press(Qt::Key_1, Qt::AltModifier);
    for (std::size_t takes = 2; takes <= 3; ++takes) {
        const int before = core::selected_take(*hand.project().shots.back())->frames;
        hand.press(Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        wait_long([&] { return hand.project().shots.back()->takes.size() == takes; }, "the longer take");
        wait_long([&] { return hand.studio.session->desk().unfinished() == 0; }, "an idle queue");
        REQUIRE(core::selected_take(*hand.project().shots.back())->frames > before);
    }
    hand.press(Qt::Key_6, Qt::AltModifier);
    hand.press(Qt::Key_A, Qt::ControlModifier);
    hand.press(Qt::Key_T, Qt::ControlModifier);
    for (std::size_t shot = 1; shot < 5; ++shot)
        REQUIRE(hand.project().shots[shot]->transition.kind == core::TransitionKind::dissolve);
    hand.press(Qt::Key_Home);
}

/// Music under it, from a file, as long as the film, faded out.
void add_music(Hand& hand)
{
    const auto file = std::filesystem::path(hand.studio.folder.path().toStdString()) / "music.wav";
    tests::write_tone(file, 26, 196);
    hand.press(Qt::Key_I, Qt::ControlModifier);
    tests::answer_dialog(file);
    hand.gestures += 2;
    // A bare virtual screen has no window manager that gives the keys back when a dialog closes.
    hand.studio.window->activateWindow();
    Studio::wait_for([] { return QApplication::focusWidget() != nullptr; }, "the window's keys");
    wait_long([&] { return !hand.project().sound_tracks.empty(); }, "the music");
    REQUIRE(hand.project().sound_tracks[0]->clips[0].start == 0);
    tests::settle(hand.studio);
    hand.press(Qt::Key_Z, Qt::ShiftModifier);
    const auto before = hand.view->geometry_now();
    const QRectF sound = before.sound(0, 0);
    const double end = before.x_of(static_cast<double>(core::Layout(hand.project()).total()));
    REQUIRE(sound.right() > end);
    hand.drag({sound.right() - 2, sound.center().y() + 6}, {end, sound.center().y() + 6});
    const auto& clip = hand.project().sound_tracks[0]->clips[0];
    const double frames = ui::sound_frames(clip, hand.project().rate);
    REQUIRE(frames == Approx(static_cast<double>(core::Layout(hand.project()).total())).margin(1));
    hand.by_name(QStringLiteral("Fade out"));
    REQUIRE(hand.project().sound_tracks[0]->clips[0].fade_out > 0);
    hand.picture(QStringLiteral("tried-day-5-film"));
}

void watch(Hand& hand)
{
    hand.press(Qt::Key_Space, Qt::ControlModifier);
    auto* player = hand.studio.window->player();
    REQUIRE(player->content() == ui::PlayerWidget::Content::sequence);
    wait_long([&] { return player->playing() && player->frame() > 12; }, "the film playing");
    hand.press(Qt::Key_Space, Qt::ControlModifier);
    REQUIRE_FALSE(player->playing());
    hand.picture(QStringLiteral("tried-day-6-playing"));
}

/// The whole storyboard, as ProRes, which is what is chosen the first time.
std::filesystem::path deliver(Hand& hand)
{
    auto& studio = hand.studio;
    hand.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    auto* options = studio.window->export_popover();
    REQUIRE(options->isVisible());
    auto* scope = options->findChild<ui::FieldCombo*>();
    scope->setFocus(Qt::TabFocusReason);
    hand.press(Qt::Key_End);
    REQUIRE(studio.session->export_choice().scope == ui::ExportScope::storyboard);
    hand.picture(QStringLiteral("tried-day-7-export"));
    for (auto* button : options->findChildren<QAbstractButton*>())
        if (button->text() == QStringLiteral("Export")) hand.click(button);
    wait_long([&] { return studio.session->desk().unfinished() == 0; }, "the export");
    hand.picture(QStringLiteral("tried-day-8-exported"));
    const QDir exports(QString::fromStdString(core::path_to_utf8(studio.session->folder() / "exports")));
    const auto files = exports.entryList({QStringLiteral("*.mov")}, QDir::Files);
    REQUIRE(files.size() == 1);
    return core::path_from_utf8(exports.filePath(files.first()).toStdString());
}

/// A small moving picture of the film for the README.
void save_film(const std::filesystem::path& film)
{
    const QString small = QString::fromStdString((film.parent_path() / "film.webp").string());
    QProcess ffmpeg;
    ffmpeg.start(QStringLiteral("ffmpeg"),
                 {QStringLiteral("-loglevel"), QStringLiteral("error"), QStringLiteral("-y"), QStringLiteral("-i"),
                  QString::fromStdString(core::path_to_utf8(film)), QStringLiteral("-vf"),
                  QStringLiteral("fps=6,crop=ih*5/3:ih,scale=320:192:flags=area"), QStringLiteral("-c:v"),
                  QStringLiteral("libwebp_anim"), QStringLiteral("-q:v"), QStringLiteral("85"), QStringLiteral("-loop"),
                  QStringLiteral("0"), small});
    if (!ffmpeg.waitForStarted()) return;
    REQUIRE(ffmpeg.waitForFinished(120'000));
    REQUIRE(ffmpeg.exitCode() == 0);
    CHECK(QFileInfo(small).size() <= 600 * 1024);
    if (!qEnvironmentVariableIsSet("KINORA_UPDATE_PICTURES")) return;
    const auto resources = core::resources_dir();
    REQUIRE(resources);
    const QString target = QString::fromStdString(core::path_to_utf8(*resources / "pictures" / "tried-day.webp"));
    QFile::remove(target);
    REQUIRE(QFile::copy(small, target));
}

}  // namespace

TEST_CASE("a tried day: five shots, twenty seconds, music, from nothing to ProRes with the starter", "[window][slow][day]")
{
    const auto resources = core::resources_dir();
    REQUIRE(resources);
    Studio studio(studio::make_engine(), *resources / "sample");
    Hand hand(studio);
    make_project(hand);
    make_first_shot(hand);
    queue_more_shots(hand);
    cut_the_film(hand);
    add_music(hand);
    watch(hand);
    const auto frames = core::Layout(hand.project()).total();
    REQUIRE(static_cast<double>(frames) >= k_seconds * 24);
    const auto film = deliver(hand);
    WARN("The film took " << hand.gestures << " gestures.");
    CHECK(hand.gestures <= 60);

    const auto file = media::probe(film);
    REQUIRE(file);
    const auto* video = file->video();
    REQUIRE(video);
    CHECK(video->codec == "prores");
    CHECK(video->rate == core::FrameRate(24));
    CHECK(video->frames == frames);
    const auto* sound = file->audio();
    REQUIRE(sound);
    CHECK(sound->duration_seconds == Approx(static_cast<double>(frames) / 24).margin(0.1));
    // No question was asked in between.
    CHECK(QApplication::activeModalWidget() == nullptr);
    save_film(film);
}
