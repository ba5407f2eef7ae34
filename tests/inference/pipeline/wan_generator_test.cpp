#include "inference/pipeline/wan_generator.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/randn.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/paths.h"
#include "core/generation/recipe_json.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/pipeline/latents_file.h"
#include "tests/goldens_path.h"
#include "tests/inference/pipeline/own_folders.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for one test, removed at its end.
class Scratch {
public:
    Scratch()
    {
        std::string pattern = (fs::temp_directory_path() / "kinora_generator_XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { fs::remove_all(path_); }

    [[nodiscard]] const fs::path& path() const { return path_; }

    /// The fixture's small TI2V model with Kinora's own defaults and a preview map beside it.
    [[nodiscard]] fs::path model() const
    {
        const auto folder = path_ / "tiny";
        if (fs::exists(folder)) return folder;
        fs::copy(tests::goldens_dir() / "pipelines" / "wan22_ti2v" / "model", folder, fs::copy_options::recursive);
        std::ofstream(folder / "kinora.json")
            << R"({"name":"Tiny","width":64,"height":32,"frames":9,"max_frames":17,"rate":12,"steps":3,"guidance":3,"any_frame":true})";
        const auto generator = at::make_generator<at::CPUGeneratorImpl>(3);
        const auto latents = at::randn({1, 12, 3, 2, 4}, generator, at::TensorOptions().dtype(at::kFloat));
        const auto video = at::randn({1, 3, 9, 32, 64}, generator, at::TensorOptions().dtype(at::kFloat));
        REQUIRE(LatentPreview::fit(latents, video).save(folder / "latent_rgb.json"));
        return folder;
    }

    [[nodiscard]] WanGenerator generator(Traces traces = Traces::kept) const
    {
        const auto find = [folder = model()](const std::string& id) -> core::Result<fs::path> {
            if (id == "tiny") return folder;
            return core::make_error(core::ErrorKind::not_found, "There is no model " + id + "; installed is: tiny.");
        };
        return WanGenerator(find, traces);
    }

private:
    fs::path path_;
};

core::GenerationRequest request()
{
    core::GenerationRequest request;
    request.prompt = {{.text = "a red balloon over hills"}};
    request.prompt_text = "a red balloon over hills";
    request.model_id = "tiny";
    request.seed = 7;
    request.device = "cpu";
    request.dtype = "float32";
    return request;
}

core::GeneratedClip make(WanGenerator& generator, const core::GenerationRequest& wish)
{
    auto clip = generator.generate(wish, {}, {});
    if (!clip) FAIL(clip.error().message);
    return *std::move(clip);
}

core::ConditioningFrame picture(int frame, float value)
{
    core::FrameSequence pictures{.frames = 1, .height = 20, .width = 30, .rate = core::FrameRate(12), .rgb = {}};
    pictures.rgb.assign(pictures.frame_size(), value);
    return {.frame = frame, .pictures = std::make_shared<const core::FrameSequence>(pictures), .source = "picture.png"};
}

}  // namespace

TEST_CASE("the same request gives the same bits, also from its recipe, another seed or prompt others")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto first = make(generator, request());
    CHECK(first.frames.frames == 9);
    CHECK(first.frames.width == 64);
    CHECK(first.frames.rate == core::FrameRate(12));
    CHECK(make(generator, request()).frames.rgb == first.frames.rgb);

    auto fresh = scratch.generator();
    const auto again = core::recipe_from_json(core::to_json(first.recipe));
    REQUIRE(again);
    auto repeated = core::request_from_recipe(*again);
    REQUIRE(repeated);
    const auto second = make(fresh, *repeated);
    CHECK(second.frames.rgb == first.frames.rgb);
    CHECK(second.recipe == first.recipe);

    auto other = request();
    other.seed = 8;
    CHECK(make(generator, other).frames.rgb != first.frames.rgb);
    other = request();
    other.prompt = {{.text = "a blue boat"}};
    CHECK(make(generator, other).frames.rgb != first.frames.rgb);
}

TEST_CASE("a generator for looks that nobody keeps leaves nothing in the cache folder, and draws the same")
{
    const Scratch scratch;
    const tests::OwnFolders own;
    auto fleeting = scratch.generator(Traces::none);
    const auto look = make(fleeting, request());
    CHECK(look.recipe.model_hash.empty());
    CHECK_FALSE(fs::exists(core::cache_dir() / "speeds.json"));
    CHECK_FALSE(fs::exists(core::cache_dir() / "weights.json"));
    CHECK_FALSE(fs::exists(core::cache_dir() / "previews"));
    auto kept = scratch.generator();
    CHECK(make(kept, request()).frames.rgb == look.frames.rgb);
    CHECK(fs::exists(core::cache_dir() / "speeds.json"));
}

