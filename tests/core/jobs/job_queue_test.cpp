#include <atomic>
#include <stdexcept>
#include <thread>

#include "core/jobs/job_json.h"
#include "tests/core/jobs/queue_helpers.h"

using namespace kinora::tests;
using Kind = kinora::core::JobEvent::Kind;

TEST_CASE("jobs run one after the other and keep their results")
{
    std::vector<std::string> order;
    const auto queue = opened({.executor = [&](const Job& job, const ProgressFunction& progress, std::stop_token stop) {
        order.push_back(job.title);
        return succeed(job, progress, stop);
    }});
    for (const char* title : {"a", "b", "c"})
        queue->add(job_named(title));
    queue->wait_until_idle();
    CHECK(order == std::vector<std::string>{"a", "b", "c"});
    for (const Job& job : queue->jobs()) {
        CHECK(job.state == JobState::done);
        CHECK(job.result == "made " + job.title);
        CHECK(job.finished >= job.started);
        CHECK(job.started > 0);
    }
    CHECK(queue->unfinished() == 0);
    // Nobody else holds the list now, so it is answered at once.
    const auto last = queue->jobs().back();
    const auto seen = queue->job_at_once(last.id);
    REQUIRE(seen);
    CHECK(seen->result == "made c");
    CHECK_FALSE(queue->job_at_once("nothing"));
}

TEST_CASE("the listener hears of a job being added, started and finished, in this order")
{
    std::mutex mutex;
    std::vector<Kind> kinds;
    const auto queue = opened({.executor = succeed, .listener = [&](const JobEvent& event) {
                                   const std::lock_guard lock(mutex);
                                   kinds.push_back(event.kind);
                               }});
    queue->add(job_named("a"));
    queue->wait_until_idle();
    CHECK(kinds == std::vector<Kind>{Kind::added, Kind::started, Kind::finished});
}

TEST_CASE("a failed job keeps its sentence and can be retried")
{
    int runs = 0;
    const auto queue = opened(
        {.executor = [&](const Job& job, const ProgressFunction& progress, std::stop_token stop) -> Result<JobOutcome> {
            if (++runs == 1) return make_error(ErrorKind::out_of_memory, "Not enough memory; try a smaller size.");
            return succeed(job, progress, stop);
        }});
    const std::string id = queue->add(job_named("a"));
    queue->wait_until_idle();
    REQUIRE(queue->job(id)->state == JobState::failed);
    CHECK(queue->job(id)->error == "Not enough memory; try a smaller size.");
    CHECK(queue->job(id)->error_kind == ErrorKind::out_of_memory);
    REQUIRE(queue->retry(id));
    queue->wait_until_idle();
    CHECK(queue->job(id)->state == JobState::done);
    CHECK(queue->job(id)->error.empty());
    CHECK_FALSE(queue->retry(id));
}

TEST_CASE("an exception in a job becomes its failure")
{
    const auto queue = opened({.executor = [](const Job&, const ProgressFunction&, std::stop_token) -> Result<JobOutcome> {
        throw std::runtime_error("the sky fell");
    }});
    const std::string id = queue->add(job_named("a"));
    queue->wait_until_idle();
    CHECK(queue->job(id)->state == JobState::failed);
    CHECK(queue->job(id)->error.find("the sky fell") != std::string::npos);
}

TEST_CASE("a job cancelled before it starts never starts")
{
    Gate gate;
    const auto queue = opened({.executor = std::ref(gate)});
    queue->add(job_named("first"));
    const std::string second = queue->add(job_named("second"));
    gate.started.acquire();
    REQUIRE(queue->cancel(second));
    CHECK(queue->job(second)->state == JobState::cancelled);
    gate.open();
    queue->wait_until_idle();
    CHECK(queue->job(second)->started == 0);
    CHECK_FALSE(queue->cancel(second));
}

TEST_CASE("cancelling a running job stops it, and the next one runs")
{
    Gate gate;
    const auto queue = opened({.executor = std::ref(gate)});
    const std::string first = queue->add(job_named("first"));
    const std::string second = queue->add(job_named("second"));
    gate.started.acquire();
    REQUIRE(queue->cancel(first));
    gate.started.acquire();
    CHECK(queue->job(first)->state == JobState::cancelled);
    gate.open();
    queue->wait_until_idle();
    CHECK(queue->job(second)->state == JobState::done);
}

