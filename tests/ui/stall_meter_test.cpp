#include "ui/meter/stall_meter.h"

#include <QAction>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <memory>

#include "tests/ui/studio_fixture.h"
#include "ui/meter/metered_application.h"
#include "ui/meter/stall_log.h"
#include "ui/meter/stall_overlay.h"

using namespace kinora;
using namespace std::chrono_literals;
using ui::StallMeter;

namespace {

std::chrono::nanoseconds told_time{};

std::chrono::nanoseconds told_wall()
{
    return told_time;
}

std::chrono::nanoseconds told_cpu()
{
    return told_time / 2;
}

/// A meter on a clock that the test turns.
struct Told {
    Told() : meter(make()) {}
    static StallMeter make()
    {
        told_time = 1s;
        return StallMeter({&told_wall, &told_cpu});
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
    CHECK(stall.blamed >= 50);
    CHECK(stall.what.find("QSingleShotTimer") != std::string::npos);
    CHECK(stall.time.find('T') != std::string::npos);
    CHECK(report->figures.stalls == 1);
    CHECK(report->figures.worst >= 50);
}

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
    for (const char* text : {"hello\n", "a\tb\t1\t1\t1\tc\n", "# figures\t1\t2\n"}) {
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
    studio.wait_for([&] { return overlay->lines().size() == 3; }, "the last stall");
    CHECK(overlay->lines()[1].contains(QLatin1String("16 ms")));
    CHECK(studio.window->rect().contains(overlay->geometry()));
    QTest::qWait(1100);
    studio.screenshot(QStringLiteral("stall-meter"));
    action->trigger();
    CHECK_FALSE(overlay->isVisible());
}