TEST_CASE("a model says that it can draw drafts if its folder has one")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto without = generator.capabilities("tiny");
    REQUIRE(without);
    CHECK(without->draft.empty());
    std::ofstream(scratch.model() / k_draft_file) << "a LoRA";
    const auto with = generator.capabilities("tiny");
    REQUIRE(with);
    CHECK(with->draft == scratch.model() / k_draft_file);
}

TEST_CASE("the recipe of a finished clip leaves nothing open")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto clip = make(generator, request());
    const auto& recipe = clip.recipe;
    CHECK(recipe.prompt == "a red balloon over hills");
    CHECK(recipe.model_id == "tiny");
    CHECK(recipe.model_hash.size() == 64);
    CHECK(recipe.device == "cpu");
    CHECK(recipe.dtype == "float32");
    CHECK(recipe.decoder_dtype == "float32");
    CHECK(recipe.route == "whole-clip");
    CHECK(recipe.tiling == "none");
    CHECK(recipe.threads >= 1);
    CHECK(recipe.steps == 3);
    CHECK(recipe.shift == 5.0F);
    CHECK(recipe.sampler == "unipc");
    CHECK_FALSE(recipe.engine_version.empty());
    CHECK(recipe.fallbacks.empty());
    std::set<std::string> stages;
    for (const auto& [name, seconds] : clip.timings)
        stages.insert(name);
    CHECK(stages.contains("load"));
    CHECK(stages.contains("sample"));
    CHECK(stages.contains("decode"));
}

TEST_CASE("progress never falls, previews come with every step, latents are on disk before decoding")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    auto wish = request();
    wish.latents_file = scratch.path() / "takes" / "take.safetensors";
    double fraction = 0;
    int previews = 0;
    bool saved_before_decoding = false;
    const auto clip = generator.generate(wish,
                                         [&](const core::Progress& progress) {
                                             CHECK(progress.fraction >= fraction);
                                             fraction = progress.fraction;
                                             if (progress.preview) {
                                                 ++previews;
                                                 REQUIRE(progress.preview->size() == 3);
                                                 CHECK(progress.preview->front().width == 16);
                                                 CHECK(progress.preview->front().height == 8);
                                                 CHECK(progress.step == previews);
                                             }
                                             if (progress.stage == core::Stage::decoding)
                                                 saved_before_decoding = fs::exists(wish.latents_file);
                                         },
                                         {});
    REQUIRE(clip);
    CHECK(fraction == 1.0);
    CHECK(previews == 3);
    CHECK(saved_before_decoding);
    const auto saved = load_latents(wish.latents_file);
    REQUIRE(saved);
    CHECK(saved->complete());
    CHECK(saved->latents.values == clip->latents.values);
    CHECK(saved->recipe == clip->recipe);
}

TEST_CASE("a stop is answered within a step and keeps the latents")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    auto wish = request();
    wish.steps = 50;
    wish.latents_file = scratch.path() / "take.safetensors";
    std::stop_source stop;
    int last_step = 0;
    const auto clip = generator.generate(
        wish,
        [&](const core::Progress& progress) {
            if (progress.stage != core::Stage::sampling) return;
            last_step = progress.step;
            if (progress.step == 2) stop.request_stop();
        },
        stop.get_token());
    REQUIRE_FALSE(clip);
    CHECK(clip.error().kind == core::ErrorKind::cancelled);
    CHECK(last_step == 2);
    const auto saved = load_latents(wish.latents_file);
    REQUIRE(saved);
    CHECK(saved->steps_done == 2);
    CHECK_FALSE(saved->complete());

    const auto never_begun = generator.generate(request(), {}, stop.get_token());
    REQUIRE_FALSE(never_begun);
    CHECK(never_begun.error().kind == core::ErrorKind::cancelled);
}

TEST_CASE("saved latents decode to the same bits again")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto clip = make(generator, request());
    const auto warm = generator.decode(clip.latents, clip.recipe, {});
    REQUIRE(warm);
    CHECK(warm->rgb == clip.frames.rgb);
    auto fresh = scratch.generator();
    const auto cold = fresh.decode(clip.latents, clip.recipe, {});
    REQUIRE(cold);
    CHECK(cold->rgb == clip.frames.rgb);
    auto torn = clip.latents;
    torn.values.pop_back();
    CHECK(generator.decode(torn, clip.recipe, {}).error().kind == core::ErrorKind::corrupt);
}

