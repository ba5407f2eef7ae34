#include "inference/text/umt5.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

Umt5Config tiny_config()
{
    Umt5Config config;
    config.vocab_size = 50;
    config.d_model = 24;
    config.d_kv = 5;
    config.d_ff = 40;
    config.num_heads = 3;
    config.num_layers = 2;
    return config;
}

}  // namespace

TEST_CASE("the UMT5 encoder gives the reference's numbers, every layer", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto folder = tests::goldens_dir() / "umt5";
    const auto config = Umt5Config::read(folder / "text_encoder");
    REQUIRE(config);
    auto weights = load_part(folder / "text_encoder");
    REQUIRE(weights);
    const auto encoder = Umt5Encoder::load(*config, *weights);
    REQUIRE(encoder);
    CHECK(weights->unused() == std::vector<std::string>{});

    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".safetensors") continue;
        const auto tensors = load_safetensors(entry.path());
        REQUIRE(tensors);
        tests::Comparison file("umt5/" + entry.path().filename().string(), tensors->tensors());
        const auto& ids = file.input("input_ids");
        const auto& mask = file.input("attention_mask");
        const auto state = encoder->forward(
            ids, mask, [&](const std::string& name, const at::Tensor& tensor) { file.expect_close(name, tensor, 2e-5); });
        file.expect_close("last_hidden_state", state, 2e-5);
        file.expect_close("prompt_embeds", encoder->encode(ids, mask), 2e-5);
        file.finish();
        ++files;
    }
    CHECK(files > 0);
}

TEST_CASE("the embeddings may be stored under either name", "[parity]")
{
    const c10::InferenceMode inference;
    const auto folder = tests::goldens_dir() / "umt5" / "text_encoder";
    const auto config = Umt5Config::read(folder);
    const auto stored = load_part(folder);
    REQUIRE(config);
    REQUIRE(stored);
    const auto ids = at::tensor({5L, 6L, 1L}).unsqueeze(0);
    std::vector<at::Tensor> results;
    for (const char* name : {"shared.weight", "encoder.embed_tokens.weight"}) {
        WeightMap weights;
        for (const auto& [key, tensor] : stored->tensors()) {
            const bool table = key == "shared.weight" || key == "encoder.embed_tokens.weight";
            weights.add(table ? name : key, tensor);
        }
        const auto encoder = Umt5Encoder::load(*config, weights);
        REQUIRE(encoder);
        results.push_back(encoder->forward(ids, {}));
    }
    CHECK(at::equal(results[0], results[1]));
}

TEST_CASE("padding changes nothing for the tokens before it, and its rows are zero")
{
    const c10::InferenceMode inference;
    const auto encoder = Umt5Encoder::create_random(tiny_config(), 3);
    const auto ids = at::tensor({7L, 8L, 9L, 1L, 0L, 0L}).unsqueeze(0);
    const auto mask = at::tensor({1L, 1L, 1L, 1L, 0L, 0L}).unsqueeze(0);
    const auto padded = encoder.encode(ids, mask);
    const auto alone = encoder.encode(ids.narrow(1, 0, 4), {});
    CHECK(tests::relative_error(padded.narrow(1, 0, 4), alone) < 1e-6);
    CHECK(at::equal(padded.narrow(1, 4, 2), at::zeros({1, 2, 24})));
}

TEST_CASE("the same seed makes the same encoder, another seed another one")
{
    auto first = Umt5Encoder::create_random(tiny_config(), 3);
    auto second = Umt5Encoder::create_random(tiny_config(), 3);
    auto other = Umt5Encoder::create_random(tiny_config(), 4);
    const auto ids = at::tensor({7L, 1L}).unsqueeze(0);
    CHECK(at::equal(first.forward(ids, {}), second.forward(ids, {})));
    CHECK_FALSE(at::equal(first.forward(ids, {}), other.forward(ids, {})));
}

TEST_CASE("the encoder gives the same numbers with and without recording gradients")
{
    const auto encoder = Umt5Encoder::create_random(tiny_config(), 3);
    // Longer than the largest distance that has a bucket of its own.
    const auto ids = (at::arange(2 * 200).reshape({2, 200}) % 50).to(at::kLong);
    auto mask = at::ones({2, 200}, at::TensorOptions().dtype(at::kLong));
    mask.narrow(0, 1, 1).narrow(1, 150, 50).zero_();
    const auto recorded = encoder.forward(ids, mask);
    const auto unmasked = encoder.forward(ids, {});
    const c10::InferenceMode inference;
    CHECK(tests::relative_error(encoder.forward(ids, mask), recorded) < 1e-6);
    CHECK(tests::relative_error(encoder.forward(ids, {}), unmasked) < 1e-6);
    CHECK_FALSE(at::equal(recorded, unmasked));
}

TEST_CASE("every parameter of the encoder gets a gradient")
{
    auto encoder = Umt5Encoder::create_random(tiny_config(), 3);
    encoder.for_each_parameter([](const std::string&, at::Tensor& parameter) { parameter.requires_grad_(true); });
    const auto ids = at::tensor({7L, 8L, 9L, 1L, 0L, 0L}).unsqueeze(0);
    const auto mask = at::tensor({1L, 1L, 1L, 1L, 0L, 0L}).unsqueeze(0);
    encoder.encode(ids, mask).square().sum().backward();
    encoder.for_each_parameter([](const std::string& name, at::Tensor& parameter) {
        CAPTURE(name);
        REQUIRE(parameter.grad().defined());
        CHECK(parameter.grad().abs().sum().item<float>() > 0.0F);
    });
}

TEST_CASE("a text encoder that isn't UMT5, or has impossible sizes, is refused by name")
{
    const auto config = tiny_config().to_json();
    REQUIRE(Umt5Config::from_json(config, "config.json"));
    auto other = config;
    other["model_type"] = "t5";
    CHECK(Umt5Config::from_json(other, "config.json").error().kind == core::ErrorKind::unsupported);
    for (const char* key : {"d_model", "num_layers", "vocab_size", "relative_attention_num_buckets", "layer_norm_epsilon"}) {
        for (const nlohmann::json& value :
             {nlohmann::json(0), nlohmann::json(-3), nlohmann::json("4"), nlohmann::json(1e300)}) {
            auto broken = config;
            broken[key] = value;
            const auto read = Umt5Config::from_json(broken, "config.json");
            REQUIRE_FALSE(read);
            CHECK(read.error().message.find(key) != std::string::npos);
        }
    }
}

TEST_CASE("weights of another size than the configuration's are refused")
{
    auto encoder = Umt5Encoder::create_random(tiny_config(), 3);
    WeightMap weights;
    encoder.for_each_parameter([&](const std::string& name, at::Tensor& parameter) { weights.add(name, parameter); });
    REQUIRE(Umt5Encoder::load(tiny_config(), weights));
    auto wider = tiny_config();
    wider.d_ff = 41;
    const auto refused = Umt5Encoder::load(wider, weights);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("DenseReluDense") != std::string::npos);
}

}  // namespace kinora::inference
