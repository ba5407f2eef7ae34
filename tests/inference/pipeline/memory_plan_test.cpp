#include "inference/pipeline/memory_plan.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <nlohmann/json.hpp>
#include <string>

#include "core/generation/recipe_json.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/runtime/fault.h"
#include "inference/runtime/memory.h"
#include "tests/goldens_path.h"
#include "tests/inference/pipeline/synthetic_model.h"
#include "tests/inference/pipeline/tiny_request.h"
#include "tests/scratch_folder.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

WanGenerator engine(const std::string& fixture = "wan22_ti2v")
{
    return WanGenerator([fixture](const std::string&) -> core::Result<fs::path> {
        return tests::goldens_dir() / "pipelines" / fixture / "model";
    });
}

using tests::tiny_request;

core::GeneratedClip make(WanGenerator& generator, const core::GenerationRequest& wish)
{
    auto clip = generator.generate(wish, {}, {});
    if (!clip) FAIL(clip.error().message);
    return *std::move(clip);
}

/// Memory runs out at a place, `times` times, after it was passed `before` times.
class PlantedFault {
public:
    PlantedFault(std::string place, int times, int before = 0)
    {
        set_fault_hook([place = std::move(place), times, before](const char* passed) mutable {
            if (place != passed || before-- > 0 || times-- <= 0) return;
            throw std::bad_alloc();
        });
    }
    PlantedFault(const PlantedFault&) = delete;
    PlantedFault& operator=(const PlantedFault&) = delete;
    ~PlantedFault() { set_fault_hook({}); }
};

}  // namespace

TEST_CASE("memory that runs out at any stage ends in a finished take, told in a sentence")
{
    auto generator = engine();
    const auto whole = make(generator, tiny_request());
    REQUIRE(whole.recipe.fallbacks.empty());
    for (const char* place : {"loading", "encoders", "transformer", "block", "decoder", "pictures"}) {
        INFO(place);
        const PlantedFault fault(place, 1);
        auto fresh = engine();
        const auto clip = make(fresh, tiny_request());
        REQUIRE(clip.recipe.fallbacks.size() == 1);
        CHECK_THAT(clip.recipe.fallbacks.front(), Catch::StartsWith("Memory ran out"));
        CHECK(clip.latents.values == whole.latents.values);
        CHECK(clip.frames.frames == whole.frames.frames);
    }
}

TEST_CASE("memory that runs out within a step costs that step only, and a checkpoint is there")
{
    auto generator = engine();
    const auto whole = make(generator, tiny_request());
    const tests::ScratchFolder scratch;
    auto wish = tiny_request();
    wish.checkpoint_file = scratch / "checkpoint.safetensors";
    // Two passes through two blocks a step, one hook a block; the third step fails.
    int blocks_passed = 0;
    set_fault_hook([&](const char* place) { blocks_passed += std::string(place) == "block" ? 1 : 0; });
    static_cast<void>(make(generator, tiny_request()));
    set_fault_hook({});
    const PlantedFault fault("block", 1, blocks_passed / 2 + 1);
    std::map<int, int> reports;
    const auto clip = generator.generate(wish,
                                         [&](const core::Progress& progress) {
                                             if (progress.stage == core::Stage::sampling) ++reports[progress.step];
                                         },
                                         {});
    REQUIRE(clip);
    CHECK(clip->latents.values == whole.latents.values);
    REQUIRE(clip->recipe.fallbacks.size() == 1);
    CHECK_THAT(clip->recipe.fallbacks.front(), Catch::Contains("after step 2 of 4"));
    CHECK(reports[2] >= 2);
}

TEST_CASE("memory that runs out again and again tightens the plan to its end, and the recipe gives the same clip again")
{
    auto generator = engine();
    const auto whole = make(generator, tiny_request());
    core::Recipe recipe;
    std::vector<float> frames;
    {
        const PlantedFault fault("block", 3);
        auto fresh = engine();
        const auto clip = make(fresh, tiny_request());
        CHECK(clip.recipe.fallbacks.size() == 3);
        CHECK(passes_are_apart(clip.recipe.route));
        recipe = clip.recipe;
        frames = clip.frames.rgb;
    }
    const auto again = core::request_from_recipe(recipe);
    REQUIRE(again);
    auto fresh = engine();
    CHECK(make(fresh, *again).frames.rgb == frames);
    const PlantedFault endless("block", 1000);
    auto failing = engine();
    const auto failed = failing.generate(tiny_request(), {}, {});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == core::ErrorKind::out_of_memory);
}

