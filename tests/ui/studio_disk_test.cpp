#include <sys/mount.h>

#include <QTemporaryDir>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "core/base/file.h"
#include "core/project/project_store.h"
#include "tests/small_disk.h"
#include "tests/ui/studio_fixture.h"
#include "ui/project/project_strip.h"
#include "ui/widgets/message_bar.h"

// A disk without room and a folder that can't be written, as the artist meets them: a sentence, and nothing is lost.

using namespace kinora;
using kinora::tests::SmallDisk;
using kinora::tests::Studio;

namespace {

namespace fs = std::filesystem;

struct DiskStudio {
    DiskStudio() : disk(fs::path(scratch.path().toStdString()) / "disk", "3m") {}

    /// False without root.
    [[nodiscard]] bool make_project() const
    {
        if (!disk.mounted()) {
            WARN("SKIPPED: a small disk can only be mounted by root");
            return false;
        }
        auto made = core::create_project(folder(), {.name = "Film"});
        REQUIRE(made);
        made->project.shots.emplace_back(core::make_shot("a boat"));
        REQUIRE(made->store.save(made->project));
        return true;
    }
    [[nodiscard]] fs::path root() const { return fs::path(scratch.path().toStdString()) / "disk"; }
    [[nodiscard]] fs::path folder() const { return root() / "film"; }
    void open(Studio& studio) const
    {
        studio.session->open_project(folder());
        Studio::wait_for([&] { return studio.session->folder() == folder(); }, "the project on the small disk");
        QApplication::processEvents();
    }
    void fill() const
    {
        std::ofstream filler(root() / "filler", std::ios::binary);
        while (filler)
            filler << std::string(4096, 'f') << std::flush;
    }

    QTemporaryDir scratch;
    SmallDisk disk;
};

}  // namespace

TEST_CASE_METHOD(DiskStudio, "On a full disk the studio says what isn't saved, loses nothing and saves when there is room",
                 "[window]")
{
    if (!make_project()) return;
    const QString text = QString(20'000, QLatin1Char('x'));
    {
        Studio studio;
        open(studio);
        auto& session = *studio.session;
        const std::string before = core::read_file(folder() / "project.json").value();
        fill();
        session.set_prompt(text);
        session.keeper().save_now();
        Studio::wait_for([&] { return session.keeper().state() == ui::SaveState::failed; }, "the save that fails");
        CHECK_FALSE(session.keeper().reason().isEmpty());
        CHECK(studio.window->message_bar()->isVisible());
        CHECK(studio.window->message_bar()->notice().tone == ui::Tone::bad);
        CHECK(studio.window->message_bar()->notice().text == session.keeper().reason());
        CHECK(core::read_file(folder() / "project.json").value() == before);

        session.set_prompt(QStringLiteral("a boat at dusk"));
        session.generate();
        const auto& jobs = session.desk().jobs();
        Studio::wait_for([&] { return !jobs.empty() && jobs.front().state == core::JobState::failed; },
                         "the take that finds no room");
        const core::Job job = jobs.front();
        CHECK_FALSE(job.error.empty());
        CHECK(session.shot()->takes.empty());

        fs::remove(root() / "filler");
        session.set_prompt(text);
        session.desk().retry(job.id);
        studio.wait_for_takes(1);
        Studio::wait_for([&] { return session.keeper().state() == ui::SaveState::saved; }, "the save that works again");
    }
    const auto opened = core::open_project(folder());
    REQUIRE(opened);
    REQUIRE(opened->project.shots.size() == 1);
    CHECK(opened->project.shots[0]->prompt == text.toStdString());
    REQUIRE(opened->project.shots[0]->takes.size() == 1);
    CHECK(fs::exists(folder() / opened->project.shots[0]->takes[0].clip));
}

TEST_CASE_METHOD(DiskStudio, "A project in a place that can't be written opens, says so and stays as it is", "[window]")
{
    if (!make_project()) return;
    const std::string before = core::read_file(folder() / "project.json").value();
    REQUIRE(mount("tmpfs", root().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0);
    {
        Studio studio;
        open(studio);
        auto& session = *studio.session;
        CHECK(session.keeper().state() == ui::SaveState::read_only);
        CHECK(studio.window->project_strip()->isVisible());
        CHECK(studio.window->project_strip()->text() == session.keeper().reason());
        CHECK_FALSE(session.keeper().reason().isEmpty());
        session.set_prompt(QStringLiteral("another"));
        session.generate();
        studio.wait_until_idle();
        session.import_files({QStringLiteral("/nowhere/at.all")}, 0, 0, 0);
        QTest::qWait(50);
    }
    CHECK(core::read_file(folder() / "project.json").value() == before);
    CHECK_FALSE(fs::exists(folder() / ".open"));
}
