#include "inference/pipeline/checkpoint.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "core/generation/recipe_json.h"
#include "inference/pipeline/run_progress.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/scratch_folder.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

fs::path tiny_model()
{
    return tests::goldens_dir() / "pipelines" / "wan22_ti2v" / "model";
}

WanGenerator engine()
{
    return WanGenerator([](const std::string&) -> core::Result<fs::path> { return tiny_model(); });
}

core::GenerationRequest request(const std::string& sampler = "unipc", int steps = 5)
{
    core::GenerationRequest request;
    request.prompt = {{.text = "a red balloon over hills"}};
    request.prompt_text = "a red balloon over hills";
    request.model_id = "tiny";
    request.width = 64;
    request.height = 64;
    request.frames = 5;
    request.seed = 7;
    request.guidance = sampler == "lightx2v" || sampler == "fastwan" ? 1.0F : 3.0F;
    request.sampler = sampler;
    if (steps > 0) request.steps = steps;
    request.device = "cpu";
    request.dtype = "float32";
    return request;
}

/// Runs until `step` steps are done and pauses there; the error that comes of it.
core::Error pause_after(WanGenerator& generator, core::GenerationRequest wish, int step)
{
    wish.control = std::make_shared<core::RunControl>();
    const auto clip = generator.generate(wish,
                                         [&](const core::Progress& progress) {
                                             if (progress.stage == core::Stage::sampling && progress.step == step)
                                                 wish.control->pause();
                                         },
                                         {});
    REQUIRE_FALSE(clip);
    CHECK(wish.control->paused());
    return clip.error();
}

