#include <filesystem>

#include "core/base/file.h"
#include "tests/core/jobs/queue_helpers.h"
#include "tests/core/scratch_folder.h"

using namespace kinora::tests;
using Kind = kinora::core::JobEvent::Kind;

TEST_CASE("the queue survives a restart: what was running waits again, in its place")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue" / "queue.json";
    Gate gate;
    std::string first;
    {
        const auto queue = opened({.file = file, .executor = std::ref(gate)});
        first = queue->add(job_named("first"));
        queue->add(job_named("second"));
        gate.started.acquire();
    }
    const auto queue = opened({.file = file, .executor = succeed, .start_held = true});
    REQUIRE(titles(*queue) == std::vector<std::string>{"first", "second"});
    CHECK(queue->job(first)->state == JobState::waiting);
    CHECK(queue->job(first)->payload == "{\"n\":1}");
    queue->resume();
    queue->wait_until_idle();
    CHECK(queue->job(first)->state == JobState::done);
}

TEST_CASE("after a crash the file holds every job, the running one as waiting")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue.json";
    Gate gate;
    const auto queue = opened({.file = file, .executor = std::ref(gate)});
    queue->add(job_named("running"));
    gate.started.acquire();
    queue->add(job_named("waiting"));
    REQUIRE(queue->flush());
    // What a second program finds while the first still lives is what it would find after a crash.
    const ScratchFolder elsewhere;
    std::filesystem::copy_file(file, elsewhere.path() / "queue.json");
    const auto after = opened({.file = elsewhere.path() / "queue.json", .executor = succeed, .start_held = true});
    REQUIRE(after->jobs().size() == 2);
    for (const Job& job : after->jobs())
        CHECK(job.state == JobState::waiting);
    gate.open();
}

TEST_CASE("a job that the artist cancelled while the program ends stays cancelled")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue.json";
    Gate gate;
    {
        const auto queue = opened({.file = file, .executor = std::ref(gate)});
        const std::string id = queue->add(job_named("a"));
        gate.started.acquire();
        queue->cancel(id);
    }
    const auto queue = opened({.file = file, .executor = succeed, .start_held = true});
    REQUIRE(queue->jobs().size() == 1);
    CHECK(queue->jobs()[0].state == JobState::cancelled);
}

TEST_CASE("failed jobs keep their sentence across a restart")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue.json";
    {
        const auto queue = opened(
            {.file = file, .executor = [](const Job&, const ProgressFunction&, std::stop_token) -> Result<JobOutcome> {
                 return make_error(ErrorKind::disk_full, "The disk is full; free some space.");
             }});
        queue->add(job_named("a"));
        queue->wait_until_idle();
    }
    const auto queue = opened({.file = file, .executor = succeed});
    REQUIRE(queue->jobs().size() == 1);
    CHECK(queue->jobs()[0].error == "The disk is full; free some space.");
    CHECK(queue->jobs()[0].error_kind == ErrorKind::disk_full);
}

TEST_CASE("a damaged queue file is put aside and said, and the queue works")
{
    for (const char* text : {"{\"jobs\": [", "[]", "{\"format\":1,\"jobs\":[{\"id\":\"../x\"}]}", "{\"format\":99}",
                             "{\"format\":1,\"jobs\":[{\"id\":\"a\",\"state\":\"flying\"}]}",
                             "{\"format\":1,\"jobs\":[{\"id\":\"a\"},{\"id\":\"a\"}]}"}) {
        const ScratchFolder scratch;
        const auto file = scratch.path() / "queue.json";
        REQUIRE(write_file(file, std::string_view(text)));
        Events events;
        const auto queue = opened({.file = file, .executor = succeed, .listener = std::ref(events)});
        REQUIRE(events.all(Kind::storage_failed).size() == 1);
        CHECK(events.all(Kind::storage_failed)[0].message.find("queue.json") != std::string::npos);
        CHECK(std::filesystem::exists(scratch.path() / "queue.json.damaged"));
        queue->add(job_named("a"));
        queue->wait_until_idle();
        CHECK(queue->flush());
    }
}

TEST_CASE("a second queue on the same file works but isn't kept")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue.json";
    Events events;
    const auto first = opened({.file = file, .executor = succeed});
    const auto second = opened({.file = file, .executor = succeed, .listener = std::ref(events)});
    REQUIRE(events.all(Kind::storage_failed).size() == 1);
    second->add(job_named("a"));
    second->wait_until_idle();
    CHECK(titles(*second) == std::vector<std::string>{"a"});
    CHECK(first->jobs().empty());
}

TEST_CASE("a queue that can't be written says so once and works on")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue.json";
    Events events;
    const auto queue = opened({.file = file, .executor = succeed, .listener = std::ref(events)});
    std::filesystem::create_directories(file / "in-the-way");
    queue->add(job_named("a"));
    queue->wait_until_idle();
    const auto flushed = queue->flush();
    REQUIRE_FALSE(flushed);
    queue->add(job_named("b"));
    queue->wait_until_idle();
    CHECK_FALSE(queue->flush());
    CHECK(queue->unfinished() == 0);
    std::filesystem::remove_all(file);
    queue->clear_finished();
    CHECK(queue->flush());
    CHECK(events.all(Kind::storage_failed).size() == 1);
}
