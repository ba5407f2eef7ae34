#include "ui/session/job_desk.h"

#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>
#include <set>

#include "core/project/project_files.h"
#include "tests/ui/test_engine.h"

using namespace kinora;
using namespace kinora::ui;

TEST_CASE("with two cards two clips are made side by side, each on its own, and both become takes")
{
    const QTemporaryDir scratch;
    auto opened = core::create_project(std::filesystem::path(scratch.path().toStdString()) / "Film",
                                       {"Film", core::FrameRate(12), 320, 192});
    REQUIRE(opened);
    const auto generator = std::make_shared<tests::DrawnGenerator>(tests::DrawnGenerator::Look::numbered);
    Engine engine = tests::drawn_engine(generator);
    engine.devices = {"cuda:0", "cuda:1"};
    JobDesk desk(engine, {});
    desk.set_shelf(std::make_shared<ProjectShelf>());
    const auto store = std::make_shared<core::ProjectStore>(std::move(opened->store));
    desk.set_store(store);
    std::set<std::string> takes;
    QObject::connect(&desk, &JobDesk::take_made, &desk,
                     [&](const QString&, const QString&, const MadeTake& made) { takes.insert(made.take.id); });

    generator->hold_at(1);
    core::Shot shot = core::make_shot("a red balloon");
    core::GenerationRequest request;
    request.prompt_text = "a red balloon";
    request.prompt = {{.text = "a red balloon"}};
    for (const char* title : {"first", "second", "third"})
        desk.add(generate_job(store->folder(), shot, request, title));
    // Held at their first step, two are at work and the third waits.
    REQUIRE(QTest::qWaitFor([&] { return generator->requests().size() == 2; }, 30'000));
    std::set<std::string> devices;
    for (const auto& made : generator->requests())
        devices.insert(made.device);
    CHECK(devices == std::set<std::string>{"cuda:0", "cuda:1"});
    REQUIRE(QTest::qWaitFor(
        [&] {
            const auto& jobs = desk.jobs();
            return jobs.size() == 3 && jobs[0].state == core::JobState::running &&
                   jobs[1].state == core::JobState::running && jobs[2].state == core::JobState::waiting;
        },
        30'000));
    generator->release();
    REQUIRE(QTest::qWaitFor([&] { return desk.unfinished() == 0 && takes.size() == 3; }, 60'000));
    for (const auto& job : desk.jobs())
        CHECK(job.state == core::JobState::done);
}
