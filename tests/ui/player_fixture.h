#pragma once

#include <QApplication>
#include <QTest>
#include <catch2/catch.hpp>
#include <vector>

#include "tests/scratch_folder.h"
#include "tests/ui/test_clips.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/sound_output.h"

namespace kinora::tests {

constexpr int k_patience = 10'000;  // milliseconds, for what a thread of the cache does

/// A shown player and the parts that a hand can touch.
struct ShownPlayer {
    explicit ShownPlayer(std::unique_ptr<ui::SoundOutput> sound = nullptr)
        : player(std::make_shared<media::ClipCache>(), std::make_shared<ui::ThumbnailStore>(), std::move(sound), nullptr)
    {
        player.resize(800, 600);
        player.show();
        QApplication::setActiveWindow(&player);  // shortcuts are heard in the active window only
        player.setFocus();
        scrub = player.findChild<ui::ScrubBar*>();
        canvas = player.findChild<ui::PictureCanvas*>();
        QObject::connect(&player, &ui::PlayerWidget::trim_changed, &player, [this](core::FrameRange range, bool finished) {
            trims.push_back(range);
            finishes.push_back(finished);
        });
    }

    void open(int frames, core::FrameRange trim, const std::string& name = "clip.mp4", QColor sky = QColor(190, 80, 110))
    {
        const auto file = write_test_clip(folder / name, frames, core::FrameRate{12}, sky);
        player.show_clip(QString::fromStdString(file.string()), core::FrameRate{12}, trim);
        REQUIRE(QTest::qWaitFor([&] { return player.frame_count() == frames; }, k_patience));
        REQUIRE(shows(static_cast<int>(trim.first)));
    }

    /// Waits until the picture on screen is the frame of that number.
    bool shows(int number)
    {
        return QTest::qWaitFor([&] { return frame_number_of(player.picture()) == number; }, k_patience);
    }

    /// What is painted, once nothing moves any more.
    QImage screen(ui::PictureCanvas* of = nullptr)
    {
        ui::PictureCanvas* seen = of ? of : canvas;
        REQUIRE(QTest::qWaitFor([&] { return seen->at_rest(); }, k_patience));
        return seen->grab().toImage();
    }

    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&player, static_cast<Qt::Key>(key), modifiers);
    }

    QPoint at_frame(double frame) const { return {static_cast<int>(scrub->x_of(frame)), scrub->height() / 2}; }

    void drag(QPoint from, QPoint to) const { drag(scrub, from, to); }

    static void drag(QWidget* widget, QPoint from, QPoint to)
    {
        QTest::mousePress(widget, Qt::LeftButton, {}, from);
        QTest::mouseMove(widget, (from + to) / 2);
        QTest::mouseMove(widget, to);
        QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
    }

    ScratchFolder folder;
    ui::PlayerWidget player;
    ui::ScrubBar* scrub = nullptr;
    ui::PictureCanvas* canvas = nullptr;
    std::vector<core::FrameRange> trims;
    std::vector<bool> finishes;
};

}  // namespace kinora::tests
