#include "tests/ui/load_run.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTimer>
#include <QWindow>
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

#include "tests/ui/storyboard_film.h"
#include "ui/meter/metered_application.h"
#include "ui/session/media_importer.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"

namespace kinora::tests {

namespace {

constexpr int k_scrub_every = 8;      // milliseconds: a mouse that tells its place 125 times a second
constexpr int k_edit_every = 120;     // a note typed on a marker, a shot renamed
constexpr int k_import_every = 900;   // a file dropped
constexpr int k_save_every = 400;     // what is unsaved is written now
constexpr double k_longest = 90;      // seconds
constexpr int k_generate_every = 50;  // looked after whether the queue still has work

/// Everything at once; each hand has a timer of its own.
class Hands {
public:
    Hands(Studio& studio, LoadFigures& figures) : studio_(studio), figures_(figures)
    {
        const std::filesystem::path folder = studio_.folder.path().toStdString();
        write_tone(folder / "long.wav", 60);
        sound_ = QString::fromStdString((folder / "long.wav").string());
        every(k_scrub_every, [this] { scrub(); });
        every(k_edit_every, [this] { edit(); });
        every(k_import_every, [this] { import(); });
        every(k_save_every, [this] { studio_.session->keeper().save_now(); });
        every(k_generate_every, [this] { generate(); });
        auto* keeper = &studio_.session->keeper();
        QObject::connect(keeper, &ui::ProjectKeeper::state_changed, &owner_, [this, keeper] {
            figures_.saved += keeper->state() == ui::SaveState::saved || keeper->state() == ui::SaveState::unsaved ? 1 : 0;
        });
        QObject::connect(studio_.session.get(), &ui::StudioSession::take_added, &owner_, [this] { ++figures_.generated; });
        QObject::connect(studio_.session.get(), &ui::StudioSession::inserted, &owner_, [this] { ++figures_.imported; });
    }

    void stop()
    {
        mouse(QEvent::MouseButtonRelease, last_);
        for (auto& timer : timers_)
            timer->stop();
    }

private:
    void every(int milliseconds, const std::function<void()>& work)
    {
        timers_.push_back(std::make_unique<QTimer>());
        timers_.back()->setTimerType(Qt::PreciseTimer);
        QObject::connect(timers_.back().get(), &QTimer::timeout, &owner_, work);
        timers_.back()->start(milliseconds);
    }

    void mouse(QEvent::Type type, const QPoint& at)
    {
        const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, studio_.window->mapToGlobal(at), button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(studio_.window->windowHandle(), &event);
    }

    /// The playhead is dragged to and fro along the ruler.
    void scrub()
    {
        auto* port = studio_.window->storyboard()->view()->viewport();
        const double part = 0.5 + 0.42 * std::sin(figures_.scrubbed * 0.013);
        last_ = port->mapTo(studio_.window.get(), QPoint(static_cast<int>(part * port->width()), 10));
        if (figures_.scrubbed++ == 0) mouse(QEvent::MouseButtonPress, last_);
        mouse(QEvent::MouseMove, last_);
    }

    void edit()
    {
        studio_.session->change(QStringLiteral("Rename"), [this](core::Project& project) -> core::Result<void> {
            const auto shot = static_cast<std::size_t>(edits_++) % project.shots.size();
            project.shots[shot].update([this](core::Shot& changed) { changed.name = "Name " + std::to_string(edits_); });
            return {};
        });
    }

    void import()
    {
        const auto& project = studio_.session->project();
        studio_.session->import_files({sound_}, project.shots.size(), 100 * ++imports_, 0);
    }

    void generate()
    {
        if (studio_.session->desk().unfinished() < 2) studio_.session->generate();
    }

    Studio& studio_;
    LoadFigures& figures_;
    QObject owner_;
    std::vector<std::unique_ptr<QTimer>> timers_;
    QString sound_;
    QPoint last_;
    int edits_ = 0;
    int imports_ = 0;
};

}  // namespace

double LoadFigures::worst_computed() const
{
    double worst = 0;
    for (const auto& stall : log.stalls)
        worst = std::max(worst, stall.computed);
    return worst;
}

int LoadFigures::computed_stalls() const
{
    return static_cast<int>(std::count_if(log.stalls.begin(), log.stalls.end(),
                                          [](const ui::LoggedStall& stall) { return stall.computed > 16; }));
}

LoadFigures run_load(Studio& studio, double seconds, const std::filesystem::path& log)
{
    LoadFigures figures;
    auto* meter = ui::MeteredApplication::running_meter();
    REQUIRE(meter != nullptr);
    Hands hands(studio, figures);
    QApplication::processEvents();
    meter->reset();
    {
        auto listening = ui::StallLog::open(log, *meter);
        REQUIRE(listening);
        // As long as it takes on a busy machine until something of everything has happened.
        QEventLoop loop;
        QElapsedTimer time;
        time.start();
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, &loop, [&] {
            const bool enough = figures.generated > 0 && figures.imported > 0 && figures.scrubbed > 100 && figures.saved > 1;
            if (time.elapsed() > (enough ? seconds : k_longest) * 1000) loop.quit();
        });
        look.start(100);
        loop.exec();
        hands.stop();
    }
    auto report = ui::read_stall_log(log);
    REQUIRE(report);
    figures.log = *report;
    return figures;
}

std::string told(const LoadFigures& figures)
{
    const ui::StallFigures& loop = figures.log.figures;
    std::array<char, 600> head{};
    std::snprintf(
        head.data(), head.size(),
        "%d takes, %d imports, %d places scrubbed, %d saves: %llu passes of the event loop, p50 %.2f, p95 %.2f, "
        "p99 %.2f, worst %.1f ms; %llu over 16 ms, %d of them computed (worst %.1f ms); without the time others had "
        "the processors p99 %.2f, worst %.1f ms, %llu over 16 ms\n",
        figures.generated, figures.imported, figures.scrubbed, figures.saved, static_cast<unsigned long long>(loop.passes),
        loop.p50, loop.p95, loop.p99, loop.worst, static_cast<unsigned long long>(loop.stalls), figures.computed_stalls(),
        figures.worst_computed(), loop.own_p99, loop.own_worst, static_cast<unsigned long long>(loop.own_stalls));
    std::string text = head.data();
    for (const auto& stall : figures.log.stalls) {
        std::array<char, 300> line{};
        std::snprintf(line.data(), line.size(),
                      "  %6.1f ms (%5.1f computed, %5.1f without a processor, %5.1f waited, %d events) %s\n",
                      stall.milliseconds, stall.computed, stall.queued, stall.waited, stall.events, stall.what.c_str());
        text += line.data();
    }
    return text;
}

LoadFigures checked_load(Studio& studio)
{
    const QTemporaryDir folder;
    const auto log = std::filesystem::path(folder.path().toStdString()) / "stalls.log";
    const double seconds = qEnvironmentVariable("KINORA_LOAD_SECONDS", QStringLiteral("8")).toDouble();
    LoadFigures figures = run_load(studio, seconds, log);
    std::printf("%s", told(figures).c_str());
    CHECK(figures.generated > 0);
    CHECK(figures.imported > 0);
    CHECK(figures.scrubbed > 100);
    CHECK(figures.saved > 1);
    return figures;
}

}  // namespace kinora::tests
