#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/ops/randn.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "core/models/catalogue.h"
#include "core/models/model_summary.h"
#include "inference/pipeline/wan_generator.h"
#include "tests/inference/parity.h"
#include "tests/inference/pipeline/fabricated_models.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using inference::WanGenerator;
using tests::ScratchFolder;
namespace fs = std::filesystem;

namespace {

core::Catalogue catalogue_in(const ScratchFolder& scratch)
{
    return core::Catalogue(
        {scratch / "resources", scratch / "data", scratch / "config" / "models.json", scratch / "assembled"});
}

/// A generator as the programs compose it: models by their id, or by path.
WanGenerator generator_of(const core::Catalogue& catalogue)
{
    return WanGenerator([catalogue](const std::string& id) -> core::Result<fs::path> {
        const auto entry = catalogue.find(id);
        if (!entry) return entry.error();
        return entry->folder;
    });
}

core::GenerationRequest request(const std::string& model)
{
    core::GenerationRequest request;
    request.prompt = {{.text = "a red balloon over hills"}};
    request.prompt_text = "a red balloon over hills";
    request.model_id = model;
    request.width = 32;
    request.height = 32;
    request.frames = 5;
    request.steps = 2;
    request.guidance = 3.0F;
    request.shift = 3.0F;  // a folder names its own, files by themselves none
    request.seed = 7;
    request.device = "cpu";
    request.dtype = "float32";
    return request;
}

core::GeneratedClip make(WanGenerator& generator, const core::GenerationRequest& wish)
{
    at::set_num_threads(1);
    auto clip = generator.generate(wish, {}, {});
    if (!clip) FAIL(clip.error().message);
    return *std::move(clip);
}

/// ‖a − b‖ / ‖b − mean(b)‖ of two clips' latents.
double difference(const core::GeneratedClip& a, const core::GeneratedClip& b)
{
    double apart = 0;
    double size = 0;
    REQUIRE(a.latents.values.size() == b.latents.values.size());
    for (std::size_t i = 0; i < a.latents.values.size(); ++i) {
        apart += std::pow(a.latents.values[i] - b.latents.values[i], 2);
        size += std::pow(b.latents.values[i], 2);
    }
    return std::sqrt(apart / size);
}

core::GeneratedClip from_folder()
{
    WanGenerator generator([](const std::string&) -> core::Result<fs::path> { return tests::small_model(); });
    return make(generator, request("folder"));
}

}  // namespace

TEST_CASE("a clip is the same from a folder, a ComfyUI file and a hub cache, and near it from GGUF and 8-bit floats")
{
    const ScratchFolder scratch;
    const auto reference = from_folder();
    const fs::path models = scratch / "ComfyUI" / "models";
    tests::write_companions(models);
    tests::write_single_file(models / "diffusion_models" / "small_bf16.safetensors", tests::Stored::as_is);
    tests::write_single_file(models / "diffusion_models" / "small_fp8_scaled.safetensors", tests::Stored::scaled_fp8);
    tests::write_gguf(models / "unet" / "small-Q8_0.gguf");
    const auto catalogue = catalogue_in(scratch);
    const auto added = catalogue.add_path(models);
    if (!added) FAIL(added.error().message);
    CHECK(added->models.size() == 3);
    for (const auto& entry : added->models)
        CHECK(core::summarise_model(entry).missing.empty());
    auto generator = generator_of(catalogue);
    CHECK(difference(make(generator, request("small_bf16")), reference) < 1e-5);
    const double gguf = difference(make(generator, request("small-Q8_0")), reference);
    CHECK(gguf > 0);
    CHECK(gguf < 0.1);
    const double fp8 = difference(make(generator, request("small_fp8_scaled")), reference);
    CHECK(fp8 > gguf);
    CHECK(fp8 < 0.6);
    WARN("latents from GGUF (Q8_0) differ by " << gguf << ", from scaled fp8 by " << fp8);

    tests::write_hub_cache(scratch / "hub");
    const auto cached = catalogue.add_path(scratch / "hub");
    REQUIRE(cached);
    REQUIRE(cached->models.size() == 1);
    CHECK(difference(make(generator, request(cached->models[0].id)), reference) < 1e-5);
    const auto by_path = request((models / "diffusion_models" / "small_bf16.safetensors").string());
    CHECK(difference(make(generator, by_path), reference) < 1e-5);
}

TEST_CASE("LoRAs act by their weight on float and packed models, and come off without loading the model again")
{
    const ScratchFolder scratch;
    const fs::path models = scratch / "models";
    tests::write_companions(models);
    tests::write_single_file(models / "diffusion_models" / "plain.safetensors", tests::Stored::as_is);
    tests::write_gguf(models / "diffusion_models" / "packed.gguf");
    at::manual_seed(3);
    const std::string module = "diffusion_model.blocks.1.ffn.0";
    REQUIRE(inference::save_safetensors(scratch / "style.safetensors", {{module + ".lora_A.weight", at::randn({4, 40})},
                                                                        {module + ".lora_B.weight", at::randn({40, 4})},
                                                                        {"nothing.known", at::randn({1})}}));
    const auto catalogue = catalogue_in(scratch);
    REQUIRE(catalogue.add_path(models));
    auto generator = generator_of(catalogue);
    std::vector<core::GeneratedClip> changed;
    for (const std::string model : {"plain", "packed"}) {
        CAPTURE(model);
        const auto without = make(generator, request(model));
        auto wish = request(model);
        wish.loras = {{.file = scratch / "style.safetensors", .weight = 0.5F, .expert = {}}};
        const auto with = make(generator, wish);
        CHECK(difference(with, without) > 1e-3);
        CHECK((with.recipe.loras == wish.loras));
        CHECK(std::any_of(with.recipe.fallbacks.begin(), with.recipe.fallbacks.end(),
                          [](const std::string& sentence) { return sentence.find("nothing.known") != std::string::npos; }));
        wish.loras.push_back(wish.loras.front());
        const auto twice = make(generator, wish);
        wish.loras = {{.file = scratch / "style.safetensors", .weight = 1.0F, .expert = {}}};
        CHECK(difference(make(generator, wish), twice) < 1e-4);
        CHECK(make(generator, request(model)).latents.values == without.latents.values);
        changed.push_back(twice);
    }
    CHECK(difference(changed[1], changed[0]) < 0.1);
}

TEST_CASE("a few-step LoRA's schedule is taken where nothing else is asked for, and told")
{
    const ScratchFolder scratch;
    at::manual_seed(3);
    const fs::path file = scratch / "small_lightx2v_4steps.safetensors";
    REQUIRE(inference::save_safetensors(file, {{"diffusion_model.blocks.0.ffn.0.lora_A.weight", at::randn({4, 40})},
                                               {"diffusion_model.blocks.0.ffn.0.lora_B.weight", at::randn({40, 4})}}));
    WanGenerator generator([](const std::string&) -> core::Result<fs::path> { return tests::small_model(); });
    auto wish = request("folder");
    wish.loras = {{.file = file}};
    wish.steps.reset();
    wish.guidance.reset();
    const auto recipe = generator.resolve(wish);
    REQUIRE(recipe);
    CHECK(recipe->steps == 4);
    CHECK(recipe->sampler == "lightx2v");
    CHECK(recipe->guidance == 1.0F);
    REQUIRE_FALSE(recipe->fallbacks.empty());
    CHECK(recipe->fallbacks.back().find("LightX2V") != std::string::npos);
    wish.steps = 8;
    wish.sampler = "euler";
    CHECK(generator.resolve(wish)->steps == 8);
}