std::string text_in(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a run that is paused after any step goes on to the same bits, with every sampler")
{
    for (const std::string sampler : {"unipc", "euler", "dpmpp", "lightx2v", "fastwan"}) {
        const int steps = sampler == "lightx2v" ? 4 : (sampler == "fastwan" ? 3 : 5);
        auto generator = engine();
        const auto whole = generator.generate(request(sampler, steps), {}, {});
        REQUIRE(whole);
        for (int step = 0; step < steps; ++step) {
            INFO(sampler << ", paused after step " << step);
            const tests::ScratchFolder scratch;
            auto wish = request(sampler, steps);
            wish.checkpoint_file = scratch / "deeper/checkpoint.safetensors";
            const auto paused = pause_after(generator, wish, step);
            CHECK(paused.kind == core::ErrorKind::cancelled);
            CHECK_THAT(paused.message, Catch::Contains("step " + std::to_string(step)));
            // As another process would: with nothing of the first one's in memory.
            auto fresh = engine();
            wish.resume_from = wish.checkpoint_file;
            wish.latents_file = scratch / "latents.safetensors";
            const auto resumed = fresh.generate(wish, {}, {});
            REQUIRE(resumed);
            CHECK(resumed->latents.values == whole->latents.values);
            CHECK(resumed->frames.rgb == whole->frames.rgb);
            CHECK(resumed->recipe == whole->recipe);
            CHECK_FALSE(fs::exists(wish.checkpoint_file));
            CHECK(fs::exists(wish.latents_file));
        }
    }
}

TEST_CASE("a run with a step cache that is paused after any step goes on to the same bits")
{
    auto wish = request("euler", 24);
    wish.step_cache = "fast";
    auto generator = engine();
    const auto whole = generator.generate(wish, {}, {});
    REQUIRE(whole);
    CHECK(whole->recipe.step_cache == "fast");
    const tests::ScratchFolder scratch;
    wish.checkpoint_file = scratch / "checkpoint.safetensors";
    for (int step = 0; step < 24; step += 3) {
        INFO("paused after step " << step);
        wish.resume_from.clear();
        static_cast<void>(pause_after(generator, wish, step));
        wish.resume_from = wish.checkpoint_file;
        const auto resumed = generator.generate(wish, {}, {});
        REQUIRE(resumed);
        CHECK(resumed->latents.values == whole->latents.values);
    }
}

TEST_CASE("a stop leaves a checkpoint in the latents' own file, which shows the clip as far as it came")
{
    const tests::ScratchFolder scratch;
    auto generator = engine();
    const auto whole = generator.generate(request(), {}, {});
    REQUIRE(whole);
    auto wish = request();
    wish.latents_file = wish.checkpoint_file = scratch / "latents.safetensors";
    std::stop_source stop;
    const auto stopped = generator.generate(
        wish,
        [&](const core::Progress& progress) {
            if (progress.step == 3) stop.request_stop();
        },
        stop.get_token());
    REQUIRE_FALSE(stopped);
    const auto saved = load_latents(wish.latents_file);
    REQUIRE(saved);
    CHECK(saved->steps_done == 3);
    CHECK_FALSE(saved->complete());
    auto kept = request();
    kept.stop_after = 3;
    const auto estimate = generator.generate(kept, {}, {});
    REQUIRE(estimate);
    CHECK(saved->latents.values == estimate->latents.values);
    wish.resume_from = wish.latents_file;
    const auto resumed = generator.generate(wish, {}, {});
    REQUIRE(resumed);
    CHECK(resumed->frames.rgb == whole->frames.rgb);
    const auto finished = load_latents(wish.latents_file);
    REQUIRE(finished);
    CHECK(finished->complete());
    // Killed while it was decoded: nothing is sampled again.
    int sampled = 0;
    const auto again = generator.generate(
        wish, [&](const core::Progress& progress) { sampled += progress.stage == core::Stage::sampling ? 1 : 0; }, {});
    REQUIRE(again);
    CHECK(sampled == 0);
    CHECK(again->frames.rgb == whole->frames.rgb);
}

TEST_CASE("a run that is stopped to be kept gives a clip, and its recipe gives it again")
{
    auto generator = engine();
    const tests::ScratchFolder scratch;
    auto wish = request();
    wish.latents_file = scratch / "latents.safetensors";
    wish.control = std::make_shared<core::RunControl>();
    const auto kept = generator.generate(wish,
                                         [&](const core::Progress& progress) {
                                             if (progress.step == 2) wish.control->stop_and_keep();
                                         },
                                         {});
    REQUIRE(kept);
    CHECK_FALSE(wish.control->paused());
    CHECK(kept->recipe.stop_after == 2);
    CHECK(kept->recipe.steps == 5);
    const auto saved = load_latents(wish.latents_file);
    REQUIRE(saved);
    CHECK(saved->complete());
    CHECK(saved->latents.values == kept->latents.values);
    const auto repeated = core::request_from_recipe(kept->recipe);
    REQUIRE(repeated);
    const auto again = generator.generate(*repeated, {}, {});
    REQUIRE(again);
    CHECK(again->frames.rgb == kept->frames.rgb);
    CHECK(again->recipe == kept->recipe);
    // Asked for before there is anything: one step is done.
    wish.control->stop_and_keep();
    const auto first = generator.generate(wish, {}, {});
    REQUIRE(first);
    CHECK(first->recipe.stop_after == 1);
}

TEST_CASE("a checkpoint of another clip, another model or a damaged one is refused in a sentence")
{
    const tests::ScratchFolder scratch;
    auto generator = engine();
    auto wish = request();
    wish.checkpoint_file = scratch / "checkpoint.safetensors";
    static_cast<void>(pause_after(generator, wish, 2));
    const auto refusal = [&](const core::GenerationRequest& other) {
        const auto clip = generator.generate(other, {}, {});
        REQUIRE_FALSE(clip);
        CHECK_THAT(clip.error().message, Catch::Contains(other.resume_from.filename().string()));
        return clip.error();
    };
    wish.resume_from = wish.checkpoint_file;
    wish.checkpoint_file.clear();
    auto other = wish;
    other.seed = 8;
    CHECK_THAT(refusal(other).message, Catch::Contains("another seed"));
    other = wish;
    other.steps = 6;
    CHECK_THAT(refusal(other).message, Catch::Contains("number of steps"));
    other = wish;
    other.width = 96;
    CHECK_THAT(refusal(other).message, Catch::Contains("size"));
    other = wish;
    other.resume_from = scratch / "none.safetensors";
    CHECK(refusal(other).kind == core::ErrorKind::not_found);

    // Another model under the same name.
    const auto folder = scratch / "model";
    fs::copy(tiny_model(), folder, fs::copy_options::recursive);
    const auto weights = folder / "transformer" / "diffusion_pytorch_model.safetensors";
    fs::permissions(weights, fs::perms::owner_write, fs::perm_options::add);
    auto bytes = text_in(weights);
    bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] ^ 1);
    std::ofstream(weights, std::ios::binary) << bytes;
    WanGenerator changed([&](const std::string&) -> core::Result<fs::path> { return folder; });
    const auto other_model = changed.generate(wish, {}, {});
    REQUIRE_FALSE(other_model);
    CHECK_THAT(other_model.error().message, Catch::Contains("weights have changed"));

    const auto good = text_in(wish.resume_from);
    other = wish;
    other.resume_from = scratch / "damaged.safetensors";
    const auto write = [&](const std::string& content) {
        std::ofstream(other.resume_from, std::ios::binary | std::ios::trunc) << content;
    };
    for (std::size_t place = good.size() - 1; place > good.size() / 2; place -= good.size() / 9) {
        auto flipped = good;
        flipped[place] = static_cast<char>(flipped[place] ^ 0x10);
        write(flipped);
        CHECK(refusal(other).kind == core::ErrorKind::corrupt);
    }
    write(good.substr(0, good.size() / 2));
    CHECK(refusal(other).kind == core::ErrorKind::corrupt);
    write("");
    CHECK(refusal(other).kind == core::ErrorKind::corrupt);
    write(good);
    CHECK(generator.generate(other, {}, {}));
    SavedLatents only;
    only.latents = {.model_id = "tiny", .channels = 1, .frames = 1, .height = 1, .width = 1, .values = {0.0F}};
    only.recipe = load_checkpoint(wish.resume_from)->saved.recipe;
    only.steps_done = 1;
    REQUIRE(save_latents(other.resume_from, only));
    CHECK_THAT(refusal(other).message, Catch::Contains("no checkpoint"));
}

