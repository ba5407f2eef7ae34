#include "inference/training/draft_trainer.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/base/ids.h"
#include "core/models/lora_keys.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/training/latent_cache.h"
#include "inference/training/scene_batch.h"
#include "inference/training/starter_shape.h"
#include "inference/training/training_state.h"
#include "inference/weights/lora.h"
#include "inference/weights/safetensors.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};

std::filesystem::path starter()
{
    return tests::source_dir() / "resources" / "models" / "starter";
}

/// A training's folder with the published transformer and invented latents.
struct Training {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("kinora-draft-" + core::make_id());
    Training()
    {
        at::set_num_threads(1);
        for (const char* part : {"dit", "latents"})
            std::filesystem::create_directories(path / part);
        std::filesystem::copy(starter() / "tokenizer", path / "tokenizer");
        std::filesystem::copy_file(starter() / "transformer/diffusion_pytorch_model.safetensors",
                                   path / "dit/transformer.safetensors");
        std::filesystem::copy_file(starter() / "text_encoder/model.safetensors", path / "dit/text_encoder.safetensors");
        at::Tensor tokens = at::zeros({140, 2, k_caption_tokens}, at::kInt);
        tokens.narrow(2, 0, 6).fill_(40);
        REQUIRE(inference::save_safetensors(path / "latents/latents-5-320x192-00000.safetensors",
                                            {{"latents", normal_noise({140, 32, 2, 4, 6}, 3).to(at::kBFloat16)},
                                             {"tokens", tokens},
                                             {"emphasis", at::zeros({140, 2, 4, 6}, at::kByte)},
                                             {"attributes", at::zeros({140, k_attributes}, at::kByte)}}));
    }
    ~Training() { std::filesystem::remove_all(path); }
};

DraftTrainingOptions small(const Training& training, int steps)
{
    DraftTrainingOptions options;
    options.training = training.path;
    options.steps = steps;
    options.rank = 8;
    options.batch = 4;
    options.rate = 2e-3;
    return options;
}

}  // namespace

TEST_CASE("A teacher's way leads along its flow and leaves given frames where they are")
{
    const at::Tensor noisy = normal_noise({2, 3, 2, 4, 4}, 1);
    at::Tensor made = at::ones({2, 2}, at::kBool);
    made[1][0] = false;
    std::vector<float> times;
    const at::Tensor end =
        follow_teacher(noisy, made, {0.75F, 0.5F, 0.25F}, [&](const at::Tensor& clip, const at::Tensor& time) {
            times.push_back(time[0][0].item<float>());
            CHECK(time[1][0].item<float>() == 0.0F);
            return at::full(clip.sizes(), 2.0F);
        });
    CHECK(times == std::vector<float>{750.0F, 500.0F});
    CHECK(at::allclose(end[0], noisy[0] - 1.0));
    CHECK(at::equal(end[1].select(1, 0), noisy[1].select(1, 0)));
    CHECK(at::allclose(end[1].select(1, 1), noisy[1].select(1, 1) - 1.0));
}

TEST_CASE("A draft's LoRA changes nothing at first, and a file of it what the trainer sees")
{
    const Training training;
    auto config = starter_dit_config();
    config.num_layers = 2;
    auto model = inference::WanDit::create_random(config, 4);
    const DraftLora lora(model, 4, 1, at::kCPU);
    auto same = model;
    lora.apply(same);
    std::map<std::string, at::Tensor> before, after;
    model.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { before[name] = tensor; });
    same.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { CHECK(at::equal(tensor, before[name])); });
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& parameter : lora.parameters()) {
        at::Tensor tensor = parameter.tensor;
        tensor.copy_(normal_noise(tensor.sizes(), 7));
        tensors.emplace_back(parameter.name, tensor);
    }
    auto changed = model;
    lora.apply(changed);
    changed.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { after[name] = tensor; });
    const auto file = training.path / "lora.safetensors";
    REQUIRE(inference::save_safetensors(file, tensors));
    const auto read = inference::Lora::load(file);
    REQUIRE(read);
    CHECK(read->unknown().empty());
    inference::LoraStack stack;
    const std::vector<inference::LoraUse> uses{{&*read, 1.0}};
    REQUIRE(stack.set([&](const auto& visitor) { model.for_each_parameter(visitor); }, uses));
    int different = 0;
    model.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
        CHECK(at::allclose(tensor, after[name], 1e-4, 1e-5));
        different += at::equal(tensor, before[name]) ? 0 : 1;
    });
    CHECK(different == 2 * 10);
}

TEST_CASE("A draft is distilled, goes on where it stopped, and the pipeline takes its few steps")
{
    const Training training;
    std::vector<double> losses;
    const Say listen = [&](const std::string& line) {
        if (const auto at = line.find("loss "); at != std::string::npos) losses.push_back(std::stod(line.substr(at + 5)));
    };
    const auto done = train_draft(small(training, 20), listen, {});
    REQUIRE(done);
    CHECK(*done == 20);
    const auto more = train_draft(small(training, 80), listen, {});
    REQUIRE(more);
    CHECK(*more == 80);
    REQUIRE(losses.size() == 4);
    CHECK(losses.back() < 0.9 * losses.front());
    const auto file = training.path / "dit" / k_draft_file;
    REQUIRE(std::filesystem::exists(file));
    inference::WanGenerator engine([](const std::string&) -> core::Result<std::filesystem::path> { return starter(); });
    core::GenerationRequest request;
    request.prompt_text = "a red balloon over green hills";
    request.prompt = {{.text = request.prompt_text}};
    request.width = request.height = 64;
    request.frames = 5;
    request.loras = {{.file = file}};
    const auto clip = engine.generate(request, {}, {});
    REQUIRE(clip);
    CHECK(clip->recipe.steps == 4);
    CHECK(clip->recipe.guidance == 1.0F);
    CHECK(clip->recipe.sampler == "euler");
    CHECK(clip->recipe.shift == 3.0F);
    CHECK(clip->frames.frames == 5);
}

TEST_CASE("A draft without latents or a trained transformer says what is missing")
{
    const Training training;
    std::filesystem::remove(training.path / "dit/transformer.safetensors");
    const auto no_teacher = train_draft(small(training, 2), k_silent, {});
    REQUIRE_FALSE(no_teacher);
    CHECK(no_teacher.error().message.find("transformer.safetensors") != std::string::npos);
    std::filesystem::remove(training.path / "latents/latents-5-320x192-00000.safetensors");
    const auto no_latents = train_draft(small(training, 2), k_silent, {});
    REQUIRE_FALSE(no_latents);
    CHECK(no_latents.error().kind == core::ErrorKind::not_found);
}
