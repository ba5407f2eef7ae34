// The verbs as people type them, with a model small enough to run in a moment.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "tests/app/cli_fixture.h"
#include "tests/paths.h"

using namespace kinora::tests;
using nlohmann::json;

namespace {

std::string read_file(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> verb(const std::string& name, const std::vector<std::string>& more)
{
    std::vector<std::string> arguments{name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.insert(arguments.end(), {"--threads", "1"});
    return arguments;
}

}  // namespace

TEST_CASE_METHOD(CliFixture, "Latents are remixed and varied, and the recipe tells of what")
{
    REQUIRE(generate({"-o", "first/", "--latents", "first.safetensors"}).exit_code == 0);
    const auto remix = run(verb("remix", {"first.safetensors", "--prompt", "a blue boat", "--strength", "0.5", "--seed", "3",
                                          "-o", "remix/", "--json"}));
    INFO(remix.err);
    REQUIRE(remix.exit_code == 0);
    const auto told = json::parse(remix.out)["recipe"];
    CHECK(told["prompt"] == "a blue boat");
    CHECK(told["origin"]["verb"] == "remix");
    CHECK(told["origin"]["source"] == "first.safetensors");
    CHECK(told["origin"]["strength"] == 0.5);
    CHECK(told["origin"]["sha256"].get<std::string>().size() == 64);
    // The recipe repeats it, and notices another source.
    REQUIRE(run({"generate", "--recipe", "remix", "-o", "again/", "--threads", "1"}).exit_code == 0);
    REQUIRE(generate({"-o", "other/", "--seed", "8", "--latents", "other.safetensors"}).exit_code == 0);
    std::filesystem::copy_file(path("other.safetensors"), path("first.safetensors"),
                               std::filesystem::copy_options::overwrite_existing);
    const auto changed = run({"generate", "--recipe", "remix", "-o", "third/"});
    CHECK(changed.exit_code == 1);
    CHECK_THAT(changed.err, Catch::Contains("has changed since"));

    const auto varied = run(verb("vary", {"other.safetensors", "-n", "2", "--seed", "5", "-o", "vary.d/"}));
    INFO(varied.err);
    REQUIRE(varied.exit_code == 0);
    for (const char* folder : {"vary.d-1", "vary.d-2"})
        CHECK(std::filesystem::exists(path(folder) / "frame_0001.png"));
}

TEST_CASE_METHOD(CliFixture, "A remix is made on its clip's own noise unless another seed is asked for")
{
    REQUIRE(generate({"-o", "first/", "--seed", "7", "--latents", "first.safetensors"}).exit_code == 0);
    const auto seed_of = [this](const std::string& name, const std::vector<std::string>& more) {
        const auto done = run(verb(name, more));
        INFO(done.err);
        REQUIRE(done.exit_code == 0);
        return json::parse(done.out)["recipe"]["seed"].get<int>();
    };
    CHECK(seed_of("remix", {"first.safetensors", "--prompt", "a blue boat", "-o", "a/", "--json"}) == 7);
    CHECK(seed_of("remix", {"first.safetensors", "--prompt", "a blue boat", "--seed", "9", "-o", "b/", "--json"}) == 9);
    CHECK(seed_of("vary", {"first.safetensors", "-o", "c/", "--json"}) != 7);
}

TEST_CASE_METHOD(CliFixture, "A clip begins where another ends")
{
    REQUIRE(generate({"-o", "first/", "--latents", "first.safetensors"}).exit_code == 0);
    const auto next = generate({"--after", "first.safetensors", "-o", "next/", "--json"});
    INFO(next.err);
    REQUIRE(next.exit_code == 0);
    const auto references = json::parse(next.out)["recipe"]["references"];
    REQUIRE(references.size() == 1);
    CHECK(references[0]["frame"] == 0);
    CHECK_THAT(references[0]["source"].get<std::string>(), Catch::EndsWith("first.safetensors"));
    CHECK(generate({"--after", "first.safetensors", "--first-frame", "a.png", "-o", "x/"}).exit_code == 2);
    CHECK_THAT(generate({"--after", "nowhere.mp4", "-o", "x/"}).err, Catch::Contains("nowhere.mp4"));
}

TEST_CASE_METHOD(CliFixture, "A model that can't do a verb is named, and so is one that can")
{
    REQUIRE(generate({"-o", "first/", "--latents", "first.safetensors"}).exit_code == 0);
    for (const char* name : {"loop", "recut"}) {
        std::vector<std::string> more{"first.safetensors", "-o", "out/"};
        if (std::string(name) == "recut") more.insert(more.end(), {"--keep", "0:3"});
        const auto refused = run(verb(name, more));
        INFO(refused.err);
        CHECK(refused.exit_code == 1);
        CHECK_THAT(refused.err, Catch::Contains("can't"));
        if (std::filesystem::exists(source_dir() / "resources" / "models" / "starter" / "model_index.json"))
            CHECK_THAT(refused.err, Catch::Contains("Kinora starter"));
    }
    // It begins with a given picture, so it can go on from a clip.
    const auto extended = run(verb("extend", {"first.safetensors", "--by", "4", "-o", "longer/", "--json"}));
    INFO(extended.err);
    REQUIRE(extended.exit_code == 0);
    CHECK(json::parse(extended.out)["frames"] == 9);
    CHECK(std::filesystem::exists(path("longer/frame_0009.png")));
}

TEST_CASE_METHOD(CliFixture, "Mistakes with verbs are told in a sentence before the work")
{
    CHECK(run(verb("loop", {"nothing.safetensors", "-o", "out/"})).exit_code == 1);
    CHECK(run(verb("recut", {"nothing.safetensors", "-o", "out/"})).exit_code == 2);
    REQUIRE(generate({"-o", "first/", "--latents", "first.safetensors"}).exit_code == 0);
    const auto strength = run(verb("remix", {"first.safetensors", "--strength", "1.5", "-o", "out/"}));
    CHECK(strength.exit_code != 0);
    CHECK_THAT(strength.err, Catch::Contains("strength"));
    CHECK_FALSE(std::filesystem::exists(path("out")));
}

#ifdef KINORA_HAS_MEDIA

namespace {

struct FilmFixture : CliFixture {
    /// A project of two shots with a take each, which have clips and latents.
    void make_film() const
    {
        auto opened = kinora::core::create_project(path("Film"), {"Film", kinora::core::FrameRate(24), 64, 64});
        REQUIRE(opened);
        for (const char* id : {"firsttaketake", "secondtaketake"}) {
            auto take = opened->store.new_take(id);
            REQUIRE(take);
            const auto in_project = [&](const std::string& file) { return (path("Film") / file).string(); };
            const auto made = generate(
                {"-o", in_project(take->clip), "--latents", in_project(take->latents), "--seed", id[0] == 'f' ? "3" : "4"});
            INFO(made.err);
            REQUIRE(made.exit_code == 0);
            take->frames = 5;
            take->rate = kinora::core::FrameRate(12);
            take->width = take->height = 64;
            auto shot = kinora::core::make_shot("a red balloon");
            kinora::core::add_take(shot, *take, kinora::core::Selection::select);
            opened->project.shots.emplace_back(shot);
        }
        REQUIRE(opened->store.save(opened->project));
    }
};

}  // namespace

TEST_CASE_METHOD(FilmFixture, "Verbs take a shot of a project, a take's folder or its latents alike")
{
    make_film();
    const auto exact = json::parse(run(verb("extend", {"Film/takes/firsttaketake/latents.safetensors", "--by", "4", "--seed",
                                                       "5", "-o", "a/", "--json"}))
                                       .out);
    REQUIRE(exact.contains("recipe"));
    for (const char* named : {"Film:1", "Film:1/1", "Film/takes/firsttaketake"}) {
        const auto made = run(verb("extend", {named, "--by", "4", "--seed", "5", "-o", "b/", "--overwrite", "--json"}));
        INFO(named << made.err);
        REQUIRE(made.exit_code == 0);
        const auto told = json::parse(made.out)["recipe"];
        CHECK(told["origin"]["sha256"] == exact["recipe"]["origin"]["sha256"]);
        CHECK(told["seed"] == 5);
        CHECK(read_file(path("a/frame_0009.png")) == read_file(path("b/frame_0009.png")));
    }
    for (const char* wrong : {"Film:3", "Film:1/2", "Film", "Film:0"}) {
        const auto refused = run(verb("extend", {wrong, "-o", "c/"}));
        INFO(wrong << refused.err);
        CHECK(refused.exit_code == 1);
        CHECK_THAT(refused.err, Catch::Contains("Film"));
        CHECK_FALSE(std::filesystem::exists(path("c")));
    }
    CHECK_THAT(run(verb("extend", {"Film:3", "-o", "c/"})).err, Catch::Contains("has 2 shots"));
    CHECK_THAT(run(verb("extend", {"Film", "-o", "c/"})).err, Catch::Contains("Film:1"));
}

TEST_CASE_METHOD(CliFixture, "A recipe tells what was done to the finished clip, and does it again")
{
    REQUIRE(generate({"--upscale", "2x", "--interpolate", "24", "-o", path("clip.mp4").string()}).exit_code == 0);
    const auto again = run({"generate", "--recipe", "clip.mp4", "-o", "again.mp4", "--threads", "1", "--json"});
    INFO(again.err);
    REQUIRE(again.exit_code == 0);
    const auto told = json::parse(again.out);
    CHECK(told["recipe"]["enhance"]["upscale"] == "2x");
    CHECK(told["width"] == 128);
    CHECK(told["frames"] == 10);
    CHECK(frame_hashes("again.mp4") == frame_hashes("clip.mp4"));
    // Another size outweighs the recipe's.
    REQUIRE(run({"generate", "--recipe", "clip.mp4", "--upscale", "4x", "-o", "larger.mp4", "--threads", "1"}).exit_code ==
            0);
    CHECK(stream("larger.mp4")["width"] == 256);
    CHECK(stream("larger.mp4")["avg_frame_rate"] == "24/1");
    // What is made of such a clip begins with the clip before it was enlarged.
    const auto longer = run(verb("extend", {"clip.mp4", "--by", "4", "-o", "longer.mp4", "--json"}));
    INFO(longer.err);
    REQUIRE(longer.exit_code == 0);
    CHECK(json::parse(longer.out)["recipe"]["width"] == 64);
    CHECK(json::parse(longer.out)["recipe"]["frames"] == 9);
    CHECK(stream("longer.mp4")["width"] == 128);
    // enhance tells it too.
    REQUIRE(generate({"-o", path("plain.mp4").string()}).exit_code == 0);
    REQUIRE(run({"enhance", "plain.mp4", "large.mp4", "--upscale", "2x", "--threads", "1"}).exit_code == 0);
    REQUIRE(run({"generate", "--recipe", "large.mp4", "-o", "repeated.mp4", "--threads", "1"}).exit_code == 0);
    CHECK(stream("repeated.mp4")["width"] == 128);
}

TEST_CASE_METHOD(CliFixture, "A clip of the starter is looped, extended and blended on the command line", "[slow]")
{
    if (!std::filesystem::exists(source_dir() / "resources" / "models" / "starter" / "model_index.json")) {
        WARN("there is no starter model in this checkout");
        return;
    }
    const std::vector<std::string> quick{"--steps", "6", "--seed", "2"};
    const auto with = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), quick.begin(), quick.end());
        const auto finished = run(arguments);
        INFO(finished.err);
        REQUIRE(finished.exit_code == 0);
    };
    with({"generate", "--prompt", "a red balloon over green hills at sunset", "-o", "a.mp4", "--latents",
          "a.latents.safetensors"});
    with({"generate", "--prompt", "a white boat on the sea at noon", "-o", "b.mp4"});
    with({"loop", "a.mp4", "-o", "loop.mp4"});
    with({"extend", "b.mp4", "-o", "longer.mp4"});
    with({"extend", "b.mp4", "--before", "--by", "8", "-o", "earlier.mp4"});
    with({"blend", "a.mp4", "b.mp4", "-o", "blend.mp4"});
    with({"recut", "a.mp4", "--keep", "0:17", "-o", "recut.mp4"});
    with({"remix", "a.mp4", "--prompt", "a red balloon over green hills at night", "-o", "remix.mp4"});
    with({"vary", "a.mp4", "-n", "2", "-o", "vary.mp4"});
    // Latents are as good as a video.
    with({"blend", "a.latents.safetensors", "b.mp4", "-o", "exact.mp4"});
    CHECK(stream("loop.mp4")["nb_read_frames"] == "33");
    CHECK(stream("longer.mp4")["nb_read_frames"] == "49");
    CHECK(stream("earlier.mp4")["nb_read_frames"] == "41");
    CHECK(stream("blend.mp4")["nb_read_frames"] == "33");
    CHECK(stream("exact.mp4")["nb_read_frames"] == "33");
    CHECK(stream("vary-2.mp4")["nb_read_frames"] == "33");
    // A blend's recipe names stretches of two clips, and repeats it.
    REQUIRE(run({"generate", "--recipe", "blend.mp4", "-o", "again.mp4"}).exit_code == 0);
    CHECK(frame_hashes("again.mp4") == frame_hashes("blend.mp4"));
    REQUIRE(run({"generate", "--recipe", "exact.mp4", "-o", "exact-again.mp4"}).exit_code == 0);
    CHECK(frame_hashes("exact-again.mp4") == frame_hashes("exact.mp4"));
}

#endif