TEST_CASE("a stop is answered within a step, between two blocks")
{
    auto generator = engine();
    const tests::ScratchFolder scratch;
    auto wish = request();
    wish.checkpoint_file = scratch / "checkpoint.safetensors";
    std::stop_source stop;
    std::vector<int> steps;
    const auto clip = generator.generate(
        wish,
        [&](const core::Progress& progress) {
            if (progress.stage != core::Stage::sampling) return;
            steps.push_back(progress.step);
            // The stage's own report comes before the first block.
            if (steps.size() == 1) stop.request_stop();
        },
        stop.get_token());
    REQUIRE_FALSE(clip);
    CHECK((steps == std::vector<int>{0}));
    REQUIRE(load_checkpoint(wish.checkpoint_file));
    CHECK(load_checkpoint(wish.checkpoint_file)->saved.steps_done == 0);
}

TEST_CASE("the time left follows the steps, is never negative and doesn't jump")
{
    RunProgress::Clock::time_point now{};
    std::vector<core::Progress> reports;
    RunProgress progress([&](const core::Progress& report) { reports.push_back(report); }, 10, [&] { return now; });
    const auto pass = [&](double seconds) {
        now += std::chrono::duration_cast<RunProgress::Clock::duration>(std::chrono::duration<double>(seconds));
    };
    progress.begin(core::Stage::loading);
    CHECK(reports.back().seconds_left == -1);
    pass(3);
    progress.expect(4.0, 10.0);
    progress.begin(core::Stage::sampling);
    CHECK(reports.back().seconds_left == Approx(50));
    pass(9);  // the first step maps the weights
    progress.step(1, nullptr);
    CHECK(reports.back().seconds_left == Approx(91));
    for (int step = 2; step <= 10; ++step) {
        pass(step % 2 == 0 ? 5.0 : 5.2);
        progress.step(step, nullptr);
        const double due = 5.1 * (10 - step) + 10;
        CHECK(reports.back().seconds_left == Approx(due).epsilon(0.05));
        CHECK(reports.back().step == step);
        CHECK(reports.back().memory_bytes > 1'000'000);
    }
    progress.begin(core::Stage::decoding);
    CHECK(reports.back().seconds_left == Approx(10));
    pass(30);
    progress.decoded(0.5);
    CHECK(reports.back().seconds_left == Approx(30));
    progress.finish();
    double fraction = 0;
    for (const auto& report : reports) {
        CHECK(report.fraction >= fraction);
        fraction = report.fraction;
    }
    CHECK(fraction == 1.0);
}

}  // namespace kinora::inference
