#include "core/generation/recipe_json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace kinora::core {
namespace {

Recipe full_recipe()
{
    Recipe recipe;
    recipe.prompt = "a (red:1.3) balloon über Hügeln";
    recipe.spans = {{.text = "a "}, {.text = "red", .weight = 1.3F, .first_frame = 4, .end_frame = 17}};
    recipe.negative_prompt = "blurred";
    recipe.model_id = "starter";
    recipe.model_hash = "ab12";
    recipe.width = 320;
    recipe.height = 192;
    recipe.frames = 33;
    recipe.rate = FrameRate(24000, 1001);
    recipe.steps = 20;
    recipe.guidance = 4.5F;
    recipe.guidance_mode = "nag";
    recipe.guidance_low = 3.5F;
    recipe.nag_tau = 2.0F;
    recipe.nag_alpha = 0.5F;
    recipe.sampler = "unipc";
    recipe.shift = 3.0F;
    recipe.seed = 18446744073709551615ULL;
    recipe.loras = {{.file = "löra.safetensors", .weight = 0.7F}};
    recipe.references = {{.frame = -1, .source = "last.png", .sha256 = "cd"}};
    recipe.device = "cpu";
    recipe.dtype = "bfloat16";
    recipe.decoder_dtype = "bfloat16";
    recipe.route = "whole-clip";
    recipe.threads = 2;
    recipe.tiling = "none";
    recipe.stop_after = 7;
    recipe.step_cache = "balanced";
    recipe.fallbacks = {"Decoded in tiles, since memory ran out."};
    recipe.engine_version = "0.1.0";
    return recipe;
}

}  // namespace

TEST_CASE("a recipe survives the way to JSON text and back unchanged")
{
    const Recipe recipe = full_recipe();
    const auto back = recipe_from_json(nlohmann::json::parse(to_json(recipe).dump()));
    REQUIRE(back);
    CHECK(*back == recipe);
}

TEST_CASE("a recipe with unknown keys is read")
{
    auto json = to_json(full_recipe());
    json["from_the_future"] = {1, 2, 3};
    const auto back = recipe_from_json(json);
    REQUIRE(back);
    CHECK(*back == full_recipe());
}

TEST_CASE("a recipe that lacks its model or size is refused with the key's name")
{
    for (const char* key : {"model", "width", "height", "frames", "rate", "steps"}) {
        auto json = to_json(full_recipe());
        json.erase(key);
        const auto back = recipe_from_json(json);
        REQUIRE_FALSE(back);
        CHECK(back.error().kind == ErrorKind::corrupt);
        CHECK_THAT(back.error().message, Catch::Contains(std::string("\"") + key + "\""));
    }
}

TEST_CASE("a recipe with impossible values is refused with the key's name")
{
    const std::pair<const char*, nlohmann::json> wrong[] = {{"width", -320},
                                                            {"width", 1e300},
                                                            {"frames", 3.5},
                                                            {"frames", "33"},
                                                            {"rate", "12/0"},
                                                            {"rate", "fast"},
                                                            {"rate", 12.5},
                                                            {"steps", 0},
                                                            {"seed", -1},
                                                            {"seed", 1.5},
                                                            {"guidance", nullptr},
                                                            {"guidance_low", -1},
                                                            {"nag_alpha", 2},
                                                            {"prompt", 7},
                                                            {"spans", "text"},
                                                            {"spans", {1}},
                                                            {"fallbacks", {1}},
                                                            {"loras", {{{"weight", "heavy"}}}},
                                                            {"references", {{{"frame", -2}}}}};
    for (const auto& [key, value] : wrong) {
        auto json = to_json(full_recipe());
        json[key] = value;
        INFO(key << " = " << value.dump());
        const auto back = recipe_from_json(json);
        REQUIRE_FALSE(back);
        CHECK_THAT(back.error().message, Catch::Contains(key));
    }
    CHECK_FALSE(recipe_from_json(nlohmann::json::array()));
    CHECK_FALSE(recipe_from_json(nullptr));
}

TEST_CASE("a recipe of a newer format is refused and says so")
{
    auto json = to_json(full_recipe());
    json["format"] = 2;
    const auto back = recipe_from_json(json);
    REQUIRE_FALSE(back);
    CHECK(back.error().kind == ErrorKind::unsupported);
}

TEST_CASE("a whole number is taken as a frame rate")
{
    auto json = to_json(full_recipe());
    json["rate"] = 12;
    const auto back = recipe_from_json(json);
    REQUIRE(back);
    CHECK(back->rate == FrameRate(12));
}

TEST_CASE("the request made from a recipe leaves nothing to default")
{
    const Recipe recipe = full_recipe();
    const auto request = request_from_recipe(recipe);
    REQUIRE(request);
    CHECK(request->prompt == recipe.spans);
    CHECK(request->width == 320);
    CHECK(request->height == 192);
    CHECK(request->frames == 33);
    CHECK(request->rate == recipe.rate);
    CHECK(request->steps == 20);
    CHECK(request->guidance == 4.5F);
    CHECK(request->sampler == "unipc");
    CHECK(request->shift == 3.0F);
    CHECK(request->seed == recipe.seed);
    CHECK(request->device == "cpu");
    CHECK(request->dtype == "bfloat16");
    REQUIRE(request->conditioning.size() == 1);
    CHECK(request->conditioning[0].frame == -1);
    CHECK(request->conditioning[0].source == "last.png");
    CHECK(request->latents_file.empty());
    CHECK_FALSE(request_from_recipe(Recipe{}));
}

}  // namespace kinora::core
