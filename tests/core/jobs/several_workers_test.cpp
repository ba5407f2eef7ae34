#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <latch>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "core/base/sha256.h"
#include "tests/core/jobs/queue_helpers.h"
#include "tests/core/scratch_folder.h"

using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

/// Cards that nobody has: each remembers what it did, and whether it was ever given two jobs at once.
struct FakeDevice {
    std::atomic<int> busy = 0;
    std::atomic<int> overlaps = 0;
    std::mutex mutex;
    std::vector<std::string> did;

    void begin(const std::string& title)
    {
        if (busy.fetch_add(1) > 0) ++overlaps;
        const std::lock_guard lock(mutex);
        did.push_back(title);
    }
    void end() { --busy; }
};

/// A worker's job on a device; `meet` is where jobs wait for each other.
JobExecutor on(FakeDevice& device, std::latch& meet)
{
    return [&](const Job& job, const ProgressFunction& progress, std::stop_token) -> Result<JobOutcome> {
        device.begin(job.title);
        progress({.fraction = 0.5});
        if (job.title.starts_with("meet")) meet.arrive_and_wait();
        device.end();
        return JobOutcome{job.title};
    };
}

constexpr int k_jobs = 60;

/// What a process that is to be killed tells until then. A line is whole, or it isn't there. After so many lines, whoever
/// tells more stays there, so that the kill comes before the end, however late it is; the others go on.
class Journal {
public:
    Journal(const fs::path& file, std::size_t lines)
        : file_(open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)), left_(static_cast<long>(lines))
    {
    }
    void tell(const std::string& line)
    {
        if (write(file_, (line + "\n").data(), line.size() + 1) < 0) _exit(9);
        if (left_.fetch_sub(1) > 1) return;
        while (true)
            pause();
    }

private:
    int file_;
    std::atomic<long> left_;
};