TEST_CASE("pictures given at the start and at the end stay in the clip's latents")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    auto wish = request();
    wish.conditioning = {picture(0, 0.2F), picture(-1, 0.9F)};
    const auto clip = make(generator, wish);
    REQUIRE(clip.recipe.references.size() == 2);
    CHECK(clip.recipe.references[1].frame == -1);
    auto other = wish;
    other.seed = 99;
    const auto same_pictures = make(generator, other);
    const auto cells = static_cast<std::size_t>(clip.latents.height) * clip.latents.width;
    for (int channel = 0; channel < clip.latents.channels; ++channel) {
        for (const int frame : {0, 2})
            for (std::size_t cell = 0; cell < cells; ++cell) {
                const auto index = (static_cast<std::size_t>(channel) * 3 + frame) * cells + cell;
                REQUIRE(clip.latents.values[index] == same_pictures.latents.values[index]);
            }
    }
    CHECK(clip.latents.values != same_pictures.latents.values);

    wish.conditioning = {picture(3, 0.1F), picture(4, 0.2F)};
    CHECK_FALSE(generator.generate(wish, {}, {}));
    wish.conditioning = {picture(9, 0.1F)};
    const auto outside = generator.generate(wish, {}, {});
    REQUIRE_FALSE(outside);
    CHECK_THAT(outside.error().message, Catch::Contains("picture.png"));
}

TEST_CASE("a prompt with times gives each stretch its own flow")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    auto timed = request();
    timed.prompt = {{.text = "a red balloon", .end_frame = 5}, {.text = "a blue boat", .first_frame = 5}};
    const auto clip = make(generator, timed);
    auto plain = request();
    plain.prompt = {{.text = "a red balloon"}};
    CHECK(clip.latents.values != make(generator, plain).latents.values);
    auto heavy = plain;
    heavy.prompt[0].weight = 1.5F;
    CHECK(make(generator, heavy).latents.values != make(generator, plain).latents.values);
}

TEST_CASE("bfloat16 gives nearly the same clip")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto exact = make(generator, request());
    auto wish = request();
    wish.dtype = "bfloat16";
    const auto rounded = make(generator, wish);
    CHECK(rounded.recipe.dtype == "bfloat16");
    double difference = 0;
    double size = 0;
    for (std::size_t index = 0; index < exact.latents.values.size(); ++index) {
        difference += std::pow(exact.latents.values[index] - rounded.latents.values[index], 2);
        size += std::pow(exact.latents.values[index], 2);
    }
    CHECK(std::sqrt(difference / size) < 0.2);
}

TEST_CASE("what can't be made is refused before work, in a sentence")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto refusal = [&](const core::GenerationRequest& wish) {
        const auto clip = generator.generate(wish, {}, {});
        REQUIRE_FALSE(clip);
        return clip.error();
    };
    auto wish = request();
    wish.model_id = "none";
    CHECK(refusal(wish).kind == core::ErrorKind::not_found);
    wish = request();
    wish.device = "tpu";
    CHECK(refusal(wish).kind == core::ErrorKind::device);
    wish = request();
    wish.width = -65;
    CHECK_THAT(refusal(wish).message, Catch::Contains("Tiny"));
    wish = request();
    wish.dtype = "int3";
    CHECK(refusal(wish).kind == core::ErrorKind::invalid_argument);
}

TEST_CASE("half a model folder and corrupt weights are named")
{
    for (const char* lost :
         {"model_index.json", "vae/config.json", "transformer/diffusion_pytorch_model.safetensors", "tokenizer/spiece.model",
          "scheduler/scheduler_config.json", "text_encoder/model.safetensors"}) {
        const Scratch scratch;
        fs::remove(scratch.model() / lost);
        auto generator = scratch.generator();
        const auto clip = generator.generate(request(), {}, {});
        INFO(lost);
        REQUIRE_FALSE(clip);
        CHECK(clip.error().kind == core::ErrorKind::not_found);
        CHECK_THAT(clip.error().message, Catch::Contains(fs::path(lost).begin()->string()));
    }
    const Scratch scratch;
    const auto weights = scratch.model() / "transformer" / "diffusion_pytorch_model.safetensors";
    fs::resize_file(weights, fs::file_size(weights) / 2);
    auto generator = scratch.generator();
    const auto torn = generator.generate(request(), {}, {});
    REQUIRE_FALSE(torn);
    CHECK(torn.error().kind == core::ErrorKind::corrupt);
    CHECK_THAT(torn.error().message, Catch::Contains("diffusion_pytorch_model.safetensors"));
}

TEST_CASE("capabilities and estimate come without loading weights")
{
    const Scratch scratch;
    auto generator = scratch.generator();
    const auto capabilities = generator.capabilities("tiny");
    REQUIRE(capabilities);
    CHECK(capabilities->name == "Tiny");
    CHECK(capabilities->default_width == 64);
    CHECK(capabilities->size_multiple == 32);
    CHECK(capabilities->max_tokens == 512);
    CHECK(capabilities->any_frame);
    CHECK_THAT(capabilities->variant, Catch::Contains("TI2V"));
    const auto small = generator.estimate(request());
    auto wish = request();
    wish.steps = 30;
    const auto large = generator.estimate(wish);
    REQUIRE(small);
    REQUIRE(large);
    CHECK(small->seconds > 0);
    CHECK(large->seconds > small->seconds);
    CHECK(small->peak_bytes > 100'000);
}

}  // namespace kinora::inference
