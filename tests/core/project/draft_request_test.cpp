#include "core/project/draft_request.h"

#include <catch2/catch.hpp>

using namespace kinora::core;

namespace {

const std::filesystem::path k_file = "models/starter/draft.safetensors";

ModelCapabilities model()
{
    ModelCapabilities model;
    model.model_id = "starter";
    model.draft = k_file;
    return model;
}

Shot shot_with(const std::string& prompt)
{
    Shot shot;
    shot.prompt = prompt;
    shot.settings.seed = 7;
    return shot;
}

GenerationRequest drafted(const Shot& shot, const Wildcards& wildcards = {})
{
    const auto request = draft_request(Project(), shot, model(), wildcards);
    REQUIRE(request);
    return *request;
}

}  // namespace

TEST_CASE("A draft has the shot's seed, size and prompt, and samples as the draft's file says")
{
    Shot shot = shot_with("a red balloon");
    shot.settings.width = 320;
    shot.settings.height = 192;
    shot.settings.steps = 40;
    shot.settings.guidance = 6.0F;
    shot.settings.guidance_mode = "nag";
    shot.settings.sampler = "dpmpp";
    shot.settings.shift = 9.0F;
    shot.settings.enhance.upscale = 2;
    shot.settings.loras = {{"own.safetensors", 0.5F}};
    const auto request = drafted(shot);
    CHECK(request.seed == 7);
    CHECK(request.width == 320);
    CHECK(request.height == 192);
    CHECK(request.frames == 33);
    REQUIRE(request.prompt.size() == 1);
    CHECK(request.prompt.front().text == "a red balloon");
    CHECK_FALSE(request.steps);
    CHECK_FALSE(request.guidance);
    CHECK_FALSE(request.guidance_mode);
    CHECK_FALSE(request.sampler);
    CHECK_FALSE(request.shift);
    CHECK_FALSE(request.enhance.wanted());
    // The draft first, so that its few steps are taken; what the artist chose acts beside it.
    REQUIRE(request.loras.size() == 2);
    CHECK(request.loras[0].file == k_file);
    CHECK(request.loras[1].file == "own.safetensors");
    CHECK(request.latents_file.empty());
}

TEST_CASE("A draft is short: a longer shot's is its beginning, and what comes later is left out")
{
    Shot shot = shot_with("[0-2s] a red boat [2-4s] a blue boat");
    shot.settings.frames = 49;
    shot.settings.references = {{0, "first.png", ""}, {40, "late.png", ""}, {-1, "last.png", ""}};
    const auto request = drafted(shot);
    CHECK(request.frames == k_draft_frames);
    REQUIRE(request.prompt.size() == 2);
    CHECK(request.prompt[0].end_frame == 24);
    CHECK(request.prompt[1].first_frame == 24);
    CHECK(request.prompt[1].end_frame <= k_draft_frames);
    REQUIRE(request.conditioning.size() == 2);
    CHECK(request.conditioning[0].source == "first.png");
    CHECK(request.conditioning[1].source == "last.png");

    shot.settings.frames = 17;
    shot.prompt = "a red boat";
    CHECK(drafted(shot).frames == 17);
    shot.settings.frames = 30;
    CHECK(drafted(shot).frames == 29);

    shot.settings.frames = 97;
    shot.prompt = "[4-6s] a blue boat";
    CHECK(draft_request(Project(), shot, model(), {}).error().kind == ErrorKind::invalid_argument);
}

TEST_CASE("A shot that is much larger than its model's usual size is drawn smaller, in its shape")
{
    Shot shot = shot_with("a red boat");
    shot.settings.width = 1280;
    shot.settings.height = 704;
    const auto request = drafted(shot);
    REQUIRE(request.width);
    REQUIRE(request.height);
    CHECK(*request.width % 32 == 0);
    CHECK(*request.height % 32 == 0);
    CHECK(*request.width * *request.height <= 1.5 * 320 * 192);
    CHECK(*request.width > *request.height);

    shot.settings.width = 192;
    shot.settings.height = 320;
    CHECK(drafted(shot).width == 192);
}

TEST_CASE("Of variants the first is drawn, with a locked seed the one that a take will have")
{
    Wildcards wildcards;
    wildcards.lines["place"] = {"green hills", "a city"};
    Shot shot = shot_with("a {red|blue|white|green|pink} boat, __place__");
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        shot.settings.seed = seed;
        CHECK(drafted(shot, wildcards).prompt.front().text == "a red boat, green hills");
        shot.settings.seed_mode = SeedMode::locked;
        const auto take = shot_request(Project(), shot, model(), wildcards, seed);
        REQUIRE(take);
        CHECK(drafted(shot, wildcards).prompt == take->prompt);
        shot.settings.seed_mode = SeedMode::roll;
    }
}

TEST_CASE("Words of the cast and the project stand in a draft too")
{
    Project project;
    project.settings.variables["hero"] = "a red balloon";
    project.settings.common_prompt = "paper cut";
    const auto request = draft_request(project, shot_with("$hero rises"), model(), {});
    REQUIRE(request);
    REQUIRE(request->prompt.size() == 1);
    CHECK(request->prompt.front().text == "a red balloon rises, paper cut");
}

TEST_CASE("There is no draft of a blank or a wrong prompt, nor by a model without one")
{
    CHECK(draft_request(Project(), shot_with("  \n"), model(), {}).error().kind == ErrorKind::invalid_argument);
    CHECK(draft_request(Project(), shot_with("a {red|blue boat"), model(), {}).error().kind == ErrorKind::invalid_argument);
    ModelCapabilities slow = model();
    slow.draft.clear();
    CHECK(draft_request(Project(), shot_with("a boat"), slow, {}).error().kind == ErrorKind::unsupported);
}
