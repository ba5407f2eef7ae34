// Figures of the verbs over several clips, printed; run by its tag.
#include <cstdio>

#include "tests/inference/pipeline/starter_verbs.h"

namespace kinora::inference {
namespace {

struct Case {
    const char* prompt;
    std::uint64_t seed;
};

constexpr Case k_cases[] = {{"a red balloon rises over green hills at sunset, slow pan right", 7},
                            {"a white sailing boat drifts left on the sea at noon, clear sky", 3},
                            {"blue paper waves flow slowly", 11},
                            {"a yellow fish swims right under water, bubbles", 5}};

}  // namespace

TEST_CASE("verbs measured on several clips of the starter", "[.][verb-figures]")
{
    using core::Verb;
    auto engine = starter();
    const auto model = starter_model(engine);
    for (const Case& one : k_cases) {
        const char* prompt = one.prompt;
        const auto seed = one.seed;
        const auto clip = made(engine, starter_request(prompt, seed));
        const auto& f = clip.frames;
        const double usual = usual_change(f, 0, 33);
        const double largest = largest_change(f, 0, 33);
        std::printf("\n%s: usual %.4f largest %.4f\n", prompt, usual, largest);
        const auto again = engine.encode(f, "starter", 320, 192, {});
        REQUIRE(again);
        const auto redone = engine.decode(*again, clip.recipe, {});
        std::printf("  encode+decode %.1f dB\n", psnr(f, 0, *redone, 0, 33));
        const auto source = source_of(clip);
        const auto after =
            made(engine, with_origin(clip, core::plan_extend(Verb::extend_after, source, 0, model), prompt, 1));
        std::printf("  extend after: %d frames, kept %.1f worst %.1f, join %.4f, new usual %.4f largest %.4f\n",
                    after.frames.frames, psnr(f, 0, after.frames, 0, 33), worst_psnr(f, 0, after.frames, 0, 33),
                    change(after.frames.frame(32), after.frames.frame(33)),
                    usual_change(after.frames, 33, after.frames.frames),
                    largest_change(after.frames, 33, after.frames.frames));
        const auto before =
            made(engine, with_origin(clip, core::plan_extend(Verb::extend_before, source, 0, model), prompt, 1));
        const int shift = before.frames.frames - 33;
        std::printf(
            "  extend before: %d frames, kept from 1 %.1f worst %.1f, frame0 %.1f, join %.4f %.4f new usual %.4f largest "
            "%.4f\n",
            before.frames.frames, psnr(f, 1, before.frames, shift + 1, 32), worst_psnr(f, 1, before.frames, shift + 1, 32),
            psnr(f, 0, before.frames, shift, 1), change(before.frames.frame(shift - 1), before.frames.frame(shift)),
            change(before.frames.frame(shift), before.frames.frame(shift + 1)), usual_change(before.frames, 0, shift),
            largest_change(before.frames, 0, shift));
        const auto loop = made(engine, with_origin(clip, core::plan_loop(source, model), prompt, 1));
        const int kept = loop.recipe.origin->parts.front().end;
        std::printf("  loop: %d frames, kept %.1f, join %.4f, wrap %.4f, new usual %.4f largest %.4f\n", loop.frames.frames,
                    psnr(f, 0, loop.frames, 0, kept), change(loop.frames.frame(kept - 1), loop.frames.frame(kept)),
                    change(loop.frames.frame(loop.frames.frames - 1), loop.frames.frame(0)),
                    usual_change(loop.frames, kept, loop.frames.frames),
                    largest_change(loop.frames, kept, loop.frames.frames));
        std::printf("  loop fade: worst %.1f dB\n", worst_psnr(f, 0, loop.frames, 0, 8));
        const auto recut = made(engine, with_origin(clip, core::plan_recut(source, {9, 25}, model), prompt, 1));
        std::printf("  recut: kept %.1f worst %.1f, joins %.4f %.4f outside %.1f\n", psnr(f, 9, recut.frames, 9, 16),
                    worst_psnr(f, 9, recut.frames, 9, 16), change(recut.frames.frame(8), recut.frames.frame(9)),
                    change(recut.frames.frame(24), recut.frames.frame(25)), psnr(f, 0, recut.frames, 0, 9));
        const auto next = made(engine, starter_request(k_cases[&one == &k_cases[0] ? 1 : 0].prompt, 21));
        const auto plan = core::plan_blend(33, 33, model);
        auto blend = starter_request(prompt, 4);
        blend.frames = plan->frames;
        blend.conditioning = {part_of(f, 33 - plan->before, plan->before, 0),
                              part_of(next.frames, 0, plan->after, plan->frames - plan->after)};
        const auto between = made(engine, blend);
        const auto& m = between.frames;
        const int last = static_cast<int>(plan->middle().end) - 1;
        std::printf(
            "  blend: before %.1f after %.1f, join A %.4f, join B %.4f (inside %.4f), usual %.4f largest %.4f, B largest "
            "%.4f\n",
            psnr(f, 33 - plan->before, m, 0, plan->before), psnr(next.frames, 0, m, last + 1, plan->after),
            change(f.frame(32), m.frame(plan->before)), change(m.frame(last), next.frames.frame(0)),
            change(m.frame(last), m.frame(last + 1)), usual_change(m, plan->before, last + 1),
            largest_change(m, plan->before, last + 1), largest_change(next.frames, 0, 33));
        std::printf("\n");
    }
}

TEST_CASE("remixes measured on several clips of the starter", "[.][remix-figures]")
{
    auto engine = starter();
    const auto model = starter_model(engine);
    constexpr const char* k_others[] = {
        "a red balloon rises over green hills at night", "a red sailing boat drifts left on the sea at sunset",
        "red paper waves flow slowly at night", "a pink fish swims right under water, bubbles"};
    for (std::size_t index = 0; index < std::size(k_cases); ++index) {
        const auto clip = made(engine, starter_request(k_cases[index].prompt, k_cases[index].seed));
        const auto words = made(engine, starter_request(k_others[index], 2));
        const auto words_same = made(engine, starter_request(k_others[index], k_cases[index].seed));
        std::printf("%s: from words %.2f (same seed %.2f, %.1f dB)\n", k_others[index],
                    motion_likeness(clip.frames, words.frames), motion_likeness(clip.frames, words_same.frames),
                    psnr(clip.frames, 0, words_same.frames, 0, 33));
        for (const float strength : {0.6F, 0.7F, 0.8F, 0.9F})
            for (const std::uint64_t seed : {std::uint64_t{2}, k_cases[index].seed}) {
                const auto plan = core::plan_remix(core::Verb::remix, source_of(clip), strength, model);
                const auto remix = made(engine, with_origin(clip, plan, k_others[index], seed));
                std::printf("  strength %.1f seed %d: motion %.2f, %.1f dB to the source, %.1f to the words'\n",
                            static_cast<double>(strength), static_cast<int>(seed),
                            motion_likeness(clip.frames, remix.frames), psnr(clip.frames, 0, remix.frames, 0, 33),
                            psnr(seed == 2 ? words.frames : words_same.frames, 0, remix.frames, 0, 33));
            }
    }
}

}  // namespace kinora::inference
