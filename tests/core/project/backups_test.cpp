#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "core/base/file.h"
#include "core/project/autosave.h"
#include "core/project/backups.h"
#include "tests/core/scratch_folder.h"

using namespace kinora::core;
using kinora::tests::ScratchFolder;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_time<std::chrono::milliseconds> k_noon =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 12h;

std::vector<Backup> thinned(std::vector<Backup> backups)
{
    const auto remove = backups_to_remove(backups);
    std::erase_if(backups,
                  [&](const Backup& backup) { return std::find(remove.begin(), remove.end(), backup) != remove.end(); });
    return backups;
}

/// A clock that is told the time.
struct TestClock {
    AutosavePolicy::Clock::time_point now{};
    AutosavePolicy policy{{}, [this] { return now; }};
};

}  // namespace

TEST_CASE("the five newest backups stay however close they are")
{
    std::vector<Backup> backups;
    for (int i = 0; i < 5; ++i)
        backups.push_back({"", k_noon - i * 1s});
    CHECK(backups_to_remove(backups).empty());
}

TEST_CASE("saving every two seconds for three weeks leaves twenty backups, hourly and daily")
{
    std::vector<Backup> backups;
    auto time = k_noon;
    for (int day = 0; day < 21; ++day) {
        for (int save = 0; save < 8 * 60; ++save) {
            backups.insert(backups.begin(), {"", time});
            time += 1min;
            backups = thinned(std::move(backups));
            REQUIRE(backups.size() <= 20);
        }
        time += 16h;
    }
    CHECK(backups.size() == 20);
    std::set<std::chrono::sys_days> days;
    for (const Backup& backup : backups)
        days.insert(std::chrono::floor<std::chrono::days>(backup.time));
    CHECK(days.size() >= 7);
    for (std::size_t i = 1; i < 5; ++i)
        CHECK(backups[i - 1].time - backups[i].time == 1min);
}

TEST_CASE("backups have the time in their name, and other files in the folder are left alone")
{
    const ScratchFolder scratch;
    REQUIRE(write_file(scratch.path() / "project.json", std::string_view("one")));
    REQUIRE(keep_backup(scratch.path(), k_noon + 1ms));
    REQUIRE(write_file(scratch.path() / "project.json", std::string_view("two")));
    REQUIRE(keep_backup(scratch.path(), k_noon + 1ms));
    for (const char* name : {"notes.txt", "project-20261322-120000-000.json", "project-2026112a-120000-000.json"})
        std::ofstream(scratch.path() / "backups" / name) << "x";
    const auto backups = list_backups(scratch.path());
    REQUIRE(backups.size() == 2);
    CHECK(backups[1].file.filename() == "project-20261122-120000-001.json");
    CHECK(backups[1].time == k_noon + 1ms);
    CHECK(*read_file(backups[1].file) == "one");
    CHECK(*read_file(backups[0].file) == "two");
}

TEST_CASE("a backup keeps its content when the document is replaced")
{
    const ScratchFolder scratch;
    const auto document = scratch.path() / "project.json";
    REQUIRE(write_file(document, std::string_view("old")));
    REQUIRE(keep_backup(scratch.path(), k_noon));
    REQUIRE(write_file(document, std::string_view("new")));
    CHECK(*read_file(list_backups(scratch.path())[0].file) == "old");
}

TEST_CASE("without a document or a folder there is nothing to back up")
{
    const ScratchFolder scratch;
    CHECK(keep_backup(scratch.path(), k_noon));
    CHECK(list_backups(scratch.path() / "nowhere").empty());
}

TEST_CASE("a damaged backup is not put in the place of a project")
{
    const ScratchFolder scratch;
    REQUIRE(write_file(scratch.path() / "project.json", std::string_view("broken {")));
    REQUIRE(keep_backup(scratch.path(), k_noon));
    const auto restored = restore_backup(scratch.path(), list_backups(scratch.path())[0]);
    REQUIRE_FALSE(restored);
    CHECK(restored.error().kind == ErrorKind::corrupt);
    CHECK(*read_file(scratch.path() / "project.json") == "broken {");
}

TEST_CASE("a save comes a moment after the last change")
{
    TestClock clock;
    CHECK_FALSE(clock.policy.next_due());
    clock.policy.changed();
    CHECK(clock.policy.unsaved());
    CHECK_FALSE(clock.policy.due());
    clock.now += 400ms;
    clock.policy.changed();
    clock.now += 400ms;
    CHECK_FALSE(clock.policy.due());
    clock.now += 100ms;
    CHECK(clock.policy.due());
}

TEST_CASE("changes without a pause are saved within two seconds")
{
    TestClock clock;
    const auto start = clock.now;
    while (!clock.policy.due()) {
        clock.policy.changed();
        clock.now += 10ms;
        REQUIRE(clock.now - start <= 2s);
    }
}

TEST_CASE("a change during a save needs another save")
{
    TestClock clock;
    clock.policy.changed();
    clock.policy.save_started();
    CHECK_FALSE(clock.policy.due());
    CHECK(clock.policy.unsaved());
    clock.policy.changed();
    clock.now += 10s;
    CHECK_FALSE(clock.policy.due());
    clock.policy.save_finished(true);
    CHECK(clock.policy.due());
    clock.policy.save_started();
    clock.policy.save_finished(true);
    CHECK_FALSE(clock.policy.unsaved());
}

TEST_CASE("a save that failed is tried again, but not at once")
{
    TestClock clock;
    clock.policy.changed();
    clock.policy.save_started();
    clock.policy.save_finished(false);
    CHECK(clock.policy.unsaved());
    clock.now += 4s;
    CHECK_FALSE(clock.policy.due());
    clock.now += 1s;
    CHECK(clock.policy.due());
}