TEST_CASE("the stop token of a retried job is fresh")
{
    Gate gate;
    gate.open();
    const auto queue = opened({.executor = std::ref(gate), .start_held = true});
    const std::string id = queue->add(job_named("a"));
    REQUIRE(queue->cancel(id));
    REQUIRE(queue->retry(id));
    queue->resume();
    queue->wait_until_idle();
    CHECK(queue->job(id)->state == JobState::done);
}

TEST_CASE("waiting jobs can be reordered, edited, duplicated and removed")
{
    const auto queue = opened({.executor = succeed, .start_held = true});
    const std::string a = queue->add(job_named("a"));
    const std::string b = queue->add(job_named("b"));
    const std::string c = queue->add(job_named("c"));
    REQUIRE(queue->move(c, 0));
    CHECK(titles(*queue) == std::vector<std::string>{"c", "a", "b"});
    REQUIRE(queue->move(c, 99));
    CHECK(titles(*queue) == std::vector<std::string>{"a", "b", "c"});
    REQUIRE(queue->move(a, 1));
    CHECK(titles(*queue) == std::vector<std::string>{"b", "a", "c"});
    REQUIRE(queue->edit(b, job_named("better")));
    const auto copy = queue->duplicate(b);
    REQUIRE(copy);
    CHECK(*copy != b);
    REQUIRE(queue->remove(a));
    CHECK(titles(*queue) == std::vector<std::string>{"better", "c", "better"});
    CHECK_FALSE(queue->remove(a));
    CHECK_FALSE(queue->move("nobody", 0));
    CHECK_FALSE(queue->duplicate("nobody"));
    CHECK(queue->unfinished() == 3);
}

TEST_CASE("a running job can be neither removed nor edited nor moved")
{
    Gate gate;
    const auto queue = opened({.executor = std::ref(gate)});
    const std::string id = queue->add(job_named("a"));
    gate.started.acquire();
    CHECK_FALSE(queue->remove(id));
    CHECK_FALSE(queue->edit(id, job_named("b")));
    CHECK_FALSE(queue->move(id, 0));
    gate.open();
    queue->wait_until_idle();
    CHECK(queue->remove(id));
}

TEST_CASE("progress is coalesced, never falls and comes with the measured time left")
{
    Events events;
    JobQueue::Clock::time_point now{};
    const auto queue = opened(
        {.executor = [&](const Job&, const ProgressFunction& progress, std::stop_token) -> Result<JobOutcome> {
             for (int step = 0; step <= 100; ++step) {
                 progress(
                     {.stage = Stage::sampling, .step = step, .steps = 100, .fraction = step == 50 ? 0.1 : 0.01 * step});
                 now += std::chrono::milliseconds(10);
             }
             return JobOutcome{};
         },
         .listener = std::ref(events),
         .progress_interval = std::chrono::milliseconds(100),
         .now = [&] { return now; }});
    queue->add(job_named("a"));
    queue->wait_until_idle();
    const auto reports = events.all(Kind::progress);
    CHECK(reports.size() == 11);
    double last = 0;
    for (const JobEvent& event : reports) {
        CHECK(event.job.progress.fraction >= last);
        last = event.job.progress.fraction;
    }
    CHECK(reports[5].job.progress.seconds_left == Approx(0.5).margin(0.03));
    CHECK(reports.front().job.progress.seconds_left == -1);
}

TEST_CASE("the last preview stays with the job while it runs")
{
    Events events;
    const auto preview = std::make_shared<const std::vector<Picture8>>(3);
    const auto queue =
        opened({.executor = [&](const Job&, const ProgressFunction& progress, std::stop_token) -> Result<JobOutcome> {
                    progress({.stage = Stage::sampling, .fraction = 0.5, .preview = preview});
                    progress({.stage = Stage::decoding, .fraction = 0.8});
                    return JobOutcome{};
                },
                .listener = std::ref(events),
                .progress_interval = std::chrono::milliseconds(0)});
    const std::string id = queue->add(job_named("a"));
    queue->wait_until_idle();
    REQUIRE(events.all(Kind::progress).size() == 2);
    CHECK(events.all(Kind::progress)[1].job.progress.preview == preview);
    CHECK(queue->job(id)->progress.preview == nullptr);
}

