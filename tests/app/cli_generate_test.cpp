#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/app/cli_fixture.h"
#include "tests/paths.h"

using namespace kinora::tests;
using nlohmann::json;

namespace {

std::string content(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE_METHOD(CliFixture, "A folder takes 16-bit pictures with their recipe")
{
    const auto made = generate({"-o", "pictures/"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    CHECK(made.out.empty());
    for (const char* name : {"frame_0001.png", "frame_0005.png", "recipe.json"})
        CHECK(std::filesystem::exists(path("pictures") / name));
    CHECK_FALSE(std::filesystem::exists(path("pictures/frame_0006.png")));
    CHECK(left() == std::vector<std::string>{"pictures"});
    const auto recipe = json::parse(content(path("pictures/recipe.json")));
    CHECK(recipe["seed"] == 7);
    CHECK(recipe["frames"] == 5);
    CHECK(recipe["device"] == "cpu");
    CHECK(recipe["model_hash"].get<std::string>().size() == 64);
}

TEST_CASE_METHOD(CliFixture, "A recipe gives the same pictures again in another home, and another seed gives others")
{
    REQUIRE(generate({"-o", "first/"}).exit_code == 0);
    std::filesystem::remove_all(home());
    std::filesystem::create_directory(home());
    REQUIRE(run({"generate", "--recipe", "first", "-o", "second/"}).exit_code == 0);
    REQUIRE(run({"generate", "--recipe", "first/recipe.json", "--seed", "8", "-o", "third/"}).exit_code == 0);
    for (const char* name : {"frame_0001.png", "frame_0003.png", "frame_0005.png"}) {
        CHECK(content(path("first") / name) == content(path("second") / name));
        CHECK(content(path("first") / name) != content(path("third") / name));
    }
    CHECK(json::parse(content(path("first/recipe.json"))) == json::parse(content(path("second/recipe.json"))));
}

TEST_CASE_METHOD(CliFixture, "One JSON object tells output, recipe and the time of every stage")
{
    const auto made = generate({"-o", "pictures", "--json"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const auto told = json::parse(made.out);
    CHECK(told["output"] == "pictures");
    CHECK(told["frames"] == 5);
    CHECK(told["recipe"]["prompt"] == "a red balloon over green hills");
    for (const char* stage : {"load", "text", "sample", "decode", "write", "total"})
        CHECK(told["timings"][stage].get<double>() >= 0);
}

TEST_CASE_METHOD(CliFixture, "A seed that nobody gave is drawn and told")
{
    auto arguments = generate_arguments({"-o", "pictures"});
    const auto seed = std::find(arguments.begin(), arguments.end(), "--seed");
    arguments.erase(seed, seed + 2);
    const auto made = run(arguments);
    REQUIRE(made.exit_code == 0);
    const auto recipe = json::parse(content(path("pictures/recipe.json")));
    CHECK_THAT(made.err, Catch::Contains("Seed " + std::to_string(recipe["seed"].get<unsigned long long>()) + "\n"));
}

TEST_CASE_METHOD(CliFixture, "Without a terminal progress is told in lines on the standard error")
{
    const auto made = generate({"-o", "pictures"});
    CHECK_THAT(made.err, Catch::Contains("sampling") && Catch::Contains("decoding") && Catch::Contains("writing"));
    CHECK_THAT(made.err, !Catch::Contains("\r") && !Catch::Contains("\x1b"));
    const auto quiet = generate({"-o", "quiet", "--quiet"});
    CHECK(quiet.exit_code == 0);
    CHECK(quiet.err.empty());
}

TEST_CASE_METHOD(CliFixture, "Asking for the latents keeps them, and they make the same pictures")
{
    REQUIRE(generate({"-o", "pictures/", "--latents", "kept.safetensors"}).exit_code == 0);
    CHECK(left() == std::vector<std::string>{"kept.safetensors", "pictures"});
    const auto exported = run({"export", "kept.safetensors", "-o", "again/"});
    INFO(exported.err);
    REQUIRE(exported.exit_code == 0);
    for (const char* name : {"frame_0001.png", "frame_0005.png"})
        CHECK(content(path("pictures") / name) == content(path("again") / name));
}

TEST_CASE_METHOD(CliFixture, "A clip that begins with a picture names it in its recipe and can be repeated")
{
    REQUIRE(generate({"-o", "pictures/"}).exit_code == 0);
    const auto begun = generate({"--first-frame", "pictures/frame_0003.png", "-o", "begun/"});
    INFO(begun.err);
    REQUIRE(begun.exit_code == 0);
    const auto recipe = json::parse(content(path("begun/recipe.json")));
    REQUIRE(recipe["references"].size() == 1);
    CHECK(recipe["references"][0]["source"] == "pictures/frame_0003.png");
    CHECK(content(path("begun/frame_0004.png")) != content(path("pictures/frame_0004.png")));
    REQUIRE(run({"generate", "--recipe", "begun", "-o", "again/"}).exit_code == 0);
    CHECK(content(path("begun/frame_0004.png")) == content(path("again/frame_0004.png")));

    std::filesystem::copy_file(path("pictures/frame_0005.png"), path("pictures/frame_0003.png"),
                               std::filesystem::copy_options::overwrite_existing);
    const auto changed = run({"generate", "--recipe", "begun", "-o", "other/"});
    CHECK(changed.exit_code == 1);
    CHECK_THAT(changed.err, Catch::Contains("has changed since"));
}

TEST_CASE_METHOD(CliFixture, "Ctrl+C stops with 130 and keeps the latents of the steps that were done")
{
    spawn().interrupt_at = "sampling";
    const auto stopped = generate({"--steps", "1000", "--size", "256x256", "--sampler", "euler", "-o", "pictures/"});
    INFO(stopped.err);
    CHECK(stopped.exit_code == 130);
    CHECK_THAT(stopped.err, Catch::Contains("cancelled") && Catch::Contains("\"pictures.latents.safetensors\""));
    REQUIRE(left() == std::vector<std::string>{"pictures.latents.safetensors"});

    spawn().interrupt_at.clear();
    const auto exported = run({"export", "pictures.latents.safetensors", "-o", "unfinished/"});
    CHECK(exported.exit_code == 0);
    CHECK_THAT(exported.err, Catch::Contains("of 1000: the clip is unfinished"));
    CHECK(std::filesystem::exists(path("unfinished/frame_0005.png")));
}

TEST_CASE_METHOD(CliFixture, "generate --resume goes on from what Ctrl+C left, to the pictures of a run without a break")
{
    const auto whole = generate({"--steps", "400", "-o", "whole/"});
    REQUIRE(whole.exit_code == 0);
    spawn().interrupt_at = "sampling";
    const auto stopped = generate({"--steps", "400", "-o", "clip/"});
    REQUIRE(stopped.exit_code == 130);
    CHECK_THAT(stopped.err, Catch::Contains("--resume"));
    REQUIRE(std::filesystem::exists(path("clip.latents.safetensors")));

    spawn().interrupt_at.clear();
    const auto other = run({"generate", "--resume", "clip.latents.safetensors", "--seed", "8", "-o", "clip/"});
    CHECK(other.exit_code == 2);
    CHECK_THAT(other.err, Catch::Contains("another seed"));
    const auto resumed = run({"generate", "--resume", "clip.latents.safetensors", "-o", "clip/"});
    INFO(resumed.err);
    REQUIRE(resumed.exit_code == 0);
    CHECK_FALSE(std::filesystem::exists(path("clip.latents.safetensors")));
    for (const char* picture : {"frame_0001.png", "frame_0005.png"})
        CHECK(content(path("clip") / picture) == content(path("whole") / picture));
    CHECK(run({"generate", "--resume", "clip.latents.safetensors", "-o", "more/"}).exit_code == 1);
}

TEST_CASE_METHOD(CliFixture, "A run that is killed while it samples goes on from its last checkpoint")
{
    const std::vector<std::string> long_run{"--steps", "900",       "--size", "256x256", "--frames",
                                            "17",      "--sampler", "unipc",  "-o",      "clip/"};
    // Killed as soon as there is a checkpoint of some step: at most one is written in a second.
    const std::string kill = R"("$@" & p=$!
        until grep -qa 'kinora.steps_done":"[1-9]' clip.latents.safetensors 2>/dev/null; do kill -0 $p || exit 1; sleep 0.02; done
        kill -KILL $p; wait $p)";
    std::vector<std::string> arguments{"-c", kill, "sh", (binary_dir() / "app/kinora-cli").string()};
    const auto generation = generate_arguments(long_run);
    arguments.insert(arguments.end(), generation.begin(), generation.end());
    REQUIRE(run_program("sh", arguments, spawn()).exit_code == 137);
    const auto checkpoint = content(path("clip.latents.safetensors"));
    REQUIRE(checkpoint.find("kinora.checkpoint") != std::string::npos);
    const auto resumed = run({"generate", "--resume", "clip.latents.safetensors", "-o", "clip/"});
    INFO(resumed.err);
    REQUIRE(resumed.exit_code == 0);
    const auto whole =
        generate({"--steps", "900", "--size", "256x256", "--frames", "17", "--sampler", "unipc", "-o", "whole/"});
    REQUIRE(whole.exit_code == 0);
    for (const char* picture : {"frame_0001.png", "frame_0005.png"})
        CHECK(content(path("clip") / picture) == content(path("whole") / picture));
}

#ifdef KINORA_HAS_MEDIA

TEST_CASE_METHOD(CliFixture, "A clip is H.264 in MP4, frame-exact, tagged BT.709, and carries its recipe")
{
    const auto made = generate({"-o", "clip.mp4"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    CHECK(left() == std::vector<std::string>{"clip.mp4"});
    if (!has_program("ffprobe")) {
        WARN("ffprobe isn't installed");
        return;
    }
    const auto video = stream("clip.mp4");
    CHECK(video["codec_name"] == "h264");
    CHECK(video["nb_read_frames"] == "5");
    CHECK(video["r_frame_rate"] == "12/1");
    CHECK(video["avg_frame_rate"] == "12/1");
    CHECK(video["width"] == 64);
    CHECK(video["pix_fmt"] == "yuv420p");
    for (const char* tag : {"color_space", "color_transfer", "color_primaries"})
        CHECK(video[tag] == "bt709");
    CHECK(video["color_range"] == "tv");
}

TEST_CASE_METHOD(CliFixture, "The recipe inside an MP4 gives the same decoded frames in an empty home")
{
    REQUIRE(generate({"-o", "clip.mp4"}).exit_code == 0);
    std::filesystem::remove_all(home());
    std::filesystem::create_directory(home());
    REQUIRE(run({"generate", "--recipe", "clip.mp4", "-o", "again.mp4"}).exit_code == 0);
    REQUIRE(run({"generate", "--recipe", "clip.mp4", "--seed", "8", "-o", "seed.mp4"}).exit_code == 0);
    REQUIRE(run({"generate", "--recipe", "clip.mp4", "--prompt", "a blue boat", "-o", "prompt.mp4"}).exit_code == 0);
    if (!has_program("ffmpeg")) {
        WARN("ffmpeg isn't installed");
        return;
    }
    const std::string frames = frame_hashes("clip.mp4");
    CHECK_THAT(frames, Catch::Contains("0,          4,"));
    CHECK(frames == frame_hashes("again.mp4"));
    CHECK(frames != frame_hashes("seed.mp4"));
    CHECK(frames != frame_hashes("prompt.mp4"));
}

TEST_CASE_METHOD(CliFixture, "A preset decides codec and container, and the name's ending must agree")
{
    REQUIRE(generate({"-o", "master.mov"}).exit_code == 0);
    if (has_program("ffprobe")) CHECK(stream("master.mov")["codec_name"] == "prores");
    const auto wrong = generate({"--preset", "prores-422-hq", "-o", "master.mp4"});
    CHECK(wrong.exit_code == 2);
    CHECK_THAT(wrong.err, Catch::Contains("makes .mov files"));
}

#endif
