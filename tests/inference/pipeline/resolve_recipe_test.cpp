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

TEST_CASE("an impossible size is refused with the nearest possible ones")
{
    auto wish = request();
    wish.height = 190;
    CHECK_THAT(refusal(wish), Catch::Contains("190") && Catch::Contains("multiples of 32") && Catch::Contains("160 or 192"));
    wish.height = 5;
    CHECK_THAT(refusal(wish), Catch::Contains("try 32."));
    wish.height = -64;
    CHECK_THAT(refusal(wish), Catch::Contains("try 32."));
    wish.height = 1'000'000;
    CHECK_THAT(refusal(wish), Catch::Contains("try 4096."));
    wish.height = 192;
    wish.width = 333;
    CHECK_THAT(refusal(wish), Catch::Contains("width 333") && Catch::Contains("320 or 352"));
}

TEST_CASE("an impossible length is refused with the nearest possible ones")
{
    auto wish = request();
    wish.frames = 30;
    CHECK_THAT(refusal(wish), Catch::Contains("29 or 33"));
    wish.frames = 0;
    CHECK_THAT(refusal(wish), Catch::Contains("try 1."));
    wish.frames = 400;
    CHECK_THAT(refusal(wish), Catch::Contains("try 97."));
    wish.frames = std::numeric_limits<int>::min();
    CHECK_FALSE(refusal(wish).empty());
    wish.frames = std::numeric_limits<int>::max();
    CHECK_FALSE(refusal(wish).empty());
    wish.frames = 1;
    CHECK(resolve_recipe(wish, starter()));
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

TEST_CASE("LoRA files are refused until they can be used")
{
    auto wish = request();
    wish.loras = {{.file = "style.safetensors"}};
    CHECK_THAT(refusal(wish), Catch::Contains("LoRA"));
}

}  // namespace kinora::inference
