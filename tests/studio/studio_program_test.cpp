#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScreen>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>
#include <functional>

#include "core/base/paths.h"
#include "core/project/project_store.h"
#include "tests/paths.h"
#include "tests/studio/without_network.h"

// The studio as people start it: the program itself, in a process and a home of its own, driven from outside by key events
// of the window system (xdotool). It lives in an empty network namespace, and would not survive asking for a socket.

using namespace kinora;

namespace {

/// The program, started; ends with the object.
struct Program {
    explicit Program(const QStringList& arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
            environment.insert(QString::fromLatin1(name), home.path());
        // What a desktop would have running in a session, and this has not.
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        process.setProcessEnvironment(environment);
        process.setChildProcessModifier([] {
            tests::leave_the_network();
            tests::die_of_sockets();
        });
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QString::fromStdString((tests::binary_dir() / "app" / "kinora").string()), arguments);
        REQUIRE(process.waitForStarted());
    }
    ~Program()
    {
        process.kill();
        process.waitForFinished(10'000);
    }

    /// Handles events until `done`, as long as the program lives.
    void wait_for(const std::function<bool()>& done, const char* what)
    {
        QElapsedTimer timer;
        timer.start();
        while (!done() && timer.elapsed() < 200'000 && process.state() == QProcess::Running)
            QTest::qWait(50);
        INFO(what);
        INFO(process.readAll().toStdString());
        REQUIRE(done());
    }

    /// What xdotool answers to a command.
    static QString tool(const QStringList& arguments)
    {
        QProcess run;
        run.start(QStringLiteral("xdotool"), arguments);
        REQUIRE(run.waitForFinished(60'000));
        return QString::fromUtf8(run.readAllStandardOutput()).trimmed();
    }
    /// Waits for the window and gives it the keys; a bare virtual screen has nobody else to do it.
    void take_keys()
    {
        QString window;
        wait_for(
            [&] {
                window = tool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"),
                               QStringLiteral("– Kinora$")});
                return !window.isEmpty();
            },
            "the window");
        tool({QStringLiteral("windowfocus"), QStringLiteral("--sync"), window.section(QLatin1Char('\n'), 0, 0)});
        QTest::qWait(300);
    }
    static void key(const char* keys) { tool({QStringLiteral("key"), QString::fromLatin1(keys)}); }
    static void write(const char* text)
    {
        tool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("15"), QString::fromUtf8(text)});
    }

    [[nodiscard]] std::filesystem::path folder() const { return home.path().toStdString(); }
    /// The project as it is on the disk.
    [[nodiscard]] std::optional<core::Project> project() const
    {
        const auto opened = core::open_project(folder() / "kinora" / "projects" / "First light");
        return opened ? std::optional(opened->project) : std::nullopt;
    }
    [[nodiscard]] QByteArray net(const char* file) const
    {
        QFile table(QStringLiteral("/proc/%1/net/%2").arg(process.processId()).arg(QString::fromLatin1(file)));
        return table.open(QIODevice::ReadOnly) ? table.readAll() : QByteArray();
    }

    QTemporaryDir home;
    QProcess process;
};

bool can_be_driven()
{
    if (QApplication::platformName() != QStringLiteral("xcb")) return false;
    return !QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty();
}

}  // namespace

TEST_CASE("the program makes a clip and exports it in an empty network namespace, and never asks for a socket",
          "[program][.]")
{
    if (!can_be_driven()) {
        WARN("Needs xdotool and a virtual screen: not looked at.");
        return;
    }
    Program studio({QStringLiteral("--language"), QStringLiteral("de")});
    studio.take_keys();
    studio.wait_for([&] { return studio.project().has_value(); }, "the sample project");
    const std::size_t takes = studio.project()->shots.front()->takes.size();
    Program::key("ctrl+a");
    Program::write("a white boat on the sea at noon");
    Program::key("ctrl+Return");
    studio.wait_for([&] { return studio.project()->shots.front()->takes.size() == takes + 1; }, "the take");
    // German: its name finds the action, and what it copies comes over the window system's clipboard.
    Program::key("ctrl+shift+p");
    Program::write("Diagnose kopieren");
    QTest::qWait(300);
    const QString pictures = QString::fromStdString((tests::binary_dir() / "screenshots").string());
    QDir().mkpath(pictures);
    REQUIRE(QApplication::primaryScreen()->grabWindow(0).save(pictures + QStringLiteral("/program-german.png")));
    Program::key("Return");
    studio.wait_for([] { return QApplication::clipboard()->text().startsWith(QStringLiteral("Kinora ")); },
                    "the diagnostics");
    Program::key("ctrl+e");
    const QDir exports(
        QString::fromStdString((studio.folder() / "kinora" / "projects" / "First light" / "exports").string()));
    studio.wait_for([&] { return !exports.entryList({QStringLiteral("*.mov")}, QDir::Files).isEmpty(); }, "the master");
    // The namespace is the program's own and nothing speaks in it: each table is its heading alone.
    for (const char* table : {"tcp", "tcp6", "udp", "udp6", "raw", "raw6"}) {
        INFO(table);
        CHECK(studio.net(table).count('\n') <= 1);
    }
    const QByteArray devices = studio.net("dev");
    if (devices.count(':') == 1)
        CHECK(devices.contains("lo:"));
    else
        WARN("The system allows no network namespace; only sockets were watched.");
    Program::key("ctrl+q");
    studio.wait_for([&] { return studio.process.state() == QProcess::NotRunning || studio.process.waitForFinished(50); },
                    "the end");
    CHECK(studio.process.exitStatus() == QProcess::NormalExit);
    CHECK(studio.process.exitCode() == 0);
}

TEST_CASE("a program that asks for a socket would not live", "[program][.]")
{
    // The watch itself: bash opens a connection to itself and is ended for it.
    QProcess shell;
    shell.setChildProcessModifier([] { tests::die_of_sockets(); });
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("exec 3<>/dev/tcp/127.0.0.1/9; echo alive")});
    REQUIRE(shell.waitForFinished(10'000));
    CHECK(shell.exitStatus() == QProcess::CrashExit);
    CHECK_FALSE(shell.readAllStandardOutput().contains("alive"));
}
