#include <catch2/catch.hpp>

#include "core/base/run_program.h"
#include "core/runtime/gpu_build.h"

using namespace kinora;

namespace {

core::GraphicsCard nvidia(const std::string& driver, int capability)
{
    return {"NVIDIA GeForce RTX 4090", "NVIDIA", driver, capability, 24.0};
}

}  // namespace

TEST_CASE("what nvidia-smi prints becomes cards, and lines that make no sense are left out")
{
    const auto cards = core::parse_nvidia_smi(
        "NVIDIA GeForce RTX 4090, 580.95.05, 8.9, 24564\nNVIDIA T400, 535.183.01, 7.5, [N/A]\n"
        "Failed to initialize NVML: Driver/library version mismatch\nodd, 1.2, x, 3\n, 580.1, 8.0, 1\n");
    REQUIRE(cards.size() == 3);
    CHECK(cards[0].name == "NVIDIA GeForce RTX 4090");
    CHECK(cards[0].driver == "580.95.05");
    CHECK(cards[0].capability == 89);
    CHECK(cards[0].memory_gb == Approx(25.757).epsilon(0.001));
    CHECK(cards[1].memory_gb == 0);
    CHECK(cards[2].capability == 0);
}

TEST_CASE("the build that fits card and driver is advised, with the reason")
{
    const auto newest = core::advise_gpu_build({nvidia("580.95.05", 89)});
    REQUIRE(newest.build);
    CHECK(newest.build->id == "cuda-13.0");
    CHECK_THAT(newest.reason, Catch::Contains("RTX 4090") && Catch::Contains("580.95.05"));

    const auto older_driver = core::advise_gpu_build({nvidia("535.183.01", 89)});
    REQUIRE(older_driver.build);
    CHECK(older_driver.build->id == "cuda-12.6");
    CHECK_THAT(older_driver.reason, Catch::Contains("CUDA 13.0 needs driver 580 or newer, this is 535.183.01"));

    const auto older_card = core::advise_gpu_build({nvidia("580.95.05", 61)});
    REQUIRE(older_card.build);
    CHECK(older_card.build->id == "cuda-12.6");
    CHECK_THAT(older_card.reason, Catch::Contains("compute capability 7.5"));

    CHECK_FALSE(core::advise_gpu_build({nvidia("470.10", 89)}).build);
    CHECK_FALSE(core::advise_gpu_build({nvidia("580.95.05", 35)}).build);
}

TEST_CASE("without a card that can be used the reason says what stands in the way")
{
    CHECK_THAT(core::advise_gpu_build({}).reason, Catch::Contains("No graphics card"));
    CHECK_THAT(core::advise_gpu_build({{"AMD graphics", "AMD", {}, 0, 0}}).reason, Catch::Contains("AMD graphics"));
    const auto asleep = core::advise_gpu_build({{"NVIDIA graphics", "NVIDIA", {}, 0, 0}});
    CHECK_FALSE(asleep.build);
    CHECK_THAT(asleep.reason, Catch::Contains("driver doesn't answer"));
}

TEST_CASE("every build tells why no card can run it, or nothing")
{
    const auto& newest = core::gpu_builds().front();
    CHECK_THAT(core::gpu_build_obstacle({}, newest), Catch::Contains("needs a card of NVIDIA's"));
    CHECK_THAT(core::gpu_build_obstacle({{"NVIDIA graphics", "NVIDIA", {}, 0, 0}}, newest), Catch::Contains("driver 580"));
    CHECK_THAT(core::gpu_build_obstacle({nvidia("550.10", 89)}, newest), Catch::Contains("this is 550"));
    CHECK(core::gpu_build_obstacle({nvidia("580.10", 89)}, newest).empty());
}

TEST_CASE("another program's output and end are told, and one that isn't there is named")
{
    const auto said = core::run_program({"sh", "-c", "echo out $NAME; echo err >&2; exit 7"}, {"NAME=value"});
    REQUIRE(said);
    CHECK(said->exit_code == 7);
    CHECK(said->out == "out value\n");
    CHECK(said->err == "err\n");
    const auto much = core::run_program({"head", "-c", "3000000", "/dev/zero"});
    REQUIRE(much);
    CHECK(much->out.size() == 3000000);
    const auto killed = core::run_program({"sh", "-c", "kill -9 $$"});
    REQUIRE(killed);
    CHECK(killed->exit_code == 137);
    const auto missing = core::run_program({"kinora-has-no-such-program"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    CHECK_THAT(missing.error().message, Catch::Contains("kinora-has-no-such-program"));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = core::run_program({"sleep", "600"}, {}, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == core::ErrorKind::cancelled);
}
