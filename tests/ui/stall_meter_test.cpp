#include "ui/meter/stall_meter.h"

#include <QAction>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTimer>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>

#include "tests/ui/studio_fixture.h"
#include "ui/meter/metered_application.h"
#include "ui/meter/stall_log.h"
#include "ui/meter/stall_overlay.h"

#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif

using namespace kinora;
using namespace std::chrono_literals;
using ui::StallMeter;

namespace {

std::chrono::nanoseconds told_time{};

std::chrono::nanoseconds told_wall()
{
    return told_time;
}

// Half of the time is computed; what a test says of the rest.
std::chrono::nanoseconds told_queued{};
std::int64_t told_waits = 0;

ui::ThreadTimes told_used()
{
    return {told_time / 2, told_queued, told_waits};
}

/// A meter on a clock that the test turns.
struct Told {
    Told() : meter(make()) {}
    static StallMeter make()
    {
        told_time = 1s;
        told_queued = {};
        told_waits = 0;
        return StallMeter({&told_wall, &told_used});
    }
    static void pass(std::chrono::nanoseconds time) { told_time += time; }
    void enter(const QMetaObject& receiver, QEvent::Type type) { meter.enter(&receiver, nullptr, type); }
    StallMeter meter;
};

void compute_for(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.nsecsElapsed() < qint64{milliseconds} * 1'000'000) {
    }
}

StallMeter& running()
{
    auto* meter = ui::MeteredApplication::running_meter();
    REQUIRE(meter != nullptr);
    return *meter;
}

}  // namespace

TEST_CASE_METHOD(Told, "A pass of the loop counts all of its events, a wait between passes doesn't")
{
    for (int event = 0; event < 3; ++event) {
        enter(QWidget::staticMetaObject, QEvent::MouseMove);
        pass(6ms);
        meter.leave();
    }
    meter.idle();
    pass(5s);
    enter(QWidget::staticMetaObject, QEvent::MouseMove);
    pass(15ms);
    meter.leave();
    meter.idle();
    REQUIRE(meter.stalls().size() == 1);
    CHECK(meter.stalls()[0].duration == 18ms);
    CHECK(meter.stalls()[0].cpu == 9ms);
    CHECK(meter.stalls()[0].events == 3);
    CHECK(meter.figures().passes == 2);
    CHECK(meter.figures().worst == Approx(18));
    CHECK(meter.take_worst() == 18ms);
    CHECK(meter.take_worst() == 0ms);
}

TEST_CASE_METHOD(Told, "A stall names the event that took long, and the one inside that explains it")
{
    enter(QTimer::staticMetaObject, QEvent::Timer);
    pass(2ms);
    meter.leave();
    enter(QMainWindow::staticMetaObject, QEvent::UpdateRequest);
    pass(3ms);
    enter(QWidget::staticMetaObject, QEvent::Paint);
    pass(30ms);
    meter.leave();
    enter(QLabel::staticMetaObject, QEvent::Paint);
    pass(1ms);
    meter.leave();
    meter.leave();
    meter.idle();
    REQUIRE(meter.stalls().size() == 1);
    CHECK(meter.stalls()[0].what == "UpdateRequest QMainWindow > Paint QWidget");
    CHECK(meter.stalls()[0].what_took == 30ms);
}

TEST_CASE_METHOD(Told, "A loop inside an event counts by its own passes")
{
    enter(QMenu::staticMetaObject, QEvent::MouseButtonPress);
    pass(4ms);
    meter.idle();  // the menu waits
    pass(10s);
    enter(QWidget::staticMetaObject, QEvent::MouseMove);
    pass(20ms);
    meter.leave();
    meter.awake();
    pass(3ms);  // the event that opened the menu goes on
    meter.leave();
    meter.idle();
    REQUIRE(meter.stalls().size() == 1);
    CHECK(meter.stalls()[0].duration == 20ms);
    CHECK(meter.stalls()[0].what == "MouseMove QWidget");
    CHECK(meter.figures().worst == Approx(20));
}

TEST_CASE_METHOD(Told, "What others had the processors for is told apart from what the window computed and waited for")
{
    const auto pass_of = [this](std::chrono::nanoseconds time, std::chrono::nanoseconds queued, int waits) {
        enter(QWidget::staticMetaObject, QEvent::Timer);
        pass(time);
        told_queued += queued;
        told_waits += waits;
        meter.leave();
        meter.idle();
    };
    pass_of(40ms, 15ms, 2);
    pass_of(30ms, 15ms, 0);
    pass_of(24ms, 5ms, 0);  // taken away without a word, as happens to virtual machines
    pass_of(60ms, 0ms, 1);
    REQUIRE(meter.stalls().size() == 4);
    CHECK(meter.stalls()[0].cpu == 20ms);
    CHECK(meter.stalls()[0].queued == 15ms);
    CHECK(meter.stalls()[0].waited == 5ms);
    CHECK(meter.stalls()[1].queued == 15ms);
    CHECK(meter.stalls()[1].waited == 0ms);
    CHECK(meter.stalls()[2].queued == 12ms);
    CHECK(meter.stalls()[3].waited == 30ms);
    const ui::StallFigures figures = meter.figures();
    CHECK(figures.stalls == 4);
    CHECK(figures.own_stalls == 2);  // 25 and 60 ms
    CHECK(figures.worst == Approx(60));
    CHECK(figures.own_worst == Approx(60));
    CHECK(figures.own_p99 <= figures.p99);
}

