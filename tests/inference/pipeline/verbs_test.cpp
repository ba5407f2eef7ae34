// The verbs on a real clip of the starter: what is kept is kept, joins don't jump.
#include <nlohmann/json.hpp>

#include "core/generation/recipe_json.h"
#include "inference/pipeline/latents_file.h"
#include "tests/inference/pipeline/starter_verbs.h"
#include "tests/scratch_folder.h"

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

/// Change across a cut, from frame `at` to the next.
double seam(const core::FrameSequence& clip, int at)
{
    return change(clip.frame(at), clip.frame(at + 1));
}

/// The clip's latents written, read and decoded.
core::Result<core::FrameSequence> decoded_from_disk(WanGenerator& engine, const core::GeneratedClip& clip)
{
    const tests::ScratchFolder scratch;
    const auto file = scratch.path() / "clip.latents.safetensors";
    if (auto saved = save_latents(file, {clip.latents, clip.recipe, clip.recipe.steps}); !saved) return saved.error();
    const auto read = load_latents(file);
    if (!read) return read.error();
    return engine.decode(read->latents, read->recipe, {});
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
    CHECK(seam(longer.frames, 32) < k_join * largest_change(clip.frames, 0, 33));
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
    CHECK(seam(chained.frames, 48) < k_join * largest_change(longer.frames, 0, 49));
}

TEST_CASE("what is made before a clip leads into it, and the clip stays as it is", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const auto plan = core::plan_extend(Verb::extend_before, source_of(clip), 0, model);
    const auto longer = made(engine, with_origin(clip, plan, k_prompt, 1));
    REQUIRE(longer.frames.frames == 49);
    CHECK(longer.recipe.frames == 49);
    CHECK(worst_psnr(clip.frames, 0, longer.frames, 16, 33) > 90);
    CHECK(psnr(clip.frames, 0, longer.frames, 0, 16) < 28);
    CHECK(seam(longer.frames, 15) < k_join * largest_change(clip.frames, 0, 33));
    // Latents tell how they are put together: kept and read again they decode to the same pictures.
    const auto again = decoded_from_disk(engine, longer);
    REQUIRE(again);
    CHECK(again->rgb == longer.frames.rgb);
    // A clip that was put together is gone on from at both ends, and is kept as it is each time.
    const auto both =
        made(engine, with_origin(longer, core::plan_extend(Verb::extend_after, source_of(longer), 8, model), k_prompt, 2));
    REQUIRE(both.frames.frames == 57);
    CHECK(worst_psnr(longer.frames, 0, both.frames, 0, 49) > 90);
    CHECK(seam(both.frames, 48) < k_join * largest_change(clip.frames, 0, 33));
    const auto more =
        made(engine, with_origin(both, core::plan_extend(Verb::extend_before, source_of(both), 8, model), k_prompt, 3));
    REQUIRE(more.frames.frames == 65);
    CHECK(worst_psnr(both.frames, 0, more.frames, 8, 57) > 90);
    CHECK(seam(more.frames, 7) < k_join * largest_change(clip.frames, 0, 33));
    CHECK(decoded_from_disk(engine, more)->rgb == more.frames.rgb);
}

TEST_CASE("a loop leads back to its beginning without a jump", "[verbs]")
{
    auto& [engine, model, clip] = material();
    const auto plan = core::plan_loop(source_of(clip), model);
    REQUIRE(plan);
    const auto loop = made(engine, with_origin(clip, plan, k_prompt, 1));
    REQUIRE(loop.frames.frames == 33);
    const int kept = plan->parts.front().end;
    CHECK(worst_psnr(clip.frames, 0, loop.frames, 0, kept) > 90);
    const double most = k_join * largest_change(clip.frames, 0, 33);
    CHECK(change(loop.frames.frame(32), loop.frames.frame(0)) < most);
    CHECK(seam(loop.frames, kept - 1) < most);
    // Without the verb the end is far from the beginning.
    CHECK(change(clip.frames.frame(32), clip.frames.frame(0)) > 2 * change(loop.frames.frame(32), loop.frames.frame(0)));
    CHECK(decoded_from_disk(engine, loop)->rgb == loop.frames.rgb);
}