TEST_CASE("weights converted at use and passes apart give the clip of a run with plenty of memory")
{
    for (const char* dtype : {"float32", "bfloat16"}) {
        INFO(dtype);
        auto wish = tiny_request();
        wish.dtype = dtype;
        auto plenty = engine();
        const auto whole = make(plenty, wish);
        wish.memory_limit = 1;
        auto scarce = engine();
        const auto tight = make(scarce, wish);
        CHECK(passes_are_apart(tight.recipe.route));
        CHECK(tight.recipe.tiling != "none");
        double difference = 0;
        double size = 0;
        for (std::size_t index = 0; index < whole.latents.values.size(); ++index) {
            difference += std::pow(whole.latents.values[index] - tight.latents.values[index], 2);
            size += std::pow(whole.latents.values[index], 2);
        }
        CHECK(std::sqrt(difference / size) < (std::string(dtype) == "float32" ? 1e-5 : 0.05));
    }
}

TEST_CASE("a plan says what each stage takes, and whether that is within the limit")
{
    auto generator = engine();
    auto wish = tiny_request();
    wish.memory_limit = 16'000'000'000;
    const auto plan = generator.estimate(wish);
    REQUIRE(plan);
    CHECK(plan->fits);
    REQUIRE(plan->plan.size() == 4);
    CHECK_THAT(plan->plan[0], Catch::StartsWith("Text encoder"));
    CHECK_THAT(plan->plan[1], Catch::StartsWith("Sampling") && Catch::Contains("both passes at once"));
    CHECK_THAT(plan->plan[2], Catch::StartsWith("Decoding"));
    CHECK_THAT(plan->plan[3], Catch::Contains("16.0 GB"));
    wish.memory_limit = 1000;
    const auto impossible = generator.estimate(wish);
    REQUIRE(impossible);
    CHECK_FALSE(impossible->fits);
    CHECK_THAT(impossible->plan[3], Catch::Contains("isn't enough"));
    CHECK(impossible->peak_bytes <= plan->peak_bytes);
}

TEST_CASE("Wan 2.2 A14B in Q4_K fits into 8 GB at 832x480 and 81 frames")
{
    const tests::ScratchFolder scratch;
    tests::SyntheticModel form;
    form.layers = 40;
    form.filled = 0;
    form.text_width = 256;
    form.vae_width = 8;
    const auto small = tests::goldens_dir() / "pipelines" / "wan22_a14b_t2v" / "model";
    const auto folder = scratch / "a14b";
    const auto written = tests::write_synthetic_model(folder, form, small);
    REQUIRE(written);
    WanGenerator generator([&](const std::string&) -> core::Result<fs::path> { return folder; });
    auto wish = tiny_request();
    wish.width = 832;
    wish.height = 480;
    wish.frames = 81;
    wish.dtype = "bfloat16";
    wish.guidance = 4.0F;
    wish.memory_limit = 8'000'000'000;
    const auto plan = generator.estimate(wish);
    REQUIRE(plan);
    CHECK(plan->fits);
    CHECK_THAT(plan->plan[1],
               Catch::Contains("quantised weights stay in the file's pages") && Catch::Contains("one expert at a time"));
    wish.memory_limit = 3'000'000'000;
    const auto tight = generator.estimate(wish);
    REQUIRE(tight);
    CHECK(tight->peak_bytes < plan->peak_bytes);
    CHECK_THAT(tight->plan[1], Catch::Contains("one after the other"));
}

TEST_CASE("on the way to a card a plan counts two rooms on either side for the weights that come when they are used")
{
    const auto model = tests::goldens_dir() / "pipelines" / "wan22_ti2v" / "model";
    const auto here = weight_cost(model / "transformer", c10::kBFloat16, WorkPlace::processor);
    const auto card = weight_cost(model / "transformer", c10::kBFloat16, WorkPlace::card);
    REQUIRE(here);
    REQUIRE(card);
    REQUIRE(card->largest > 0);
    CHECK(here->as_stored() == here->copied + here->largest);
    CHECK(card->as_stored() == card->copied + 4 * card->largest);
    CHECK(card->whole() == card->copied + card->converted);  // all of them there once, none on its way

    const auto info = read_model_info(model, "model");
    REQUIRE(info);
    core::Recipe recipe;
    recipe.width = 64;
    recipe.height = 64;
    recipe.frames = 5;
    recipe.dtype = "bfloat16";
    recipe.device = "cuda:0";
    const auto planner = MemoryPlanner::create(*info, recipe);
    REQUIRE(planner);
    MemoryPlan plan;
    plan.forms.transformer = WeightForm::as_stored;
    planner->measure(plan, {}, 0);
    CHECK_THAT(plan.stages[1].how, Catch::Contains("layer by layer, each while the one before it is used"));
    plan.forms.transformer = WeightForm::converted;
    planner->measure(plan, {}, 0);
    CHECK_THAT(plan.stages[1].how, Catch::Contains("kept on the card"));
}

