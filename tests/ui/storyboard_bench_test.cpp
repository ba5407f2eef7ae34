#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "tests/ui/storyboard_table.h"
#include "tests/ui/test_clips.h"

// Figures, not judgements: hidden, run by name ("[bench]"), and nothing here can fail on a slow machine.

using namespace kinora;
using kinora::tests::Table;

namespace {

/// Milliseconds that this thread has computed: what others had the core for doesn't count.
double computed()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double middle_of(int rounds, const std::function<void(int)>& work)
{
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const double before = computed();
        work(round);
        times.push_back(computed() - before);
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[static_cast<std::size_t>(rounds) / 2];
}

/// Gives every shot one of 26 clips that are really there, and waits until their pictures are.
void give_pictures(Table& table, const std::filesystem::path& folder)
{
    const auto drawn = tests::write_test_clip(folder / "clip.mp4", 33, core::FrameRate{12}, QColor("#446688"));
    for (char letter = 'A'; letter <= 'Z'; ++letter) {
        const auto take = folder / "takes" / std::string(1, letter);
        std::filesystem::create_directories(take);
        std::filesystem::copy_file(drawn, take / "clip.mp4");
    }
    table.widget.set_project(&table.document.project(), QString::fromStdString(folder.string()));
    table.view->set_zoom(1.2);
    for (int round = 0; round < 60; ++round) {
        static_cast<void>(table.view->viewport()->grab());
        QTest::qWait(50);
    }
}

void measure(int shots, QSize size)
{
    const QTemporaryDir folder;
    Table table(shots, size);
    give_pictures(table, folder.path().toStdString());
    for (int second = 0; second < shots; second += 10)
        table.add_sound(second * 24, 8);
    const auto paint = [&](int) {
        QImage screen(table.view->viewport()->size(), QImage::Format_ARGB32_Premultiplied);
        table.view->viewport()->render(&screen);
    };
    std::printf("%5d shots, %d x %d:", shots, size.width(), size.height());
    table.view->set_zoom(1.2);
    table.view->horizontalScrollBar()->setValue(table.view->horizontalScrollBar()->maximum() / 2);
    std::printf(" paint %.2f ms", middle_of(20, paint));
    table.view->zoom_to_fit();
    std::printf(", all in view %.2f ms", middle_of(20, paint));
    table.widget.set_mode(ui::StoryboardMode::cards);
    std::printf(", cards %.2f ms", middle_of(20, paint));
    table.widget.set_mode(ui::StoryboardMode::timeline);
    std::printf(", edit and refresh %.2f ms", middle_of(20, [&](int round) {
                    const std::string id = table.shot(static_cast<std::size_t>(round)).id;
                    static_cast<void>(table.document.edit("Move", [&](core::Project& project) {
                        return core::move_shots(project, {id}, project.shots.size());
                    }));
                }));
    const QPointF point(size.width() / 2.0, 100);
    std::printf(", 1000 hit tests %.2f ms\n", middle_of(5, [&](int) {
                    for (int question = 0; question < 1000; ++question)
                        static_cast<void>(table.geometry().hit(point + QPointF(question % 100, 0)));
                }));
}

}  // namespace

TEST_CASE("what the storyboard costs", "[.][bench]")
{
    measure(24, {1600, 260});
    measure(2000, {1600, 260});
    measure(2000, {3840, 400});
}
