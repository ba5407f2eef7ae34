// What must hold when a whole plan goes wrong: several files, a storyboard, everything for an editing suite.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "core/export/take_source.h"
#include "core/media/probe.h"
#include "core/project/project_store.h"
#include "tests/media/film_fixture.h"
#include "tests/small_disk.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

ExportPlan plan_of(const Film& film, ExportWhat what)
{
    ExportPlan plan;
    plan.what = what;
    if (what == ExportWhat::shots)
        for (const auto& shot : film.project.shots)
            plan.shots.push_back(shot->id);
    plan.delivery.preset = "prores-422-proxy";
    return plan;
}

ExportPlace into(const fs::path& folder)
{
    ExportPlace place;
    place.folder = folder;
    return place;
}

std::set<std::string> names_in(const fs::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        names.insert(fs::relative(entry.path(), folder).string());
    return names;
}

}  // namespace

TEST_CASE("A plan that is cancelled at any point leaves whole files only, and of a storyboard or a suite's media nothing")
{
    Film film;
    const core::Project before = film.project;
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
        const TemporaryFolder out;
        const int last = static_cast<int>(random() % 30);
        std::stop_source stop;
        if (last == 0) stop.request_stop();
        int told = 0;
        const auto progress = [&](int, int) {
            if (++told == last) stop.request_stop();
        };
        core::ErrorKind kind = core::ErrorKind::cancelled;
        std::size_t allowed = 0;
        if (round % 3 == 2) {
            InterchangeExport job = film.all();
            job.file = out / "Film";
            const auto done = export_interchange(film.project, job, film.services, progress, stop.get_token());
            REQUIRE_FALSE(done);
            kind = done.error().kind;
        } else {
            const ExportPlan plan = plan_of(film, round % 3 == 0 ? ExportWhat::shots : ExportWhat::storyboard);
            const auto done =
                run_export_plan(film.project, plan, into(out.path()), film.services, progress, stop.get_token());
            // A stop after the last frame may come too late.
            if (done) continue;
            kind = done.error().kind;
            allowed = round % 3 == 0 ? 1 : 0;
        }
        INFO(round << " after " << last);
        CHECK(kind == core::ErrorKind::cancelled);
        CHECK(out.names().size() <= allowed);
        for (const std::string& name : out.names())
            CHECK(problem_of(probe(out / name)) == "");
    }
    CHECK(film.project == before);
}

TEST_CASE("A disk that fills up in a plan is said to be full, and nothing half is left on it")
{
    const Film film;
    const TemporaryFolder folder;
    for (const char* size : {"8k", "64k", "160k", "260k"}) {
        const SmallDisk disk(folder / size, size);
        if (!disk.mounted()) {
            WARN("SKIPPED: a small disk can only be mounted by root");
            return;
        }
        INFO(size);
        const fs::path out = folder / size;
        for (const ExportWhat what : {ExportWhat::shots, ExportWhat::storyboard}) {
            const auto done = run_export_plan(film.project, plan_of(film, what), into(out), film.services);
            if (!done) CHECK(done.error().kind == core::ErrorKind::disk_full);
            for (const std::string& name : names_in(out)) {
                CHECK(problem_of(probe(out / name)) == "");
                fs::remove(out / name);
            }
        }
        InterchangeExport job = film.all();
        job.file = out / "Film";
        const auto suites = export_interchange(film.project, job, film.services);
        REQUIRE_FALSE(suites);
        CHECK(suites.error().kind == core::ErrorKind::disk_full);
        CHECK(names_in(out).empty());
    }
}

TEST_CASE("Whatever a project and its prompts are called, every file lies in the chosen folder")
{
    Film film;
    std::string longest;
    for (int i = 0; i < 100; ++i)
        longest += "影";
    for (const std::string& name : {std::string("../../evil"), std::string("/etc/passwd"), std::string("a/b\\c"),
                                    std::string(".hidden"), std::string("%03d %s"), std::string("two\nlines\r"),
                                    std::string("-rf"), longest, std::string("\xff\xfe broken")}) {
        INFO(name);
        const TemporaryFolder outer;
        const fs::path out = outer / "out";
        fs::create_directory(out);
        film.project.name = name;
        for (auto& shot : film.project.shots)
            shot.update([&](core::Shot& changed) { changed.prompt = name; });
        ExportPlan plan = plan_of(film, ExportWhat::shots);
        plan.pattern = name + "{project}_{shot:03}";
        const auto shots = run_export_plan(film.project, plan, into(out), film.services);
        CHECK(problem_of(shots) == "");
        const auto whole = run_export_plan(film.project, plan_of(film, ExportWhat::storyboard), into(out), film.services);
        CHECK(problem_of(whole) == "");
        InterchangeExport job = film.all();
        job.file = out / safe_name(film.project.name);
        job.preset = "prores-422-proxy";
        const auto suites = export_interchange(film.project, job, film.services);
        CHECK(problem_of(suites) == "");
        CHECK(outer.names() == std::vector<std::string>{"out"});
        CHECK(names_in(out).size() >= 3 + 5 + 4);
    }
}

TEST_CASE("A take whose clip leads out of the project is refused, and one that vanishes is named")
{
    const TemporaryFolder folder;
    auto opened = core::create_project(folder / "film", {"Film", core::FrameRate(24), 128, 64});
    REQUIRE(problem_of(opened) == "");
    write_bytes(folder / "secret.mp4", "secret");
    Film film;
    film.services.source = [&](const core::Shot& shot,
                               const core::Take& take) -> core::Result<std::shared_ptr<FrameSource>> {
        auto source = TakeSource::of(opened->store, take, {}, shot.range.end);
        if (!source) return source.error();
        return std::shared_ptr<FrameSource>(std::move(*source));
    };
    for (const char* clip : {"../secret.mp4", "takes/../../secret.mp4", "takes/gone/clip.mp4"}) {
        INFO(clip);
        const TemporaryFolder out;
        film.project.shots[0].update([&](core::Shot& shot) { shot.takes[0].clip = clip; });
        ExportPlan plan = plan_of(film, ExportWhat::shots);
        plan.shots.resize(1);
        const auto done = run_export_plan(film.project, plan, into(out.path()), film.services);
        REQUIRE_FALSE(done);
        CHECK(done.error().message.find("secret content") == std::string::npos);
        CHECK(done.error().message.find(".mp4") != std::string::npos);
        CHECK(out.names().empty());
    }
}