/// A transformer of so many blocks of one matrix [4096, 4096] in bfloat16, of which the file holds nothing but the header.
void write_hollow_transformer(const fs::path& folder, std::int64_t blocks)
{
    constexpr std::int64_t k_bytes = std::int64_t{4096} * 4096 * 2;
    nlohmann::json header;
    for (std::int64_t block = 0; block < blocks; ++block)
        header["blocks." + std::to_string(block) + ".ffn.net.2.weight"] = {
            {"dtype", "BF16"}, {"shape", {4096, 4096}}, {"data_offsets", {block * k_bytes, (block + 1) * k_bytes}}};
    const std::string text = header.dump();
    const auto length = static_cast<std::uint64_t>(text.size());
    fs::create_directories(folder);
    const auto file = folder / "diffusion_pytorch_model.safetensors";
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(&length), sizeof(length)) << text;
    fs::resize_file(file, sizeof(length) + length + static_cast<std::uint64_t>(blocks * k_bytes));
}

TEST_CASE("what is left of the limit keeps blocks of the transformer, and memory that runs out takes them back step by step")
{
    constexpr std::int64_t k_blocks = 12;
    constexpr std::int64_t k_block = std::int64_t{4096} * 4096 * 4;  // worked in float32
    const tests::ScratchFolder scratch;
    auto info = read_model_info(tests::goldens_dir() / "pipelines" / "wan22_ti2v" / "model", "model");
    REQUIRE(info);
    write_hollow_transformer(scratch / "transformer", k_blocks);
    info->parts.transformer = scratch / "transformer";
    info->dit.num_layers = k_blocks;
    core::Recipe recipe;
    recipe.width = 64;
    recipe.height = 64;
    recipe.frames = 5;
    recipe.device = "cpu";
    recipe.dtype = recipe.decoder_dtype = "float32";
    const auto planner = MemoryPlanner::create(*info, recipe);
    REQUIRE(planner);
    MemoryPlan least;
    least.keep_parts = false;
    least.forms = {WeightForm::as_stored, WeightForm::as_stored, 0};
    planner->measure(least, {}, 0);
    const auto sampling = least.stages[1].bytes;
    // As many as there is room for: none, some, and all of them, which then are no longer converted at use.
    for (std::int64_t room = 0; room <= k_blocks + 4; ++room) {
        const auto limit = (sampling + room * k_block) * 5 / 4 + 1000;
        auto plan = planner->plan({}, limit, 0, true);
        INFO(room);
        CHECK(plan.fits());
        if (plan.forms.transformer == WeightForm::converted) {
            CHECK(room >= k_blocks - 2);
            continue;
        }
        CHECK(plan.stages[1].bytes <= limit * 4 / 5);
        CHECK(plan.forms.whole_blocks == room);
        CHECK(plan.stages[1].bytes == sampling + room * k_block);
        CHECK((plan.stages[1].how.find("of the 12 blocks, which are kept") != std::string::npos) == (room > 0));
        // Given up half by half.
        for (auto left = plan.forms.whole_blocks; left > 0; left /= 2) {
            REQUIRE(planner->tighten(plan));
            CHECK(plan.forms.whole_blocks == left / 2);
        }
        CHECK(plan.forms.transformer == WeightForm::as_stored);
    }
}

TEST_CASE("a large VAE's weights stay in their file's pages in the plan too, a small one's are laid out once")
{
    const tests::ScratchFolder scratch;
    tests::SyntheticModel form;
    form.layers = form.filled = 1;
    form.width_heads = 2;
    form.ffn_dim = 256;
    form.text_width = 256;
    core::Recipe recipe;
    recipe.device = "cpu";
    recipe.dtype = recipe.decoder_dtype = "bfloat16";
    recipe.width = 64;
    recipe.height = 64;
    recipe.frames = 5;
    const auto decoding = [&](std::int64_t width) {
        form.vae_width = static_cast<int>(width);
        const auto folder = scratch / std::to_string(width);
        const auto small = tests::goldens_dir() / "pipelines" / "wan22_a14b_t2v" / "model";
        REQUIRE(tests::write_synthetic_model(folder, form, small));
        const auto info = read_model_info(folder, "model");
        REQUIRE(info);
        const auto planner = MemoryPlanner::create(*info, recipe);
        REQUIRE(planner);
        auto plan = planner->plan({}, 16'000'000'000, 0, true);
        plan.keep_parts = false;
        planner->measure(plan, {}, 0);
        return plan.stages.back().bytes;
    };
    // 64 MB of weights, of which two of the largest convolution are there at a time; and 2 MB.
    CHECK(decoding(48) < 45'000'000);
    CHECK(decoding(8) > 2'000'000);
}

TEST_CASE("memory in use and memory left are what the system says")
{
    give_back_memory(c10::Device(c10::kCPU));  // what tests before this one left would be used first
    const auto before = anonymous_memory();
    CHECK(before > 1'000'000);
    CHECK(free_memory() > 10'000'000);
    std::vector<char> block(64'000'000, 'x');
    CHECK(anonymous_memory() > before + 50'000'000);
    CHECK(block[63'999'999] == 'x');
}

}  // namespace kinora::inference
