#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <vector>

#include "core/storyboard/sound_edits.h"
#include "tests/ui/player_fixture.h"
#include "tests/ui/storyboard_film.h"
#include "ui/player/transport.h"

using namespace kinora;
using tests::k_patience;
using tests::ShownPlayer;

namespace {

const QColor k_red(200, 40, 40);
const QColor k_blue(40, 60, 200);

/// Two clips of 36 frames at 12 fps, joined by a transition of a number of project frames.
core::Project joined(const tests::ScratchFolder& folder, core::TransitionKind kind, std::int64_t frames)
{
    core::Project project =
        tests::project_of({{folder / "a.mp4", 36, {0, 36}, k_red}, {folder / "b.mp4", 36, {0, 36}, k_blue}});
    project.shots[1].update([&](core::Shot& shot) { shot.transition = {kind, frames, {}}; });
    return project;
}

/// The colour of the sky once exactly this frame is on the canvas.
QColor sky_at(ShownPlayer& shown, int frame)
{
    shown.player.seek(frame);
    const auto seen = [&] {
        return shown.player.shown_frame() == frame && shown.canvas->up_to_date() && shown.canvas->at_rest();
    };
    REQUIRE(QTest::qWaitFor(seen, k_patience));
    const QImage screen = shown.screen();
    const QRectF area = shown.canvas->picture_area();
    return screen.pixelColor(qRound(area.center().x()), qRound(area.top() + 6 * area.height() / 192));
}

/// A device that hears what is played at any moment of it.
struct Listener : ui::SoundOutput {
    void start(std::shared_ptr<ui::SoundSource> source, const ui::SoundCourse& course, quint64) override
    {
        heard_source = std::move(source);
        heard_course = course;
    }
    void stop() override { heard_source.reset(); }

    /// The loudest sample of the tenth of a second from a project frame at 24 frames a second on.
    [[nodiscard]] float loudest_at(int frame) const
    {
        if (!heard_source) return 0;
        std::vector<float> stereo(std::size_t{4800} * 2);
        heard_source->read(frame * std::int64_t{2000}, stereo);
        float most = 0;
        for (const float sample : stereo)
            most = std::max(most, std::abs(sample));
        return most;
    }

    std::shared_ptr<ui::SoundSource> heard_source;
    ui::SoundCourse heard_course;
};

void load(ShownPlayer& shown, const core::Project& project)
{
    shown.player.show_storyboard(project, tests::absolute_files);
    for (int frame = 0; frame < shown.player.frame_count(); frame += 2) {
        shown.player.seek(frame);
        REQUIRE(QTest::qWaitFor([&] { return shown.player.shown_frame() == frame; }, k_patience));
    }
}

}  // namespace

TEST_CASE("a dissolve shows both shots by their weights")
{
    ShownPlayer shown;
    const core::Project project = joined(shown.folder, core::TransitionKind::dissolve, 24);
    load(shown, project);
    CHECK(shown.player.frame_count() == 72 + 72 - 24);
    const QColor before = sky_at(shown, 40);
    const QColor middle = sky_at(shown, 48 + 12);
    const QColor after = sky_at(shown, 80);
    CHECK(before.red() > before.blue() + 40);
    CHECK(after.blue() > after.red() + 40);
    CHECK(middle.red() == Approx((before.red() + after.red()) / 2.0).margin(8));
    CHECK(middle.blue() == Approx((before.blue() + after.blue()) / 2.0).margin(8));
}

TEST_CASE("a dip goes through black or white at the cut")
{
    for (const bool white : {false, true}) {
        ShownPlayer shown;
        load(shown,
             joined(shown.folder, white ? core::TransitionKind::dip_to_white : core::TransitionKind::dip_to_black, 24));
        const QColor plain = sky_at(shown, 40);
        const QColor before = sky_at(shown, 66);
        const QColor cut = sky_at(shown, 71);
        INFO(white);
        if (white) {
            CHECK(cut.blue() > 200);
            CHECK(before.blue() > plain.blue() + 30);
        } else {
            CHECK(cut.red() < 30);
            CHECK(before.red() < plain.red() - 20);
        }
    }
}

TEST_CASE("a gap is black and has no message, and pictures fill the storyboard's frame")
{
    ShownPlayer shown;
    core::Project project = tests::project_of({{shown.folder / "a.mp4", 12, {0, 12}, k_red}});
    project.shots.emplace_back(core::make_gap(12, project.rate));
    project.width = 192;  // narrower than the clip: its sides are cut off, as an export does
    project.height = 192;
    load(shown, project);
    shown.player.seek(4);
    const QImage screen = shown.screen();
    const QRectF area = shown.canvas->picture_area();
    CHECK(area.width() == Approx(area.height()).margin(1));
    CHECK(screen.pixelColor(area.toRect().center()) != QColor(Qt::black));
    const QColor gap = sky_at(shown, 30);
    CHECK(gap == QColor(Qt::black));
    CHECK(shown.canvas->message().isEmpty());
}

