#ifdef KINORA_HAS_MEDIA

#include <catch2/catch.hpp>
#include <cstdio>
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

    void kill_renders(int times, unsigned seed) const
    {
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> moment(0.2, 1.6);
        std::size_t listed = 0;
        int killed = 0;
        for (int i = 0; i < times; ++i) {
            INFO("kill " << i << ", seed " << seed);
            const std::string program = (binary_dir() / "app/kinora-cli").string();
            const Finished run = run_program(
                "timeout",
                {"-s", "KILL", std::to_string(moment(random)), program, "project", "render", path("Film").string()},
                spawn_of());
            INFO(run.err);
            killed += run.exit_code != 0 ? 1 : 0;
            listed = check(listed);
        }
        CHECK(killed == times);
        std::printf("generation: %d kills, %zu takes made, nothing lost\n", killed, listed);
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
    kill_renders(3, 1);
}

TEST_CASE_METHOD(KilledRender, "No take is lost in 40 kills of a render", "[program][slow]")
{
    make_project(2000);
    kill_renders(40, 2);
}

#endif