TEST_CASE("old finished jobs leave the list")
{
    Events events;
    const auto queue = opened({.executor = succeed, .listener = std::ref(events), .keep_finished = 2});
    for (const char* title : {"a", "b", "c", "d"})
        queue->add(job_named(title));
    queue->wait_until_idle();
    CHECK(titles(*queue) == std::vector<std::string>{"c", "d"});
    CHECK(events.all(Kind::removed).size() == 2);
    queue->clear_finished();
    CHECK(queue->jobs().empty());
}

TEST_CASE("a queue without an executor is refused")
{
    const auto queue = JobQueue::open({});
    REQUIRE_FALSE(queue);
    CHECK(queue.error().kind == ErrorKind::invalid_argument);
}

TEST_CASE("many threads may use the queue at once")
{
    std::atomic<int> runs = 0;
    const auto queue =
        opened({.executor = [&](const Job&, const ProgressFunction& progress, std::stop_token) -> Result<JobOutcome> {
                    ++runs;
                    progress({.fraction = 0.5});
                    return JobOutcome{};
                },
                .listener = [](const JobEvent&) {},
                .keep_finished = 10'000});
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    const std::string id = queue->add(job_named("x"));
                    if (i % 5 == 0) queue->cancel(id);
                    if (i % 7 == 0) queue->move(id, 0);
                    (void)queue->jobs();
                }
            });
    }
    queue->wait_until_idle();
    int done = 0;
    for (const Job& job : queue->jobs()) {
        CHECK((job.state == JobState::done || job.state == JobState::cancelled));
        done += job.state == JobState::done ? 1 : 0;
    }
    CHECK(queue->jobs().size() == 200);
    CHECK(runs >= done);
}

TEST_CASE("a running job is paused by its executor's answer, the next one runs, and it goes on first when asked to")
{
    std::atomic<bool> pause{false};
    std::vector<std::string> order;
    const auto queue = opened(
        {.executor = [&](const Job& job, const ProgressFunction& progress, std::stop_token stop) -> Result<JobOutcome> {
            order.push_back(job.title);
            progress({Stage::sampling, 3, 10, 0.3, -1, nullptr});
            if (order.size() > 1) return succeed(job, progress, stop);
            while (!pause && !stop.stop_requested())
                std::this_thread::yield();
            return make_error(ErrorKind::cancelled, "Paused.");
        }});
    const std::string a = queue->add(job_named("a"));
    queue->add(job_named("b"));
    while (queue->job(a)->progress.step != 3)
        std::this_thread::yield();
    REQUIRE(queue->pause(a));
    CHECK(queue->job(a)->pausing);
    pause = true;
    queue->wait_until_idle();
    CHECK(queue->job(a)->state == JobState::paused);
    CHECK(queue->job(a)->progress.step == 3);
    CHECK(queue->unfinished() == 1);
    queue->hold();
    queue->add(job_named("c"));
    REQUIRE(queue->go_on(a));
    queue->resume();
    queue->wait_until_idle();
    CHECK(order == std::vector<std::string>{"a", "b", "a", "c"});
    CHECK(queue->job(a)->state == JobState::done);
    CHECK_FALSE(queue->pause(a));
    CHECK_FALSE(queue->go_on(a));
}

TEST_CASE("a job that waits is paused at once, and stays so in the file")
{
    const auto queue = opened({.executor = succeed, .start_held = true});
    const std::string a = queue->add(job_named("a"));
    REQUIRE(queue->pause(a));
    queue->resume();
    queue->wait_until_idle();
    CHECK(queue->job(a)->state == JobState::paused);
    const auto back = jobs_from_text(jobs_to_text(queue->jobs()), "The queue");
    REQUIRE(back);
    CHECK(back->front().state == JobState::paused);
    // One that is paused, or failed, can be changed before it goes on.
    REQUIRE(queue->edit(a, job_named("b")));
    REQUIRE(queue->go_on(a));
    queue->wait_until_idle();
    CHECK(queue->job(a)->result == "made b");
    CHECK_FALSE(queue->edit(a, job_named("c")));
}
