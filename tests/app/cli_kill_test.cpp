#ifdef KINORA_HAS_MEDIA

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <set>

#include "core/project/project_files.h"
#include "core/project/project_store.h"
#include "tests/app/cli_fixture.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::tests;
namespace fs = std::filesystem;

struct KilledRender : CliFixture {
    /// A project with more shots than a run can render before it is killed.
    void make_project(int shots) const
    {
        auto opened = core::create_project(path("Film"), {"Film", core::FrameRate(24), 64, 64});
        REQUIRE(opened);
        for (int i = 0; i < shots; ++i) {
            core::ShotSettings settings;
            settings.model_id = tiny_model().string();
            settings.width = settings.height = 64;
            settings.frames = 5;
            settings.steps = 2;
            settings.seed = static_cast<std::uint64_t>(i);
            opened->project.shots.emplace_back(core::make_shot("a red balloon", settings));
        }
        REQUIRE(opened->store.save(opened->project));
    }

    /// Every take whose latents or clip are on disk is either in a shot or found again.
    std::size_t check(std::size_t listed_before) const
    {
        const auto opened = core::open_project(path("Film"));
        INFO((opened ? std::string() : opened.error().message));
        REQUIRE(opened);
        REQUIRE(core::check_invariants(opened->project) == "");
        REQUIRE(core::missing_files(opened->store, opened->project).empty());
        std::set<std::string> known;
        for (const auto& shot : opened->project.shots)
            for (const core::Take& take : shot->takes)
                known.insert(take.id);
        const std::size_t listed = known.size();
        REQUIRE(listed >= listed_before);
        for (const core::Take& take : opened->store.unlisted_takes(opened->project))
            known.insert(take.id);
        for (const auto& entry : fs::directory_iterator(path("Film") / "takes")) {
            INFO(entry.path());
            const bool has_latents = fs::exists(entry.path() / "latents.safetensors");
            if (has_latents || fs::exists(entry.path() / "recipe.json"))
                REQUIRE(known.contains(entry.path().filename().string()));
        }
        return listed;
    }

    /// What a kill fell into, by what it left of the take that was made: before its latents were on disk, before its clip
    /// and recipe were, before the project listed it, or after that.
    [[nodiscard]] const char* fell_into(const std::set<std::string>& takes_before) const
    {
        const auto opened = core::open_project(path("Film"));
        REQUIRE(opened);
        std::set<std::string> listed;
        for (const auto& shot : opened->project.shots)
            for (const core::Take& take : shot->takes)
                listed.insert(take.id);
        const char* found = "sampling";
        std::error_code vanished;
        for (const auto& entry : fs::directory_iterator(path("Film") / "takes", vanished)) {
            const std::string id = entry.path().filename().string();
            if (takes_before.contains(id)) continue;
            if (!fs::exists(entry.path() / "recipe.json"))
                return fs::exists(entry.path() / "latents.safetensors") ? "decoding and writing" : "sampling";
            if (!listed.contains(id)) found = "recording";
        }
        return found;
    }

    [[nodiscard]] std::set<std::string> take_folders() const
    {
        std::set<std::string> names;
        std::error_code vanished;
        for (const auto& entry : fs::directory_iterator(path("Film") / "takes", vanished))
            names.insert(entry.path().filename().string());
        return names;
    }

    /// Takes that are whole on disk.
    [[nodiscard]] std::size_t takes_there() const
    {
        std::size_t count = 0;
        std::error_code vanished;
        for (const auto& entry : fs::directory_iterator(path("Film") / "takes", vanished))
            count += fs::exists(entry.path() / "recipe.json", vanished) ? 1 : 0;
        return count;
    }

    /// Kills fall into a round of work, as it was measured last, after a few takes: as densely on a slow machine as on a
    /// quick one. One in four falls into the start, before there is a take.
    void kill_renders(int times, unsigned seed) const
    {
        using Clock = std::chrono::steady_clock;
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> part(0, 1.25);
        std::size_t listed = 0;
        std::map<std::string, int> moments;
        int killed = 0;
        int after_a_take = 0;
        std::chrono::duration<double> round(0.2);
        for (int i = 0; i < times; ++i) {
            INFO("kill " << i << ", seed " << seed);
            const std::size_t before = takes_there();
            const auto folders = take_folders();
            const std::size_t wanted = random() % 4;
            const double moment = part(random);
            std::size_t seen = 0;
            const auto begun = Clock::now();
            auto last = begun;
            Spawn spawn = spawn_of();
            spawn.kill_when = [&] {
                const auto now = Clock::now();
                if (const std::size_t there = takes_there() - before; there > seen) {
                    if (seen > 0) round = (now - last) / static_cast<double>(there - seen);
                    seen = there;
                    last = now;
                }
                return (seen >= wanted && now - last > moment * round) || now - begun > std::chrono::seconds(60);
            };
            const Finished run =
                run_program((binary_dir() / "app/kinora-cli").string(), {"project", "render", path("Film").string()}, spawn);
            INFO(run.err);
            killed += run.exit_code == 128 + SIGKILL ? 1 : 0;
            after_a_take += seen > 0 ? 1 : 0;
            ++moments[fell_into(folders)];
            listed = check(listed);
        }
        CHECK(killed == times);
        CHECK(after_a_take >= times / 2);
        std::printf("generation: %d kills, %d of them after a take, %zu takes made, nothing lost\n", killed, after_a_take,
                    takes_there());
        for (const auto& [moment, count] : moments)
            std::printf("  in %s: %d\n", moment.c_str(), count);
    }

    [[nodiscard]] Spawn spawn_of() const
    {
        Spawn spawn;
        spawn.home = home();
        spawn.working_folder = path("");
        return spawn;
    }
};

TEST_CASE_METHOD(KilledRender, "No take is lost when a render is killed", "[program]")
{
    make_project(200);
    kill_renders(4, 1);
}

TEST_CASE_METHOD(KilledRender, "No take is lost in 40 kills of a render", "[program][slow]")
{
    make_project(2000);
    kill_renders(40, 2);
}

#endif
