#include <QImageReader>
#include <QRgba64>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "core/export/presets.h"
#include "core/media/video_writer.h"
#include "tests/ui/player_fixture.h"
#include "ui/player/frame_file.h"

using namespace kinora;
using tests::ShownPlayer;

namespace {

/// A ramp that 8 bits can't tell: each column is a quarter of a step of 255.
core::FrameSequence fine_ramp()
{
    core::FrameSequence clip;
    clip.frames = 1;
    clip.width = 256;
    clip.height = 64;
    clip.rate = core::FrameRate{24};
    for (int y = 0; y < clip.height; ++y)
        for (int x = 0; x < clip.width; ++x)
            clip.rgb.insert(clip.rgb.end(), 3, 0.4F + static_cast<float>(x) / 1020.0F);
    return clip;
}

}  // namespace

TEST_CASE("a frame of a 10-bit master is saved with 16 bits a channel, finer than 8 bits could be")
{
    const tests::ScratchFolder folder;
    media::WriteOptions options;
    options.target = folder / "ramp.mov";
    REQUIRE(media::write_clip(fine_ramp(), (*media::find_preset("prores-422-hq"))->encoder, options));
    const QString file = QString::fromStdString((folder / "out" / "frame.png").string());
    const ui::FrameToSave frame{{{QString::fromStdString(options.target.string()), 0, 1}}, {}, {}};
    REQUIRE(ui::save_frame_png(frame, file));
    const QImage saved(file);
    REQUIRE(saved.size() == QSize(256, 64));
    REQUIRE(saved.depth() == 64);
    double worst = 0;
    std::set<quint16> levels;
    for (int x = 8; x < 248; ++x) {
        const quint16 value = reinterpret_cast<const QRgba64*>(saved.constScanLine(32))[x].green();
        levels.insert(value);
        worst = std::max(worst, std::abs(value / 65535.0 - (0.4 + x / 1020.0)));
    }
    CHECK(levels.size() > 120);  // 8 bits have 61 here
    CHECK(worst < 3.0 / 1023);
}

TEST_CASE("a frame of an 8-bit take is saved with 8 bits, and is the one on the screen")
{
    ShownPlayer shown;
    shown.open(24, {0, 24});
    shown.player.seek(13);
    REQUIRE(shown.shows(13));
    ui::FrameToSave asked;
    int number = -1;
    QObject::connect(&shown.player, &ui::PlayerWidget::save_frame_requested, &shown.player,
                     [&](const ui::FrameToSave& frame, int at) {
                         asked = frame;
                         number = at;
                     });
    shown.key(Qt::Key_S, Qt::ShiftModifier);
    REQUIRE(number == 13);
    const QString file = QString::fromStdString((shown.folder / "frame.png").string());
    REQUIRE(ui::save_frame_png(asked, file));
    const QImage saved(file);
    CHECK(saved.depth() <= 32);
    CHECK(saved.convertToFormat(QImage::Format_RGB888) == shown.player.picture());
}

TEST_CASE("a frame within a dissolve is saved as it is seen")
{
    ShownPlayer shown;
    core::Project project = tests::project_of({{shown.folder / "a.mp4", 12, {0, 12}, QColor(200, 40, 40)},
                                               {shown.folder / "b.mp4", 12, {0, 12}, QColor(40, 60, 200)}});
    project.shots[1].update([](core::Shot& shot) { shot.transition = {core::TransitionKind::dissolve, 8, {}}; });
    shown.player.show_storyboard(project, tests::absolute_files);
    shown.player.seek(20);
    REQUIRE(QTest::qWaitFor([&] { return !shown.canvas->scene().picture.second.isNull(); }, tests::k_patience));
    ui::FrameToSave asked;
    QObject::connect(&shown.player, &ui::PlayerWidget::save_frame_requested, &shown.player,
                     [&](const ui::FrameToSave& frame, int) { asked = frame; });
    shown.key(Qt::Key_S, Qt::ShiftModifier);
    REQUIRE(asked.layers.size() == 2);
    const auto saved = ui::render_frame(asked);
    REQUIRE(saved);
    const QImage seen = shown.player.picture();
    REQUIRE(saved->size() == seen.size());
    for (const QPoint at : {QPoint(20, 10), QPoint(160, 60), QPoint(300, 150)}) {
        CHECK(saved->pixelColor(at).red() == Approx(seen.pixelColor(at).red()).margin(2));
        CHECK(saved->pixelColor(at).blue() == Approx(seen.pixelColor(at).blue()).margin(2));
    }
}

TEST_CASE("a folder that can't be written is told in a sentence, and nothing is left")
{
    QImage picture(8, 8, QImage::Format_RGB888);
    picture.fill(Qt::red);
    const auto saved = ui::save_frame_png({{}, {}, picture}, "/proc/no/such/frame.png");
    REQUIRE_FALSE(saved);
    CHECK(saved.error().message.find("frame.png") != std::string::npos);
}
