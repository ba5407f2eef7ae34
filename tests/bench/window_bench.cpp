#include <unistd.h>

#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <vector>

#include "core/export/presets.h"
#include "core/media/video_writer.h"
#include "core/project/project_store.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "tests/bench/long_film.h"
#include "ui/meter/metered_application.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

// Figures of the whole window: opening a long film, edits in it with everything that follows on the screen, painting.

using namespace kinora;
namespace fs = std::filesystem;

namespace {

double megabytes()
{
    std::ifstream statm("/proc/self/statm");
    double size = 0;
    double resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double milliseconds(const std::function<void()>& what)
{
    QElapsedTimer timer;
    timer.start();
    what();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void tell(const char* what, std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&](double part) {
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-36s median %7.2f ms   p95 %7.2f ms   worst %7.2f ms\n", what, at(0.5), at(0.95), values.back());
    std::fflush(stdout);
}

void wait_until(const std::function<bool()>& done)
{
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 60'000)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
}

/// Until no event has come for a while: filmstrips are decoded on threads of their own.
void settle(int milliseconds_quiet)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds_quiet)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
}

fs::path write_clip(const fs::path& file)
{
    media::WriteOptions options;
    options.target = file;
    options.width = 320;
    options.height = 192;
    options.frames = 33;
    auto writer = media::VideoWriter::open((*media::find_preset(media::k_take_preset))->encoder, options);
    if (!writer) std::exit(1);
    std::vector<float> rgb(std::size_t{320} * 192 * 3);
    for (int frame = 0; frame < 33; ++frame) {
        for (std::size_t value = 0; value < rgb.size(); ++value)
            rgb[value] = static_cast<float>((value / 3 % 320 + static_cast<std::size_t>(frame) * 5) % 320) / 320;
        if (!(*writer)->write(rgb)) std::exit(1);
    }
    if (!(*writer)->finish()) std::exit(1);
    return file;
}

/// A film on disk whose takes all have a clip: one file under many names.
fs::path make_film(const fs::path& folder, int shots, const fs::path& clip)
{
    auto made = core::create_project(folder, {.name = "Long film"});
    if (!made) std::exit(1);
    tests::fill(made->project, shots);
    for (const auto& shot : made->project.shots) {
        for (const auto& take : shot->takes) {
            const fs::path place = folder / take.clip;
            fs::create_directories(place.parent_path());
            fs::create_hard_link(clip, place);
        }
    }
    if (!made->store.save(made->project)) std::exit(1);
    return folder;
}

void bench_open(ui::StudioSession& session, ui::MainWindow& window, const fs::path& film, int shots)
{
    std::vector<double> opens;
    for (int round = 0; round < 7; ++round) {
        session.new_project(QStringLiteral("Between"));
        wait_until([&] { return session.project().name == "Between"; });
        opens.push_back(milliseconds([&] {
            session.open_project(film);
            wait_until([&] { return session.project().shots.size() == static_cast<std::size_t>(shots); });
            window.repaint();
        }));
    }
    tell(("open " + std::to_string(shots) + " shots, shown").c_str(), opens);
}

void bench_edits(ui::StudioSession& session)
{
    const auto measured = [&](const char* what, const std::function<core::Result<void>(core::Project&, int)>& edit) {
        std::vector<double> times;
        for (int round = 0; round < 100; ++round)
            times.push_back(milliseconds([&] {
                session.change(QString::fromLatin1(what), [&](core::Project& project) { return edit(project, round); });
                QApplication::sendPostedEvents();
                QApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
            }));
        tell(what, times);
    };
    const auto id = [](const core::Project& project, int round) {
        return project.shots[static_cast<std::size_t>(round) * 7 + 1]->id;
    };
    measured("trim, shown", [&](core::Project& project, int round) -> core::Result<void> {
        const auto done = core::trim_out(project, id(project, round), 20);
        return done ? core::Result<void>() : done.error();
    });
    measured("insert, shown", [&](core::Project& project, int round) {
        return core::insert_shot(project, static_cast<std::size_t>(round), core::make_shot("a new shot"));
    });
    measured("lift, shown",
             [&](core::Project& project, int round) { return core::lift_shots(project, {id(project, round)}); });
    std::vector<double> undone;
    for (int round = 0; round < 200; ++round)
        undone.push_back(milliseconds([&] {
            session.undo();
            QApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
        }));
    tell("undo, shown", undone);
}

void bench_paint(ui::StoryboardView& view)
{
    const QSize size = view.viewport()->size();
    const double ratio = view.devicePixelRatioF();
    QImage screen(size * ratio, QImage::Format_RGB32);
    screen.setDevicePixelRatio(ratio);
    std::vector<double> times;
    for (int round = 0; round < 60; ++round)
        times.push_back(milliseconds([&] { view.viewport()->render(&screen); }));
    const QString what =
        QStringLiteral("  painted %1 x %2 at %3 %").arg(screen.width()).arg(screen.height()).arg(ratio * 100);
    tell(qPrintable(what), times);
}

void bench_painting(ui::MainWindow& window)
{
    auto* board = window.storyboard();
    window.resize(QSize(3840, 2100) / window.devicePixelRatioF());  // QT_SCALE_FACTOR=2 for a dense screen
    settle(200);
    const std::pair<const char*, std::function<void()>> views[] = {
        {"timeline at a working zoom", [&] { board->view()->set_zoom(1.2); }},
        {"timeline, all in view", [&] { board->zoom_to_fit(); }},
        {"cards", [&] { board->set_mode(ui::StoryboardMode::cards); }}};
    for (const auto& [what, show] : views) {
        show();
        settle(4000);
        std::printf("%s\n", what);
        bench_paint(*board->view());
    }
    board->set_mode(ui::StoryboardMode::timeline);
    std::vector<double> zooms;
    for (int round = 0; round < 60; ++round)
        zooms.push_back(milliseconds([&] {
            board->view()->set_zoom(0.6 + 0.03 * round);
            board->view()->viewport()->repaint();
        }));
    tell("zoomed and painted", zooms);
}

}  // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        qputenv(name, home.path().toLocal8Bit());
    ui::MeteredApplication application(argc, argv);
    ui::apply_theme(ui::ThemeKind::dark);
    const fs::path root = home.path().toStdString();
    const fs::path clip = write_clip(root / "clip.mp4");
    const fs::path film = make_film(root / "film", 500, clip);
    const fs::path long_film = make_film(root / "long", 2000, clip);
    ui::Engine engine;
    engine.make_job_engine = []() -> core::Result<ui::JobEngine> {
        return core::make_error(core::ErrorKind::unsupported, "The bench generates nothing.");
    };
    engine.list_models = []() -> core::Result<std::vector<ui::ModelEntry>> { return std::vector<ui::ModelEntry>(); };
    ui::StudioSession session(engine, {root, root / "projects", {}});
    ui::MainWindow window(session);
    window.resize(1600, 1000);
    window.show();
    session.start();
    wait_until([&] { return session.keeper().store() != nullptr; });
    settle(300);
    std::printf("memory, an empty project: %.0f MB\n", megabytes());
    bench_open(session, window, film, 500);
    bench_open(session, window, long_film, 2000);
    settle(1000);
    bench_edits(session);
    const ui::StallFigures figures = application.stall_meter().figures();
    std::printf("event loop: %llu passes, p50 %.2f, p95 %.2f, worst %.1f ms\n",
                static_cast<unsigned long long>(figures.passes), figures.p50, figures.p95, figures.worst);
    bench_painting(window);
    std::printf("memory at the end: %.0f MB\n", megabytes());
    return 0;
}
