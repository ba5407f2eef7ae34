#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "core/base/sha256.h"
#include "core/media/probe.h"
#include "core/project/clean_up.h"
#include "core/project/project_files.h"
#include "core/project/recovery.h"
#include "core/storyboard/layout.h"
#include "tests/kill/kill_work.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> lines_of(const fs::path& file)
{
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

using Microseconds = std::chrono::microseconds;

/// Starts a worker, waits until it has kept a few promises, kills it at a random moment of its next round. `round` is how
/// long one takes, as it was measured last: on a slow machine the kills lie as densely as on a quick one. Gives what the
/// worker had promised.
std::vector<std::string> kill_one(const std::string& kind, const fs::path& scratch, std::mt19937& random,
                                  Microseconds& round)
{
    const fs::path journal = scratch / "journal";
    fs::remove(journal);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        execl(KINORA_KILL_WORKER, KINORA_KILL_WORKER, kind.c_str(), (scratch / "film").c_str(),
              (scratch / "outside").c_str(), journal.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    int status = 0;
    const auto wait_for = [&](std::size_t lines) {
        while (lines_of(journal).size() < lines) {
            INFO("The worker for " << kind << " ended with " << status << " before it was killed.");
            REQUIRE(waitpid(child, &status, WNOHANG) == 0);
            usleep(200);
        }
    };
    wait_for(1);  // it works
    const auto begun = std::chrono::steady_clock::now();
    const std::size_t promises = random() % 4;
    wait_for(1 + promises);
    if (promises > 0) round = std::chrono::duration_cast<Microseconds>(std::chrono::steady_clock::now() - begun) / promises;
    const auto longest = std::max<std::int64_t>(round.count() * 5 / 4, 1000);
    std::this_thread::sleep_for(Microseconds(std::uniform_int_distribution<std::int64_t>(0, longest)(random)));
    REQUIRE(kill(child, SIGKILL) == 0);
    REQUIRE(waitpid(child, &status, 0) == child);
    INFO("The worker for " << kind << " ended by itself with " << status << ".");
    REQUIRE(WIFSIGNALED(status));
    return lines_of(journal);
}

std::set<std::string> takes_in(const core::OpenedProject& film)
{
    std::set<std::string> takes;
    for (const auto& shot : film.project.shots)
        for (const core::Take& take : shot->takes)
            takes.insert(take.id);
    for (const core::Take& take : film.store.unlisted_takes(film.project))
        if (!take.clip.empty()) takes.insert(take.id);
    return takes;
}

void check_exports(const core::OpenedProject& film)
{
    const std::int64_t frames = core::Layout(film.project).total();
    for (const char* name : {"film.mp4", "film.mov"}) {
        const fs::path file = film.store.folder() / "exports" / name;
        if (!fs::exists(file)) continue;
        const auto info = media::probe(file);
        INFO(name);
        REQUIRE(info);
        REQUIRE_FALSE(info->damaged);
        REQUIRE(info->video()->frames == frames);
        REQUIRE(info->audio() != nullptr);
    }
}

/// Everything that was promised is there, and nothing else is broken.
void check_film(const fs::path& folder, const std::vector<std::string>& promised)
{
    const auto film = core::open_project(folder);
    INFO((film ? std::string() : film.error().message));
    REQUIRE(film);
    REQUIRE(film->store.access() == core::Access::read_write);
    REQUIRE(film->store.was_interrupted());
    REQUIRE(core::check_invariants(film->project) == "");
    REQUIRE(core::missing_files(film->store, film->project).empty());
    const std::set<std::string> takes = takes_in(*film);
    int last_edit = 0;
    for (const std::string& line : promised) {
        INFO(line);
        const std::string id = line.substr(line.find(' ') + 1);
        if (line.starts_with("take ") || line.starts_with("listed ")) REQUIRE(takes.contains(id));
        if (line.starts_with("asset ")) REQUIRE(core::find_asset(film->project, id) != nullptr);
        if (line.starts_with("edit ")) last_edit = std::stoi(id);
    }
    // The document is the one that was promised last or a newer one, never an older one.
    if (last_edit > 0) {
        REQUIRE_FALSE(film->project.markers.empty());
        REQUIRE(std::stoi(film->project.markers.back().note) >= last_edit);
    }
    for (const auto& asset : film->project.assets) {
        if (asset->sha256.empty()) continue;
        REQUIRE(core::sha256_of_file(*film->store.locate(asset->file)).value() == asset->sha256);
    }
    check_exports(*film);
    // What the killed worker left half done can be cleaned up, and no listed take goes with it.
    core::CleanUpOptions options;
    options.kinds = {core::CleanUpKind::partial};
    options.youngest_seconds = 0;
    const core::Document document(film->project);
    REQUIRE(core::remove_files(film->store, core::plan_clean_up(film->store, document, options)));
    REQUIRE(core::missing_files(film->store, film->project).empty());
}

void kill_again_and_again(int times, unsigned seed)
{
    std::mt19937 random(seed);
    for (const std::string& kind : k_kill_kinds) {
        const ScratchFolder scratch;
        make_film(scratch / "film", scratch / "outside");
        std::size_t promises = 0;
        Microseconds round(100'000);
        for (int i = 0; i < times; ++i) {
            INFO(kind << ", kill " << i << ", seed " << seed);
            const auto promised = kill_one(kind, scratch.path(), random, round);
            promises += promised.size() - 1;
            check_film(scratch / "film", promised);
        }
        std::printf("%s: %d kills, %zu promises kept, nothing lost\n", kind.c_str(), times, promises);
    }
}

}  // namespace

TEST_CASE("A project survives being killed while saving, autosaving, importing and exporting")
{
    kill_again_and_again(4, 1);
}

TEST_CASE("A project survives 60 kills of each kind", "[slow]")
{
    kill_again_and_again(60, 2);
}
