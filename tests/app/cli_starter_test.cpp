// The model that Kinora comes with, at its usual size: skipped in a checkout that has none yet.
#include <catch2/catch.hpp>

#include "tests/app/cli_fixture.h"
#include "tests/paths.h"

using namespace kinora::tests;
using nlohmann::json;

namespace {

bool starter_is_there()
{
    return std::filesystem::exists(source_dir() / "resources" / "models" / "starter" / "model_index.json");
}

constexpr const char* k_prompt = "a red balloon rises over green hills at sunset, slow pan right";

}  // namespace

#ifdef KINORA_HAS_MEDIA

TEST_CASE_METHOD(CliFixture, "The starter makes 33 frames of H.264 at 12 fps from a prompt, the same ones every time")
{
    if (!starter_is_there()) {
        WARN("there is no starter model in this checkout");
        return;
    }
    const auto made = run({"generate", "--prompt", k_prompt, "--seed", "7", "-o", "clip.mp4", "--json"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    CHECK_FALSE(json::parse(made.out).contains("hint"));
    REQUIRE(run({"generate", "--prompt", k_prompt, "--seed", "7", "-o", "again.mp4"}).exit_code == 0);
    if (!has_program("ffmpeg") || !has_program("ffprobe")) {
        WARN("ffmpeg isn't installed");
        return;
    }
    const auto video = stream("clip.mp4");
    CHECK(video["codec_name"] == "h264");
    CHECK(video["nb_read_frames"] == "33");
    CHECK(video["r_frame_rate"] == "12/1");
    CHECK(video["width"] == 320);
    CHECK(video["height"] == 192);
    CHECK(video["color_space"] == "bt709");
    CHECK(frame_hashes("clip.mp4") == frame_hashes("again.mp4"));
}

#endif

TEST_CASE_METHOD(CliFixture, "A prompt far from what the starter knows gets a hint what it does know")
{
    if (!starter_is_there()) {
        WARN("there is no starter model in this checkout");
        return;
    }
    const auto far = run({"generate", "--prompt", "quarterly accounting spreadsheet meeting", "--frames", "1", "--steps",
                          "1", "-o", "pictures/", "--json"});
    INFO(far.err);
    REQUIRE(far.exit_code == 0);
    CHECK_THAT(json::parse(far.out)["hint"].get<std::string>(), Catch::Contains("balloon"));
    CHECK_THAT(far.err, Catch::Contains("The starter knows"));
}

TEST_CASE_METHOD(CliFixture, "The starter is listed as built in")
{
    if (!starter_is_there()) {
        WARN("there is no starter model in this checkout");
        return;
    }
    const auto listed = json::parse(run({"models", "list", "--json"}).out)["models"];
    REQUIRE_FALSE(listed.empty());
    CHECK(listed[0]["id"] == "starter");
    CHECK_FALSE(listed[0].contains("problem"));
}
