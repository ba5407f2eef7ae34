// The verbs on a real clip of the starter: what is kept is kept, joins don't jump.
#include <nlohmann/json.hpp>

#include "core/generation/recipe_json.h"
#include "tests/inference/pipeline/starter_verbs.h"

namespace kinora::inference {
namespace {

using core::Verb;

constexpr const char* k_prompt = "a red balloon rises over green hills at sunset, slow pan right";

/// Joins may be this much larger than the largest change between neighbours in the clips that they join.
constexpr double k_join = 1.2;

/// One clip for all tests of this file: it takes a while to make.
struct Made {
    WanGenerator engine = starter();
    core::ModelCapabilities model = starter_model(engine);
    core::GeneratedClip clip = made(engine, starter_request(k_prompt, 7));
};

Made& material()
{
    static Made made_once;
    return made_once;
}

double largest_of(const core::FrameSequence& a, const core::FrameSequence& b)
{
    return std::max(largest_change(a, 0, a.frames), largest_change(b, 0, b.frames));
}

}  // namespace

TEST_CASE("a clip that is gone on from keeps every frame and goes on without a jump", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto plan = core::plan_extend(Verb::extend_after, source_of(clip), 0, model);
    const auto longer = made(engine, with_origin(clip, plan, k_prompt, 1));
    REQUIRE(longer.frames.frames == 49);
    CHECK(longer.recipe.frames == 49);
    CHECK(longer.recipe.origin->verb == "extend-after");
    CHECK(worst_psnr(clip.frames, 0, longer.frames, 0, 33) > 60);
    const double join = change(longer.frames.frame(32), longer.frames.frame(33));
    CHECK(join < k_join * largest_change(longer.frames, 33, 49));
    // The same again from its recipe, and its latents decode to the same pictures.
    auto repeated = core::request_from_recipe(*core::recipe_from_json(core::to_json(longer.recipe)));
    REQUIRE(repeated);
    repeated->origin_latents = std::make_shared<const core::LatentClip>(clip.latents);
    CHECK(made(engine, *repeated).frames.rgb == longer.frames.rgb);
    const auto decoded = engine.decode(longer.latents, longer.recipe, {});
    REQUIRE(decoded);
    CHECK(decoded->rgb == longer.frames.rgb);
    // And on from there: the model sees no more than it usually makes.
    const auto chained =
        made(engine, with_origin(longer, core::plan_extend(Verb::extend_after, source_of(longer), 8, model), k_prompt, 2));
    REQUIRE(chained.frames.frames == 57);
    CHECK(worst_psnr(longer.frames, 0, chained.frames, 0, 49) > 60);
    CHECK(change(chained.frames.frame(48), chained.frames.frame(49)) < k_join * largest_of(longer.frames, chained.frames));
}

TEST_CASE("what is made before a clip leads into it", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto plan = core::plan_extend(Verb::extend_before, source_of(clip), 0, model);
    const auto longer = made(engine, with_origin(clip, plan, k_prompt, 1));
    const int shift = longer.frames.frames - 33;
    REQUIRE(shift == 16);
    // The source's first frame is made anew; what follows it is kept.
    CHECK(psnr(clip.frames, 1, longer.frames, shift + 1, 32) > 30);
    CHECK(psnr(clip.frames, 9, longer.frames, shift + 9, 24) > 36);
    for (const int at : {shift - 1, shift, shift + 1})
        CHECK(change(longer.frames.frame(at), longer.frames.frame(at + 1)) < k_join * largest_change(clip.frames, 0, 33));
}

TEST_CASE("a loop leads back to its beginning without a jump", "[verbs]")
{
    auto& [engine, model, clip] = material();
    const auto plan = core::plan_loop(source_of(clip), model);
    REQUIRE(plan);
    const auto loop = made(engine, with_origin(clip, plan, k_prompt, 1));
    REQUIRE(loop.frames.frames == 33);
    const int kept = (plan->head - 1) * model.frame_multiple + 1;
    CHECK(psnr(clip.frames, 0, loop.frames, 0, kept) > 30);
    CHECK(psnr(clip.frames, plan->fade, loop.frames, plan->fade, kept - plan->fade) > 36);
    const double most = k_join * largest_of(clip.frames, loop.frames);
    CHECK(change(loop.frames.frame(32), loop.frames.frame(0)) < most);
    CHECK(change(loop.frames.frame(kept - 1), loop.frames.frame(kept)) < most);
    // Without the verb the end is far from the beginning.
    CHECK(change(clip.frames.frame(32), clip.frames.frame(0)) > 2 * change(loop.frames.frame(32), loop.frames.frame(0)));
}

TEST_CASE("a re-cut keeps its range and makes the rest anew", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto head = core::plan_recut(source_of(clip), {0, 17}, model);
    const auto tail_anew = made(engine, with_origin(clip, head, "a blue balloon rises over green hills at night", 3));
    CHECK(worst_psnr(clip.frames, 0, tail_anew.frames, 0, 17) > 60);
    CHECK(psnr(clip.frames, 25, tail_anew.frames, 25, 8) < 28);
    CHECK(change(tail_anew.frames.frame(16), tail_anew.frames.frame(17)) <
          k_join * largest_of(clip.frames, tail_anew.frames));
    const auto middle = core::plan_recut(source_of(clip), {9, 25}, model);
    const auto both_anew = made(engine, with_origin(clip, middle, k_prompt, 3));
    CHECK(psnr(clip.frames, 9, both_anew.frames, 9, 16) > 30);
    for (const int join : {8, 24})
        CHECK(change(both_anew.frames.frame(join), both_anew.frames.frame(join + 1)) <
              k_join * largest_of(clip.frames, both_anew.frames));
}

TEST_CASE("a remix is nearer to its source the less it is noised", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    double before = 99;
    for (const float strength : {0.3F, 0.6F, 1.0F}) {
        const auto plan = core::plan_remix(Verb::remix, source_of(clip), strength, model);
        const auto remix = made(engine, with_origin(clip, plan, k_prompt, 2));
        const double now = psnr(clip.frames, 0, remix.frames, 0, 33);
        CHECK(now < before - 1);
        before = now;
    }
    // Another prompt on the same motion.
    const auto plan = core::plan_remix(Verb::remix, source_of(clip), core::k_remix_strength, model);
    const auto night = made(engine, with_origin(clip, plan, "a red balloon rises over green hills at night", 2));
    CHECK(psnr(clip.frames, 0, night.frames, 0, 33) < 24);
}

TEST_CASE("a blend begins and ends with the pictures it leads between", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto next = made(engine, starter_request("a white sailing boat drifts left on the sea at noon, clear sky", 3));
    const auto plan = core::plan_blend(33, 33, model);
    REQUIRE(plan);
    auto request = starter_request(k_prompt, 4);
    request.frames = plan->frames;
    request.conditioning = {part_of(clip.frames, 33 - plan->before, plan->before, 0),
                            part_of(next.frames, 0, plan->after, plan->frames - plan->after)};
    const auto blend = made(engine, request);
    CHECK(blend.recipe.references.size() == 2);
    CHECK(blend.recipe.references[1].count == plan->after);
    CHECK(psnr(clip.frames, 33 - plan->before, blend.frames, 0, plan->before) > 30);
    CHECK(psnr(next.frames, plan->after - 4, blend.frames, plan->frames - 4, 4) > 30);
    const double most = k_join * std::max(largest_of(clip.frames, next.frames), largest_change(blend.frames, 0, 33));
    CHECK(change(clip.frames.frame(32), blend.frames.frame(plan->before)) < most);
    const int end = static_cast<int>(plan->middle().end);
    CHECK(change(blend.frames.frame(end - 1), blend.frames.frame(end)) < most);
}

TEST_CASE("a clip from elsewhere is encoded and kept", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto latents = engine.encode(clip.frames, "starter", 320, 192, {});
    REQUIRE(latents);
    CHECK(latents->frames == 9);
    const auto again = engine.decode(*latents, clip.recipe, {});
    REQUIRE(again);
    CHECK(worst_psnr(clip.frames, 0, *again, 0, 33) > 30);
    CHECK_FALSE(engine.encode(clip.frames, "starter", 321, 192, {}));
    CHECK_FALSE(engine.encode({}, "starter", 320, 192, {}));
}

TEST_CASE("what doesn't fit together is refused in a sentence", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto plan = core::plan_extend(Verb::extend_after, source_of(clip), 0, model);
    auto request = with_origin(clip, plan, k_prompt, 1);
    request.origin_latents.reset();
    const auto missing = engine.generate(request, {}, {});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    request = with_origin(clip, plan, k_prompt, 1);
    request.width = 256;
    const auto other_size = engine.generate(request, {}, {});
    REQUIRE_FALSE(other_size);
    CHECK_THAT(other_size.error().message, Catch::Contains("another size"));
    request = with_origin(clip, plan, k_prompt, 1);
    request.origin->kept[0].first = 20;
    CHECK_FALSE(engine.generate(request, {}, {}));
}

}  // namespace kinora::inference
