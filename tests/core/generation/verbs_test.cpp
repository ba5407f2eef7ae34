#include "core/generation/verbs.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/generation/origin_json.h"

using namespace kinora::core;

namespace {

ModelCapabilities starter()
{
    ModelCapabilities model;
    model.model_id = "starter";
    model.name = "Kinora starter";
    model.max_frames = 49;
    model.first_frame = model.any_frame = true;
    return model;
}

/// One that begins with a picture, no more.
ModelCapabilities from_picture()
{
    ModelCapabilities model = starter();
    model.name = "Wan 2.1 image-to-video";
    model.any_frame = false;
    return model;
}

VerbSource source(int latent_frames)
{
    return {"takes/a/latents.safetensors", {}, latent_frames};
}

}  // namespace

TEST_CASE("a verb that a model can't do is refused in a sentence that says which can")
{
    const auto refused = check_verb(Verb::loop, from_picture(), std::vector{from_picture(), starter()});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::unsupported);
    CHECK(refused.error().message ==
          "Wan 2.1 image-to-video can't lead a clip back to its beginning; choose a model that "
          "can: Kinora starter.");
    const auto nobody = check_verb(Verb::recut, from_picture(), std::vector{from_picture()});
    REQUIRE_FALSE(nobody);
    CHECK_THAT(nobody.error().message, Catch::Contains("none of the installed models can"));
    CHECK(check_verb(Verb::extend_after, from_picture(), {}));
    for (const auto verb : {Verb::variations, Verb::remix, Verb::recut, Verb::extend_before, Verb::extend_after, Verb::loop,
                            Verb::blend, Verb::chain})
        CHECK(check_verb(verb, starter(), {}));
}

TEST_CASE("re-cutting keeps the latent frames that lie wholly within the range")
{
    // Latent frame 0 holds frame 0, latent frame k the frames 4k - 3 to 4k.
    const auto plan = plan_recut(source(9), {6, 22}, starter());
    REQUIRE(plan);
    REQUIRE(plan->kept.size() == 1);
    CHECK(plan->kept[0] == KeptLatents{3, 3, 3});  // 9…20 of 6…21
    CHECK(plan->window == 33);
    CHECK(plan->parts == std::vector<ClipPart>{{true, 0, 9}, {false, 9, 21}, {true, 21, 33}});
    const auto head = plan_recut(source(9), {0, 17}, starter());
    REQUIRE(head);
    CHECK(head->kept[0] == KeptLatents{0, 5, 0});
    CHECK(head->parts.empty());
    CHECK_FALSE(plan_recut(source(9), {0, 33}, starter()));
    CHECK_FALSE(plan_recut(source(9), {2, 5}, starter()));
    CHECK_FALSE(plan_recut(source(14), {0, 20}, starter()));
}

TEST_CASE("extending adds what was asked for, and keeps all of the source")
{
    const auto after = plan_extend(Verb::extend_after, source(9), 0, starter());
    REQUIRE(after);
    CHECK(joined_frames(*after, 4) == 49);
    CHECK(after->head == 9);
    CHECK(after->window <= 33);
    const auto again = plan_extend(Verb::extend_after, source(13), 8, starter());
    REQUIRE(again);
    CHECK(joined_frames(*again, 4) == 57);
    const auto before = plan_extend(Verb::extend_before, source(9), 16, starter());
    REQUIRE(before);
    CHECK(joined_frames(*before, 4) == 49);
    // The source follows whole; the model was shown its beginning behind what it makes.
    CHECK(before->parts == std::vector<ClipPart>{{true, 1, 17}, {false, 0, 33}});
    CHECK(before->kept[0] == KeptLatents{0, 4, 5});
    const auto too_many = plan_extend(Verb::extend_after, source(9), 60, starter());
    REQUIRE_FALSE(too_many);
    CHECK_THAT(too_many.error().message, Catch::Contains("48 frames at once"));
    const auto one = plan_extend(Verb::extend_after, source(9), 8, from_picture());
    REQUIRE(one);
    CHECK(one->kept[0].count == 1);
    CHECK_FALSE(plan_extend(Verb::extend_before, source(1), 0, starter()));
}

TEST_CASE("a loop keeps its length and its beginning")
{
    for (int latents = 4; latents <= 30; ++latents) {
        const auto plan = plan_loop(source(latents), starter());
        REQUIRE(plan);
        CHECK(joined_frames(*plan, 4) == (latents - 1) * 4 + 1);
        CHECK(plan->window <= 49);
        CHECK(plan->head > 0);
        for (const KeptLatents& part : plan->kept)
            CHECK(part.first + part.count <= latents);
    }
    CHECK_FALSE(plan_loop(source(3), starter()));
}

TEST_CASE("a model that knows only a first and a last picture loops by a way back")
{
    auto first_and_last = from_picture();
    CHECK_FALSE(can_do(Verb::loop, first_and_last));
    first_and_last.last_frame = true;
    REQUIRE(can_do(Verb::loop, first_and_last));
    const auto plan = plan_loop(source(9), first_and_last);
    REQUIRE(plan);
    // It begins with the source's last picture and ends with its first; both are the source's own in the clip.
    CHECK(plan->kept == std::vector<KeptLatents>{{8, 1, 0}, {0, 1, 8}});
    CHECK(plan->parts == std::vector<ClipPart>{{false, 0, 33}, {true, 1, 32}});
    CHECK(plan->loops);
    CHECK(joined_frames(*plan, 4) == 33 + 31);
}

TEST_CASE("a blend is given whole latent frames of both sides")
{
    const auto plan = plan_blend(33, 20, starter());
    REQUIRE(plan);
    CHECK(plan->frames == 33);
    CHECK((plan->before - 1) % 4 == 0);
    CHECK(plan->after % 4 == 0);
    CHECK(plan->middle().length() > 8);
    const auto short_ones = plan_blend(2, 3, starter());
    REQUIRE(short_ones);
    CHECK(short_ones->before == 1);
    CHECK_FALSE(plan_blend(0, 5, starter()));
}

TEST_CASE("what a clip was made from comes back from JSON, and a damaged one is named")
{
    auto plan = plan_loop(source(9), starter());
    REQUIRE(plan);
    plan->sha256 = std::string(64, 'f');
    const auto back = origin_from_json(to_json(*plan));
    REQUIRE(back);
    CHECK(*back == *plan);
    auto broken = to_json(*plan);
    broken["window"] = -3;
    const auto refused = origin_from_json(broken);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::Contains("origin.window"));
    CHECK_FALSE(origin_from_json(nlohmann::json::array()));
    broken = to_json(*plan);
    broken["kept"] = {{{"first", 0}, {"count", 0}}};
    CHECK_FALSE(origin_from_json(broken));
    CHECK_FALSE(plan_remix(Verb::remix, source(9), 0.0F, starter()));
    CHECK_FALSE(plan_remix(Verb::remix, source(9), 1.5F, starter()));
    CHECK(steps_at_strength(0.5F, 20) == 10);
    CHECK(steps_at_strength(0.01F, 20) == 1);
}
