#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <future>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "core/base/file.h"
#include "tests/app/cli_fixture.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::tests;

namespace {

/// Runs the rest of its arguments and kills them so many seconds ($2) after a checkpoint beyond step $1 came; says when that
/// was and when the checkpoint was written. 0 if they ended before.
constexpr const char* k_kill_later = R"sh(before=$1; delay=$2; shift 2
    steps() { head -c 30000 clip.latents.safetensors 2>/dev/null | grep -ao 'kinora.steps_done":"[0-9]*' | head -1 | grep -o '[0-9]*$'; }
    "$@" & p=$!
    until [ "$(steps)" -gt "$before" ] 2>/dev/null; do
        if ! kill -0 $p 2>/dev/null; then wait $p; exit $?; fi
        sleep 0.02
    done
    sleep $delay
    kill -KILL $p 2>/dev/null || { wait $p; exit $?; }
    now=$(date +%s.%N)
    wait $p 2>/dev/null
    [ $? = 137 ] || exit 0
    echo "$now $(stat -c %.Y clip.latents.safetensors)"
    exit 137)sh";

constexpr int k_steps = 1000;

struct KilledRun : CliFixture {
    /// A clip in the most steps there are; its size makes them long enough for 50 lives.
    [[nodiscard]] static std::vector<std::string> clip_of(const std::string& size, const std::string& output)
    {
        return generate_arguments({"--steps", std::to_string(k_steps), "--size", size, "--frames", "33", "-o", output});
    }

    /// Steps that are in the checkpoint; 0: there is none.
    [[nodiscard]] int kept_steps() const
    {
        const auto content = core::read_file(path("clip.latents.safetensors"), 64U << 20U);
        if (!content) return 0;
        const std::string key = "kinora.steps_done\":\"";
        const auto found = content->find(key);
        return found == std::string::npos ? 0 : std::stoi(content->substr(found + key.size(), 9));
    }

    /// The smallest size whose steps take so many seconds on this machine.
    [[nodiscard]] std::string size_for(double step_seconds) const
    {
        for (int side = 192; side <= 1280; side += 64) {
            const std::string size = std::to_string(side) + "x" + std::to_string(side);
            const auto measured =
                generate({"--steps", "5", "--size", size, "--frames", "33", "--json", "--overwrite", "-o", "measured/"});
            INFO(size << ": " << measured.err);
            REQUIRE(measured.exit_code == 0);
            const auto object = nlohmann::json::parse(measured.out);
            if (object["timings"]["sample"].get<double>() > 5 * step_seconds) return size;
        }
        return "1280x1280";
    }
};

}  // namespace

TEST_CASE_METHOD(KilledRun, "A run that is killed 50 times at random moments ends in the bits of one that never was",
                 "[program][slow]")
{
    const std::string size = size_for(0.13);
    const std::string program = (binary_dir() / "app/kinora-cli").string();
    auto whole = std::async(std::launch::async, [&] { return run(clip_of(size, "whole/")); });
    std::mt19937 random(5);
    std::uniform_real_distribution<double> delay(0, 0.9);
    double oldest = 0;
    int kills = 0;
    int before = 0;
    while (kills < 50) {
        INFO("kill " << kills << ", after step " << before << " of " << k_steps);
        std::vector<std::string> arguments{"-c",   k_kill_later, "sh", std::to_string(before), std::to_string(delay(random)),
                                           program};
        const auto life = before == 0
                              ? clip_of(size, "clip/")
                              : std::vector<std::string>{
                                    "generate", "--resume", "clip.latents.safetensors", "--threads", "1", "-o", "clip/"};
        arguments.insert(arguments.end(), life.begin(), life.end());
        const auto killed = run_program("sh", arguments, spawn());
        INFO(killed.err);
        REQUIRE(killed.exit_code == 137);
        double now = 0;
        double written = 0;
        REQUIRE(std::istringstream(killed.out) >> now >> written);
        oldest = std::max(oldest, now - written);
        const int kept = kept_steps();
        REQUIRE(kept > before);
        before = kept;
        ++kills;
    }
    REQUIRE(before < k_steps);
    const auto resumed = run({"generate", "--resume", "clip.latents.safetensors", "--threads", "1", "-o", "clip/"});
    INFO(resumed.err);
    REQUIRE(resumed.exit_code == 0);
    const auto unbroken = whole.get();
    REQUIRE(unbroken.exit_code == 0);
    for (int frame = 1; frame <= 33; ++frame) {
        const std::string picture = std::string(frame < 10 ? "/frame_000" : "/frame_00") + std::to_string(frame) + ".png";
        const auto made = core::read_file(path("clip" + picture), 64U << 20U);
        const auto expected = core::read_file(path("whole" + picture), 64U << 20U);
        REQUIRE(made);
        REQUIRE(expected);
        CHECK(*made == *expected);
    }
    std::printf("50 kills in a run of %d steps of %s, last resumed after %d; the oldest checkpoint was %.2f s old\n",
                k_steps, size.c_str(), before, oldest);
    // Steps are quick here, so what a kill costs is the second between two checkpoints, and what the machine is late.
    CHECK(oldest < 2.5);
}
