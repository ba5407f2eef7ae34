#include <catch2/catch.hpp>

#include "tests/app/cli_fixture.h"

using namespace kinora::tests;

#ifdef KINORA_HAS_MEDIA

TEST_CASE_METHOD(CliFixture, "generate enlarges and interpolates on the way into the file")
{
    const auto made = generate({"--upscale", "2x", "--interpolate", "24", "--json", "-o", path("clip.mp4").string()});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const auto stream = this->stream("clip.mp4");
    CHECK(stream["width"] == 128);
    CHECK(stream["height"] == 128);
    CHECK(stream["avg_frame_rate"] == "24/1");
    CHECK(stream["nb_read_frames"] == "10");
    const auto told = nlohmann::json::parse(made.out);
    CHECK(told["frames"] == 10);
    CHECK(told["recipe"]["frames"] == 5);  // the recipe is that of the clip itself
    CHECK(left() == std::vector<std::string>{"clip.mp4"});
}

TEST_CASE_METHOD(CliFixture, "enhance makes a ten-bit master of any clip, with its recipe")
{
    REQUIRE(generate({"-o", path("clip.mp4").string()}).exit_code == 0);
    const auto made = run({"enhance", path("clip.mp4").string(), path("master.mov").string(), "--upscale", "720p",
                           "--interpolate", "23.976", "--preset", "prores-422-hq", "--threads", "1", "--json"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const auto stream = this->stream("master.mov");
    CHECK(stream["width"] == 720);
    CHECK(stream["height"] == 720);
    CHECK(stream["avg_frame_rate"] == "24000/1001");
    CHECK(stream["pix_fmt"] == "yuv422p10le");
    const auto repeated = run({"generate", "--recipe", path("master.mov").string(), "-o", path("again.mp4").string()});
    INFO(repeated.err);
    CHECK(repeated.exit_code == 0);
}

TEST_CASE_METHOD(CliFixture, "enhance tells in one sentence what is wrong, and leaves nothing behind")
{
    REQUIRE(generate({"-o", path("clip.mp4").string()}).exit_code == 0);
    const auto refused = [&](std::vector<std::string> more, int code, const std::string& word) {
        std::vector<std::string> arguments{"enhance", path("clip.mp4").string(), path("out.mp4").string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto finished = run(arguments);
        INFO(finished.err);
        CHECK(finished.exit_code == code);
        CHECK(finished.err.find(word) != std::string::npos);
        CHECK(left() == std::vector<std::string>{"clip.mp4"});
    };
    refused({}, 2, "--upscale");
    refused({"--upscale", "huge"}, 2, "1080p");
    refused({"--interpolate", "fast"}, 2, "23.976");
    refused({"--upscale", "2x", "--upscaler", path("nowhere.pth").string()}, 1, "nowhere.pth");
    refused({"--upscale", "2x", "--upscaler", path("clip.mp4").string()}, 1, "clip.mp4");
}

#endif