TEST_CASE("playback runs through a dissolve and a cut without a missing picture, the next shot decoded before it comes")
{
    ShownPlayer shown;
    core::Project project = joined(shown.folder, core::TransitionKind::dissolve, 12);
    core::Shot third = *project.shots[0];
    third.id += "-again";
    third.range = {20, 36};
    third.transition = {};
    project.shots.emplace_back(std::move(third));
    shown.player.show_storyboard(project, tests::absolute_files);
    // Only what plays first is asked for; all else has to be there because of looking ahead.
    REQUIRE(QTest::qWaitFor([&] { return tests::frame_number_of(shown.player.picture()) == 0; }, k_patience));
    std::int64_t now = 0;
    shown.player.transport().set_time([&] { return now; });
    shown.player.transport().set_loop(false);
    shown.player.play();
    int wrong = 0;
    for (int frame = 1; frame < shown.player.frame_count(); ++frame) {
        now = std::int64_t{frame} * 1'000'000'000 / 24 + 1'000'000;
        shown.player.transport().advance();
        if (shown.player.frame() != frame) ++wrong;
        QTest::qWait(12);  // more than three times as fast as life: the thread of the cache has to keep up
    }
    CHECK(wrong == 0);
    CHECK(shown.player.dropped_frames() == 0);
}

TEST_CASE("an edit of the storyboard while it plays leaves it playing where it is")
{
    ShownPlayer shown;
    core::Project project = joined(shown.folder, core::TransitionKind::cut, 0);
    load(shown, project);
    shown.player.seek(30);
    shown.player.play();
    project.shots[1].update([](core::Shot& shot) { shot.transition = {core::TransitionKind::dip_to_black, 12, {}}; });
    shown.player.show_storyboard(project, tests::absolute_files);
    CHECK(shown.player.playing());
    CHECK(shown.player.frame() >= 30);
    project.shots[1].update([](core::Shot& shot) { shot.range.end = 30; });
    shown.player.show_storyboard(project, tests::absolute_files);
    CHECK(shown.player.playing());
    CHECK(shown.player.frame_count() == 132);
    shown.player.pause();
    CHECK(shown.player.frame() >= 30);
}

TEST_CASE("the storyboard's sound tracks are heard with their gains, fades and mutes, and an edit is heard while it plays")
{
    auto owned = std::make_unique<Listener>();
    Listener& device = *owned;
    ShownPlayer shown(std::move(owned));
    core::Project project = joined(shown.folder, core::TransitionKind::cut, 0);
    tests::write_tone(shown.folder / "tone.wav", 6);
    core::Asset asset;
    asset.id = "tone";
    asset.name = "tone.wav";
    asset.file = (shown.folder / "tone.wav").string();
    asset.kind = core::AssetKind::audio;
    asset.samples = 6 * 48'000;
    REQUIRE(core::add_asset(project, asset));
    const auto clip = core::place_sound(project, "", "tone", 24);
    REQUIRE(clip);
    load(shown, project);
    shown.player.seek(0);
    CHECK(device.heard_source == nullptr);  // it rests
    shown.player.play();
    REQUIRE(device.heard_source);
    const float whole = device.loudest_at(100);
    const float early = device.loudest_at(25);
    CHECK(whole > 0.05F);
    CHECK(device.loudest_at(12) == 0);  // the clip begins a second in
    REQUIRE(core::set_sound_gain(project, *clip, -12));
    REQUIRE(core::fade_sound(project, *clip, 48, 0));
    shown.player.show_storyboard(project, tests::absolute_files);
    CHECK(shown.player.playing());
    REQUIRE(device.heard_source);
    CHECK(device.loudest_at(100) == Approx(whole * std::pow(10.0, -12.0 / 20)).epsilon(0.05));
    CHECK(device.loudest_at(25) < early / 16);  // twelve decibels less, and the fade has just begun
    project.sound_tracks[0].update([](core::SoundTrack& track) { track.mute = true; });
    shown.player.show_storyboard(project, tests::absolute_files);
    CHECK(shown.player.playing());
    CHECK(device.loudest_at(100) == 0);
    shown.player.pause();
}

TEST_CASE("up and down go from cut to cut of the storyboard")
{
    ShownPlayer shown;
    load(shown, joined(shown.folder, core::TransitionKind::cut, 0));
    shown.player.seek(10);
    shown.key(Qt::Key_Down);
    CHECK(shown.player.frame() == 72);
    shown.key(Qt::Key_Down);
    CHECK(shown.player.frame() == 143);
    shown.key(Qt::Key_Up);
    CHECK(shown.player.frame() == 72);
    shown.key(Qt::Key_Up);
    CHECK(shown.player.frame() == 0);
}