TEST_CASE("A thread that waits for another one says that it waited, and one that is kept from a processor that it was kept")
{
    const auto meter_of = [](const std::function<void()>& work) {
        StallMeter meter;
        meter.enter(&QWidget::staticMetaObject, nullptr, QEvent::Timer);
        work();
        meter.leave();
        meter.idle();
        REQUIRE(meter.stalls().size() == 1);
        return meter.stalls()[0];
    };
    const ui::Stall waiting = meter_of([] {
        std::mutex mutex;
        std::condition_variable never;
        std::unique_lock lock(mutex);
        never.wait_for(lock, 40ms);
    });
    CHECK(waiting.waited + waiting.queued > 30ms);
    CHECK(waiting.waited > waiting.queued);
    CHECK(waiting.cpu < 16ms);
    const ui::Stall computing = meter_of([] { compute_for(40); });
    CHECK(computing.cpu + computing.queued > 39ms);
    CHECK(computing.waited < 16ms);
}

TEST_CASE_METHOD(Told, "Percentiles are those of the passes")
{
    for (int milliseconds = 1; milliseconds <= 100; ++milliseconds) {
        enter(QWidget::staticMetaObject, QEvent::Timer);
        pass(std::chrono::milliseconds(milliseconds));
        meter.leave();
        meter.idle();
    }
    const ui::StallFigures figures = meter.figures();
    CHECK(figures.p50 == Approx(51).margin(0.1));
    CHECK(figures.p95 == Approx(96).margin(0.1));
    CHECK(figures.worst == Approx(100));
    CHECK(figures.stalls == 84);
    CHECK(meter.stalls().size() == StallMeter::k_stalls_kept);
    meter.reset();
    CHECK(meter.figures().passes == 0);
}

TEST_CASE("A planted block of 50 ms is reported in the log, with what ran")
{
    const QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "stalls.log";
    QApplication::processEvents();
    running().reset();
    {
        auto log = ui::StallLog::open(file, running());
        REQUIRE(log);
        QObject victim;
        bool done = false;
        QTimer::singleShot(5, &victim, [&] {
            compute_for(50);
            done = true;
        });
        tests::Studio::wait_for([&] { return done; }, "the planted block");
        QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
    }
    const auto report = ui::read_stall_log(file);
    REQUIRE(report);
    REQUIRE(report->stalls.size() == 1);
    const ui::LoggedStall& stall = report->stalls[0];
    CHECK(stall.milliseconds >= 50);
    CHECK(stall.computed > 0);  // less than the block where others have the core
    CHECK(stall.computed <= stall.milliseconds + 0.1);
    CHECK(stall.computed + stall.queued + stall.waited == Approx(stall.milliseconds).margin(1));
    CHECK(stall.blamed >= 50);
    CHECK(stall.what.find("QSingleShotTimer") != std::string::npos);
    CHECK(stall.time.find('T') != std::string::npos);
    CHECK(report->figures.stalls == 1);
    CHECK(report->figures.worst >= 50);
    CHECK(report->figures.own_worst <= report->figures.worst);
}

#ifdef __linux__
TEST_CASE("The threads that paint for the window get a processor as fast as it does")
{
    const auto turn = [] {
        std::array<std::uint64_t, 6> schedule{};  // struct sched_attr; the length of a turn is its fourth word
        return syscall(SYS_sched_getattr, 0, schedule.data(), sizeof(schedule), 0) == 0 ? schedule[3] : 0;
    };
    auto* pool = QThreadPool::globalInstance();
    const int painters = pool->maxThreadCount();
    CHECK(painters == 2);
    QSemaphore asked;
    QSemaphore go_on;
    std::array<std::uint64_t, 2> turns{};
    for (auto& found : turns)
        pool->start([&, &found = found] {
            found = turn();
            asked.release();
            go_on.acquire();
        });
    asked.acquire(painters);
    go_on.release(painters);
    REQUIRE(pool->waitForDone(5000));
    CHECK(turns[0] == turn());
    CHECK(turns[1] == turn());
}
#endif

TEST_CASE("An idle second has no stall")
{
    QApplication::processEvents();
    running().reset();
    QTest::qWait(1000);
    // Other programs may hold the core for longer; this thread itself computes nothing worth telling.
    for (const auto& stall : running().stalls())
        CHECK(stall.cpu < std::chrono::milliseconds(16));
}

TEST_CASE("A stall log that can't be written, read or isn't one says so")
{
    CHECK_FALSE(ui::StallLog::open("/proc/no/such.log", running()));
    CHECK_FALSE(ui::read_stall_log("/proc/no/such.log"));
    const QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "other.log";
    for (const char* text : {"hello\n", "a\tb\t1\t1\t1\t1\t1\tc\n", "# figures\t1\t2\n"}) {
        std::ofstream(file) << text;
        const auto report = ui::read_stall_log(file);
        REQUIRE_FALSE(report);
        CHECK(report.error().message.find("other.log") != std::string::npos);
    }
}

TEST_CASE("The stall meter is shown over the window and lets the mouse through", "[window]")
{
    tests::Studio studio;
    auto* action = studio.window->findChild<QAction*>(QStringLiteral("view.stall_meter"));
    REQUIRE(action != nullptr);
    auto* overlay = studio.window->findChild<ui::StallOverlay*>();
    REQUIRE(overlay != nullptr);
    CHECK_FALSE(overlay->isVisible());
    action->trigger();
    CHECK(overlay->isVisible());
    CHECK(overlay->testAttribute(Qt::WA_TransparentForMouseEvents));
    running().reset();
    QTimer::singleShot(0, studio.window.get(), [] { compute_for(40); });
    studio.wait_for([&] { return overlay->lines().size() == 4; }, "the last stall");
    CHECK(overlay->lines()[1].contains(QLatin1String("16 ms")));
    CHECK(studio.window->rect().contains(overlay->geometry()));
    QTest::qWait(1100);
    studio.screenshot(QStringLiteral("stall-meter"));
    action->trigger();
    CHECK_FALSE(overlay->isVisible());
}
