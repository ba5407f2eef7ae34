#include "inference/pipeline/resolve_recipe.h"

#include <catch2/catch.hpp>
#include <limits>

namespace kinora::inference {
namespace {

core::ModelCapabilities starter()
{
    core::ModelCapabilities model;
    model.model_id = "starter";
    model.name = "Starter";
    model.any_frame = model.first_frame = true;
    return model;
}

core::GenerationRequest request()
{
    core::GenerationRequest request;
    request.prompt = {{.text = "a red balloon"}};
    return request;
}

std::string refusal(const core::GenerationRequest& request, const core::ModelCapabilities& model = starter())
{
    const auto recipe = resolve_recipe(request, model);
    REQUIRE_FALSE(recipe);
    return recipe.error().message;
}

}  // namespace

TEST_CASE("a request without wishes takes the model's own values")
{
    const auto recipe = resolve_recipe(request(), starter());
    REQUIRE(recipe);
    CHECK(recipe->prompt == "a red balloon");
    CHECK(recipe->width == 320);
    CHECK(recipe->height == 192);
    CHECK(recipe->frames == 33);
    CHECK(recipe->rate == core::FrameRate(12));
    CHECK(recipe->steps == 20);
    CHECK(recipe->guidance == 4.0F);
    CHECK(recipe->shift == 3.0F);
    CHECK(recipe->sampler == "unipc");
}

TEST_CASE("a size that the model can't make becomes the nearest that it can, and the recipe says so")
{
    auto wish = request();
    wish.width = 333;
    wish.height = 190;
    const auto recipe = resolve_recipe(wish, starter());
    REQUIRE(recipe);
    CHECK(recipe->width == 320);
    CHECK(recipe->height == 192);
    REQUIRE(recipe->fallbacks.size() == 1);
    CHECK_THAT(recipe->fallbacks[0], Catch::Contains("320x192 instead of 333x190") && Catch::Contains("multiples of 32"));
    wish.width = 5;
    wish.height = 4096;
    const auto thin = resolve_recipe(wish, starter());
    REQUIRE(thin);
    CHECK(thin->width == 32);
    CHECK(thin->height == 4096);
    wish.width = 320;
    wish.height = 192;
    CHECK(resolve_recipe(wish, starter())->fallbacks.empty());
}

TEST_CASE("a size that no model can make is refused with what is possible")
{
    auto wish = request();
    wish.height = -64;
    CHECK_THAT(refusal(wish), Catch::Contains("-64") && Catch::Contains("multiples of 32"));
    wish.height = 1'000'000;
    CHECK_THAT(refusal(wish), Catch::Contains("up to 4096"));
    wish.height = std::numeric_limits<int>::max();
    CHECK_FALSE(refusal(wish).empty());
}

TEST_CASE("a length that the model can't make becomes the nearest that it can, and the recipe says so")
{
    auto wish = request();
    wish.frames = 30;
    const auto recipe = resolve_recipe(wish, starter());
    REQUIRE(recipe);
    CHECK(recipe->frames == 29);
    REQUIRE(recipe->fallbacks.size() == 1);
    CHECK_THAT(recipe->fallbacks[0], Catch::Contains("29 frames instead of 30"));
    wish.frames = 2;
    CHECK(resolve_recipe(wish, starter())->frames == 1);
    wish.frames = 96;
    CHECK(resolve_recipe(wish, starter())->frames == 97);
    wish.frames = 1;
    CHECK(resolve_recipe(wish, starter())->fallbacks.empty());
    wish.frames = 0;
    CHECK_THAT(refusal(wish), Catch::Contains("try 1."));
    wish.frames = 400;
    CHECK_THAT(refusal(wish), Catch::Contains("try 97."));
    wish.frames = std::numeric_limits<int>::min();
    CHECK_FALSE(refusal(wish).empty());
    wish.frames = std::numeric_limits<int>::max();
    CHECK_FALSE(refusal(wish).empty());
}

TEST_CASE("guidance left open is the model's own, each mode and expert with its own")
{
    auto experts = starter();
    experts.default_guidance_low = 3.0F;
    auto wish = request();
    auto recipe = resolve_recipe(wish, experts);
    REQUIRE(recipe);
    CHECK(recipe->guidance_mode == "cfg");
    CHECK(recipe->guidance == 4.0F);
    CHECK(recipe->guidance_low == 3.0F);
    wish.guidance = 6.0F;
    CHECK(resolve_recipe(wish, experts)->guidance_low == 6.0F);
    wish.guidance_low = 2.0F;
    CHECK(resolve_recipe(wish, experts)->guidance_low == 2.0F);
    wish = request();
    wish.guidance_mode = "nag";
    recipe = resolve_recipe(wish, experts);
    REQUIRE(recipe);
    CHECK(recipe->guidance == 11.0F);
    CHECK(recipe->guidance_low == 11.0F);
    CHECK(recipe->nag_tau == 2.5F);
    CHECK(recipe->nag_alpha == 0.25F);
    wish.guidance_mode = "pag";
    CHECK_THAT(refusal(wish), Catch::Contains("cfg-zero"));
    wish.guidance_mode = "nag";
    wish.nag_alpha = 1.5F;
    CHECK_THAT(refusal(wish), Catch::Contains("alpha"));
    wish.nag_alpha = 1.0F;
    wish.nag_tau = 0.5F;
    CHECK_THAT(refusal(wish), Catch::Contains("tau"));
}

TEST_CASE("a distilled sampler brings its own steps and no guidance, unless others are asked for")
{
    auto wish = request();
    wish.sampler = "lightx2v";
    auto recipe = resolve_recipe(wish, starter());
    REQUIRE(recipe);
    CHECK(recipe->steps == 4);
    CHECK(recipe->guidance == 1.0F);
    wish.sampler = "fastwan";
    CHECK(resolve_recipe(wish, starter())->steps == 3);
    wish.guidance_mode = "nag";
    CHECK(resolve_recipe(wish, starter())->guidance == 11.0F);
    wish.guidance = 2.0F;
    CHECK(resolve_recipe(wish, starter())->guidance == 2.0F);
    wish.steps = 7;
    CHECK_THAT(refusal(wish), Catch::Contains("three fixed steps"));
}

TEST_CASE("an empty prompt is refused")
{
    auto wish = request();
    wish.prompt = {{.text = "  \n"}};
    CHECK_THAT(refusal(wish), Catch::Contains("empty"));
    wish.prompt.clear();
    CHECK_THAT(refusal(wish), Catch::Contains("empty"));
}

TEST_CASE("a span's weight and time are checked")
{
    auto wish = request();
    wish.prompt = {{.text = "a boat", .first_frame = 40}};
    CHECK_THAT(refusal(wish), Catch::Contains("a boat"));
    wish.prompt = {{.text = "a boat", .first_frame = 8, .end_frame = 8}};
    CHECK_THAT(refusal(wish), Catch::Contains("a boat"));
    wish.prompt = {{.text = "a boat", .weight = std::numeric_limits<float>::quiet_NaN()}};
    CHECK_THAT(refusal(wish), Catch::Contains("weight"));
}

TEST_CASE("steps, guidance, shift and sampler are checked")
{
    auto wish = request();
    wish.steps = 0;
    CHECK_THAT(refusal(wish), Catch::Contains("steps"));
    wish = request();
    wish.guidance = -1.0F;
    CHECK_THAT(refusal(wish), Catch::Contains("guidance"));
    wish = request();
    wish.shift = std::numeric_limits<float>::infinity();
    CHECK_THAT(refusal(wish), Catch::Contains("shift"));
    wish = request();
    wish.sampler = "ddim";
    CHECK_THAT(refusal(wish), Catch::Contains("unipc"));
}

TEST_CASE("reference pictures go only into models that take them")
{
    auto wish = request();
    wish.conditioning = {{.frame = -1}};
    auto text_only = starter();
    text_only.any_frame = text_only.first_frame = false;
    CHECK_THAT(refusal(wish, text_only), Catch::Contains("text only"));
    auto first_only = starter();
    first_only.any_frame = false;
    CHECK_THAT(refusal(wish, first_only), Catch::Contains("first frame only"));
    CHECK(resolve_recipe(wish, starter()));
}

TEST_CASE("a model that works from pictures says which ones it needs, and which models can do without")
{
    auto from_picture = starter();
    from_picture.any_frame = false;
    from_picture.needs_first_frame = true;
    auto wish = request();
    CHECK_THAT(refusal(wish, from_picture), Catch::Contains("first frame") && Catch::Contains("text-to-video"));
    wish.conditioning = {{.frame = 0}};
    CHECK(resolve_recipe(wish, from_picture));
    wish.conditioning = {{.frame = 0}, {.frame = -1}};
    CHECK_THAT(refusal(wish, from_picture), Catch::Contains("first frame only") && Catch::Contains("first-and-last-frame"));

    auto between = from_picture;
    between.last_frame = between.needs_last_frame = true;
    CHECK(resolve_recipe(wish, between));
    wish.conditioning = {{.frame = 0}, {.frame = 32}};
    CHECK(resolve_recipe(wish, between));
    wish.conditioning = {{.frame = 0}, {.frame = 16}};
    CHECK_THAT(refusal(wish, between), Catch::Contains("first and the last frame only"));
    wish.conditioning = {{.frame = 0}};
    CHECK_THAT(refusal(wish, between), Catch::Contains("last frame too"));
}

TEST_CASE("a LoRA file that isn't there is named before the work")
{
    auto wish = request();
    wish.loras = {{.file = "style.safetensors"}};
    CHECK_THAT(refusal(wish), Catch::Contains("no LoRA file \"style.safetensors\""));
    wish.loras = {{.file = "/dev/null"}};
    CHECK_THAT(refusal(wish), Catch::Contains("no LoRA file"));
}

}  // namespace kinora::inference