TEST_CASE("a re-cut keeps its range and makes the rest anew", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    const double most = k_join * largest_change(clip.frames, 0, 33);
    const auto behind = core::plan_recut(source_of(clip), {0, 17}, model);
    const auto tail_anew = made(engine, with_origin(clip, behind, "a blue balloon rises over green hills at night", 3));
    CHECK(worst_psnr(clip.frames, 0, tail_anew.frames, 0, 17) > 90);
    CHECK(psnr(clip.frames, 25, tail_anew.frames, 25, 8) < 28);
    CHECK(seam(tail_anew.frames, 16) < most);
    const auto before = core::plan_recut(source_of(clip), {17, 33}, model);
    const auto head_anew = made(engine, with_origin(clip, before, k_prompt, 3));
    CHECK(worst_psnr(clip.frames, 17, head_anew.frames, 17, 16) > 90);
    CHECK(psnr(clip.frames, 0, head_anew.frames, 0, 8) < 28);
    CHECK(seam(head_anew.frames, 16) < most);
    const auto middle = core::plan_recut(source_of(clip), {9, 25}, model);
    const auto both_anew = made(engine, with_origin(clip, middle, k_prompt, 3));
    CHECK(worst_psnr(clip.frames, 9, both_anew.frames, 9, 16) > 90);
    for (const int join : {8, 24})
        CHECK(seam(both_anew.frames, join) < most);
    // Of a clip that was put together itself, the same.
    const auto again = core::plan_recut(source_of(head_anew), {0, 25}, model);
    const auto end_anew = made(engine, with_origin(head_anew, again, k_prompt, 4));
    CHECK(worst_psnr(head_anew.frames, 0, end_anew.frames, 0, 25) > 90);
    CHECK(seam(end_anew.frames, 24) < most);
}

TEST_CASE("a remix is nearer to its source the less it is noised", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    double before = 99;
    double motion = 1;
    for (const float strength : {0.3F, 0.6F, 1.0F}) {
        const auto plan = core::plan_remix(Verb::remix, source_of(clip), strength, model);
        const auto remix = made(engine, with_origin(clip, plan, k_prompt, 2));
        const double now = psnr(clip.frames, 0, remix.frames, 0, 33);
        CHECK(now < before - 1);
        before = now;
        const double likeness = motion_likeness(clip.frames, remix.frames);
        CHECK(likeness < motion);
        motion = likeness;
    }
    // Another prompt on the same motion: what moves where and when is the source's, more than that of a clip from words.
    constexpr const char* k_night = "a red balloon rises over green hills at night";
    // On the noise that the source was made of.
    const auto plan = core::plan_remix(Verb::remix, source_of(clip), core::k_remix_strength, model);
    const auto night = made(engine, with_origin(clip, plan, k_night, 7));
    CHECK(psnr(clip.frames, 0, night.frames, 0, 33) < 24);
    const auto from_words = made(engine, starter_request(k_night, 2));
    const double kept = motion_likeness(clip.frames, night.frames);
    const double of_words = motion_likeness(clip.frames, from_words.frames);
    CAPTURE(kept, of_words);
    CHECK(kept > 0.6);
    CHECK(kept > of_words + 0.4);
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
    CHECK(worst_psnr(clip.frames, 33 - plan->before, blend.frames, 0, plan->before) > 30);
    CHECK(worst_psnr(next.frames, 0, blend.frames, plan->frames - plan->after, plan->after) > 30);
    const double most = k_join * largest_of(clip.frames, next.frames);
    CHECK(change(clip.frames.frame(32), blend.frames.frame(plan->before)) < most);
    const int end = static_cast<int>(plan->middle().end);
    CHECK(seam(blend.frames, end - 1) < most);
    CHECK(change(blend.frames.frame(end - 1), next.frames.frame(0)) < most);
    CHECK(decoded_from_disk(engine, blend)->rgb == blend.frames.rgb);
}

TEST_CASE("a clip that is chained to another begins with its last frame and goes on without a jump", "[verbs][slow]")
{
    auto& [engine, model, clip] = material();
    auto request = starter_request(k_prompt, 5);
    request.conditioning = {part_of(clip.frames, 32, 1, 0)};
    const auto chained = made(engine, request);
    CHECK(chained.recipe.references.size() == 1);
    CHECK(psnr(clip.frames, 32, chained.frames, 0, 1) > 30);
    CHECK(change(clip.frames.frame(32), chained.frames.frame(1)) < k_join * largest_of(clip.frames, chained.frames));
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
