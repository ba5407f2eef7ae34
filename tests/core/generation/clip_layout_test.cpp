#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/generation/clip_layout_json.h"
#include "core/generation/enhance.h"
#include "core/generation/enhancement_json.h"
#include "core/generation/recipe_json.h"

using namespace kinora::core;

namespace {

/// What is made before a clip of 33 frames: 16 frames of a window of 9 latent frames, led to the clip's first one.
ClipLayout extended()
{
    return {{9, 9}, {{1, 1, 17}, {0, 0, 33}}, {{1, 17, 0, 0, -8}, {1, 16, 0, 0, -8, true}}};
}

}  // namespace

TEST_CASE("how latents become a clip is kept with them and read back")
{
    const auto layout = extended();
    const auto back = layout_from_json(nlohmann::json::parse(to_json(layout).dump()));
    REQUIRE(back);
    CHECK(*back == layout);
    CHECK(check_layout(layout, 18, 4));
    CHECK(clip_frames(layout, 18, 4) == 49);
    CHECK(clip_frames({}, 9, 4) == 33);
    CHECK(check_layout({}, 9, 4));
}

TEST_CASE("a layout that leads out of its latents is refused before anything is decoded")
{
    CHECK_FALSE(check_layout(extended(), 17, 4));
    auto layout = extended();
    layout.parts[1].end = 34;
    CHECK_FALSE(check_layout(layout, 18, 4));
    layout = extended();
    layout.parts[0].stretch = 2;
    CHECK_FALSE(check_layout(layout, 18, 4));
    layout = extended();
    layout.parts[0].end = layout.parts[0].first;
    CHECK_FALSE(check_layout(layout, 18, 4));
    layout = extended();
    layout.settlings[0].to_frame = -1;
    CHECK_FALSE(check_layout(layout, 18, 4));
    layout = extended();
    layout.stretches = {18, 0};
    CHECK_FALSE(check_layout(layout, 18, 4));
    for (const char* text : {"[]", "{}", R"({"stretches":[0]})", R"({"stretches":["9"]})", R"({"stretches":[9],"parts":3})",
                             R"({"stretches":[9],"parts":[{"stretch":-1,"first":0,"end":1}]})",
                             R"({"stretches":[9],"settlings":[{"stretch":0,"at":99999999999}]})"}) {
        const auto refused = layout_from_json(nlohmann::json::parse(text));
        INFO(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::corrupt);
        CHECK_THAT(refused.error().message, Catch::Contains("layout"));
    }
}

TEST_CASE("what is done to a finished clip is part of its recipe")
{
    Recipe recipe;
    recipe.model_id = "starter";
    recipe.width = 320;
    recipe.height = 192;
    recipe.frames = 33;
    recipe.rate = FrameRate{12};
    recipe.steps = 20;
    CHECK(shape_of(recipe) == ClipShape{320, 192, 33, FrameRate{12}});
    CHECK_FALSE(to_json(recipe).contains("enhance"));
    recipe.enhance = {"1080p", "24", "kinora", "rife.pth"};
    CHECK(shape_of(recipe) == ClipShape{1920, 1080, 66, FrameRate{24}});
    const auto back = recipe_from_json(to_json(recipe));
    REQUIRE(back);
    CHECK(*back == recipe);
    const auto request = request_from_recipe(*back);
    REQUIRE(request);
    CHECK(request->enhance == recipe.enhance);
    auto broken = to_json(recipe);
    broken["enhance"]["upscale"] = "huge";
    const auto refused = recipe_from_json(broken);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::Contains("enhance.upscale"));
    CHECK_FALSE(enhancement_from_json(nlohmann::json::array()));
}
