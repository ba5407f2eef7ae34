#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/run_program.h"
#include "tests/hub_server.h"
#include "tests/ui/studio_fixture.h"
#include "ui/preferences/preferences_sheet.h"
#include "ui/runtime/runtime_desk.h"
#include "ui/runtime/runtime_page.h"
#include "ui/runtime/runtime_row.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_commands.h"

using namespace kinora;
using kinora::tests::Studio;
namespace fs = std::filesystem;

namespace {

/// An environment variable for the length of a test.
class Variable {
public:
    Variable(const char* name, const QByteArray& value)
        : name_(name), before_(qgetenv(name)), was_(qEnvironmentVariableIsSet(name))
    {
        qputenv(name, value);
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    ~Variable()
    {
        if (was_)
            qputenv(name_, before_);
        else
            qunsetenv(name_);
    }

private:
    const char* name_;
    QByteArray before_;
    bool was_;
};

/// A machine with a card, as its driver's program tells, and a package index of its own.
struct Machine {
    Machine()
    {
        const fs::path tool = fs::path(folder.path().toStdString()) / "nvidia-smi";
        std::ofstream(tool) << "#!/bin/sh\necho 'NVIDIA GeForce RTX 4090, 580.95.05, 8.9, 24564'\n";
        fs::permissions(tool, fs::perms::owner_all);
    }
    QTemporaryDir folder;
    tests::HubServer server{"package_index.py"};
    Variable path{"PATH", folder.path().toLocal8Bit() + ":" + qgetenv("PATH")};
    Variable data{"XDG_DATA_HOME", folder.path().toLocal8Bit() + "/data"};
    Variable config{"XDG_CONFIG_HOME", folder.path().toLocal8Bit() + "/config"};
    Variable index{"PIP_INDEX_URL", QByteArray::fromStdString(server.endpoint()) + "/simple"};
    Variable pip{"PIP_CONFIG_FILE", "/dev/null"};
    Variable more{"PIP_EXTRA_INDEX_URL", ""};
    Variable links{"PIP_FIND_LINKS", ""};
    Variable proxy{"no_proxy", "127.0.0.1"};
};

}  // namespace

TEST_CASE("the preferences say which card and build there are, install it with a stop between, choose it and remove it",
          "[window]")
{
    const auto pip = core::run_program({"python3", "-m", "pip", "--version"});
    if (!pip || pip->exit_code != 0) {
        WARN("skipped: Python has no pip here");
        return;
    }
    const Machine machine;
    Studio studio;
    auto* sheet = studio.window->commands().preferences_sheet();
    sheet->open_at(ui::PreferencesSheet::Page::computing);
    auto* page = sheet->runtime_page();
    Studio::wait_for([&] { return page->desk().is_known(); }, "the machine's cards");
    CHECK(page->cards()->text() == QStringLiteral("NVIDIA GeForce RTX 4090 · 24 GB · driver 580.95.05"));
    CHECK(page->now()->text().contains(QStringLiteral("on the processor")));
    CHECK(page->advice()->text().contains(QStringLiteral("can run CUDA 13.0")));
    auto* row = page->row("cuda-13.0");
    REQUIRE(row);
    CHECK(row->status()->text() == QStringLiteral("Fits this computer."));
    CHECK_FALSE(row->remover()->isVisible());
    studio.screenshot(QStringLiteral("preferences-graphics-card"));

    studio.click(row->action());
    const auto& now = page->desk().progress();
    Studio::wait_for([&] { return now.part == "nvidia-cublas" && now.done > 0; }, "half of a part");
    CHECK(row->action()->text() == QStringLiteral("Stop"));
    CHECK(row->bar()->value() > 0);
    CHECK(row->status()->text().contains(QStringLiteral("nvidia-cublas")));
    studio.screenshot(QStringLiteral("preferences-graphics-card-fetching"));
    studio.click(row->action());
    Studio::wait_for([&] { return page->desk().installing().empty() && page->desk().state().begun.contains("cuda-13.0"); },
                     "the stop");
    CHECK(row->action()->text() == QStringLiteral("Go on"));
    CHECK(row->remover()->isVisible());
    CHECK(page->error()->text().isEmpty());

    studio.click(row->action());
    Studio::wait_for([&] { return page->desk().state().find("cuda-13.0") != nullptr; }, "the rest");
    CHECK(row->status()->text().contains(QStringLiteral("next start")));
    CHECK(core::used_runtime(core::RuntimePlaces::standard()));
    studio.screenshot(QStringLiteral("preferences-graphics-card-installed"));
    studio.click(row->action());
    Studio::wait_for([&] { return !page->desk().state().find("cuda-13.0")->used; }, "another choice");
    CHECK_FALSE(core::used_runtime(core::RuntimePlaces::standard()));
    studio.click(row->remover());
    Studio::wait_for([&] { return page->desk().state().installed.empty(); }, "the removal");
    CHECK(row->status()->text() == QStringLiteral("Fits this computer."));
}

TEST_CASE("an installation that can't work says why in the preferences, and why a card isn't used", "[window]")
{
    const Machine machine;
    const Variable nowhere{"PIP_INDEX_URL", "http://127.0.0.1:1/simple"};
    const Variable retries{"PIP_RETRIES", "0"};
    ui::tell_started_runtime({{}, QStringLiteral("The GPU runtime cuda-13.0 can't be loaded.")});
    Studio studio;
    auto* sheet = studio.window->commands().preferences_sheet();
    sheet->open_at(ui::PreferencesSheet::Page::computing);
    auto* page = sheet->runtime_page();
    Studio::wait_for([&] { return page->desk().is_known(); }, "the machine's cards");
    CHECK(page->now()->text() == QStringLiteral("The GPU runtime cuda-13.0 can't be loaded."));
    studio.click(page->row("cuda-13.0")->action());
    Studio::wait_for([&] { return page->desk().installing().empty() && page->error()->isVisible(); }, "an answer");
    CHECK(page->error()->text().contains(QStringLiteral("pip")));
    ui::tell_started_runtime({});
}

TEST_CASE("the diagnostics that are copied name version, libraries, system and the runtime", "[window]")
{
    const QString before = QApplication::applicationVersion();
    QApplication::setApplicationVersion(QStringLiteral("9.8.7 (commit 1a2b3c)\nlibtorch 2.13.0\nFFmpeg 5.1\nQt 6.4.2"));
    ui::tell_started_runtime({QStringLiteral("cuda-13.0"), {}});
    Studio studio;
    QApplication::clipboard()->clear();
    studio.window->actions()["help.diagnostics"]->trigger();
    Studio::wait_for([] { return !QApplication::clipboard()->text().isEmpty(); }, "the clipboard");
    const QString text = QApplication::clipboard()->text();
    for (const char* part : {"Kinora 9.8.7 (commit 1a2b3c)", "libtorch 2.13.0", "FFmpeg 5.1", "Qt 6.4.2",
                             "Window system: ", "GPU runtime: cuda-13.0", "Screen: "})
        CHECK(text.contains(QString::fromLatin1(part)));
    ui::tell_started_runtime({});
    QApplication::setApplicationVersion(before);
}