/// In a process of its own: two devices work through a queue until they are done, or have told so many lines and are killed.
[[noreturn]] void work_until_killed(const fs::path& file, const fs::path& journal_file, std::size_t lines)
{
    Journal journal(journal_file, lines);
    const auto device = [&journal](int number) {
        return [&journal, number](const Job& job, const ProgressFunction&, std::stop_token) -> Result<JobOutcome> {
            journal.tell("start " + job.title + " " + std::to_string(number));
            // What it works on takes about a millisecond.
            const std::string sum = sha256_hex(std::string(300'000, job.title.back()));
            journal.tell("end " + job.title + " " + sum.substr(0, 4));
            return JobOutcome{sum};
        };
    };
    auto queue = JobQueue::open({.file = file, .executor = device(0), .more_executors = {device(1)}, .start_held = true});
    if (!queue) _exit(8);
    // Killed while it was being filled, it holds the first ones.
    for (auto number = static_cast<int>((*queue)->jobs().size()); number < k_jobs; ++number)
        (*queue)->add(job_named("job" + std::to_string(number)));
    if (!(*queue)->flush()) _exit(7);
    journal.tell("ready");
    (*queue)->resume();
    std::set<std::string> told;
    while (told.size() < k_jobs) {
        const auto jobs = (*queue)->jobs();
        if (!(*queue)->flush()) _exit(6);
        // What was over before the file was written is promised to be over for ever.
        for (const Job& job : jobs)
            if (job.state == JobState::done && told.insert(job.title).second) journal.tell("kept " + job.title);
    }
    queue->reset();
    _exit(0);
}

std::vector<std::string> lines_of(const fs::path& file)
{
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("two workers, one for each device, run jobs side by side and never one job twice")
{
    std::array<FakeDevice, 2> devices;
    std::latch meet(2);
    std::mutex mutex;
    std::map<std::string, int> started;
    const auto queue = opened({.executor = on(devices[0], meet),
                               .more_executors = {on(devices[1], meet)},
                               .listener =
                                   [&](const JobEvent& event) {
                                       const std::lock_guard lock(mutex);
                                       if (event.kind == JobEvent::Kind::started) ++started[event.job.id];
                                   },
                               .keep_finished = 1000});
    // These two wait for each other, so they end only if both run at the same time.
    queue->add(job_named("meet first"));
    queue->add(job_named("meet second"));
    for (int number = 0; number < 200; ++number)
        queue->add(job_named("job"));
    queue->wait_until_idle();
    CHECK(devices[0].did.size() + devices[1].did.size() == 202);
    CHECK(devices[0].overlaps + devices[1].overlaps == 0);
    const std::set<std::string> met{devices[0].did.front(), devices[1].did.front()};
    CHECK(met == std::set<std::string>{"meet first", "meet second"});
    CHECK(started.size() == 202);
    for (const auto& [id, times] : started)
        CHECK(times == 1);
    for (const Job& job : queue->jobs())
        CHECK(job.state == JobState::done);
}

TEST_CASE("a long job on one device doesn't hold up the other, and both jobs can be stopped for themselves")
{
    Gate first;
    Gate second;
    const auto queue = opened({.executor = std::ref(first), .more_executors = {std::ref(second)}});
    const std::string a = queue->add(job_named("a"));
    const std::string b = queue->add(job_named("b"));
    first.started.acquire();
    second.started.acquire();
    CHECK(queue->job(a)->state == JobState::running);
    CHECK(queue->job(b)->state == JobState::running);
    CHECK(queue->cancel(b));
    first.open();
    queue->add(job_named("c"));
    second.open();
    queue->wait_until_idle();
    CHECK(queue->job(a)->state == JobState::done);
    CHECK(queue->job(b)->state == JobState::cancelled);
    CHECK(queue->jobs().back().state == JobState::done);
}

TEST_CASE("what both devices worked on when the program ended waits again, in its place")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue.json";
    {
        Gate first;
        Gate second;
        const auto queue = opened({.file = file, .executor = std::ref(first), .more_executors = {std::ref(second)}});
        for (const char* title : {"a", "b", "c"})
            queue->add(job_named(title));
        first.started.acquire();
        second.started.acquire();
    }
    const auto queue = opened({.file = file, .executor = succeed, .start_held = true});
    REQUIRE(titles(*queue) == std::vector<std::string>{"a", "b", "c"});
    for (const Job& job : queue->jobs())
        CHECK(job.state == JobState::waiting);
}

TEST_CASE("a queue with a worker that can do nothing is refused")
{
    const auto queue = JobQueue::open({.executor = succeed, .more_executors = {JobExecutor()}});
    REQUIRE_FALSE(queue);
    CHECK(queue.error().kind == ErrorKind::invalid_argument);
}

TEST_CASE("two devices are killed again and again: every job is done in the end, none was on both, what was over stays so")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "queue" / "queue.json";
    const auto journal = scratch.path() / "journal";
    std::mt19937 random(11);
    std::set<std::string> kept;
    std::set<std::string> ended;
    int kills = 0;
    bool ready = false;
    bool over = false;
    for (int life = 0; life < 200 && !over; ++life) {
        INFO("life " << life);
        fs::remove(journal);
        // Killed when it has told so many things.
        const std::size_t lines = kills < 15 ? 1 + random() % 24 : 100'000;
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) work_until_killed(file, journal, lines);
        int status = 0;
        while (waitpid(child, &status, WNOHANG) == 0) {
            if (lines_of(journal).size() >= lines) {
                kill(child, SIGKILL);
                waitpid(child, &status, 0);
                break;
            }
            usleep(100);
        }
        over = WIFEXITED(status);
        if (over) REQUIRE(WEXITSTATUS(status) == 0);
        kills += over ? 0 : 1;
        std::map<std::string, int> begun;
        for (const std::string& line : lines_of(journal)) {
            std::istringstream words(line);
            std::string what;
            std::string title;
            words >> what >> title;
            if (what == "ready") ready = true;
            if (what == "start") REQUIRE(++begun[title] == 1);
            // Done twice is only what was over in memory and not yet in the file.
            if (what == "start") REQUIRE(kept.count(title) == 0);
            if (what == "end") ended.insert(title);
            if (what == "kept") kept.insert(title);
        }
        const auto queue = opened({.file = file, .executor = succeed, .start_held = true});
        const auto jobs = queue->jobs();
        if (ready) REQUIRE(jobs.size() == k_jobs);
        for (const Job& job : jobs) {
            CHECK((job.state == JobState::done || job.state == JobState::waiting));
            if (kept.count(job.title) > 0) CHECK(job.state == JobState::done);
        }
    }
    CHECK(over);
    CHECK(kills == 15);
    CHECK(ended.size() == k_jobs);
}
