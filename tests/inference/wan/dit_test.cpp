#include "inference/models/wan/dit.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <c10/core/GradMode.h>

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

WanDitConfig small_config()
{
    WanDitConfig config;
    config.num_attention_heads = 2;
    config.attention_head_dim = 16;
    config.in_channels = config.out_channels = 4;
    config.text_dim = 12;
    config.freq_dim = 32;
    config.ffn_dim = 48;
    config.num_layers = 2;
    return config;
}

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

/// A random model whose output depends on everything: the initialisation's zeros are replaced.
WanDit lively_dit(const WanDitConfig& config)
{
    auto dit = WanDit::create_random(config, 1);
    std::uint64_t seed = 10;
    dit.for_each_parameter(
        [&](const std::string&, at::Tensor& parameter) { parameter = parameter + 0.1 * noise(parameter.sizes(), seed++); });
    return dit;
}

struct Inputs {
    at::Tensor latents = noise({2, 4, 3, 4, 6}, 2);
    at::Tensor text = noise({2, 5, 12}, 3);
    at::Tensor timestep = at::tensor({0.0F, 700.0F, 700.0F, 300.0F, 300.0F, 300.0F}).view({2, 3});
};

at::Tensor run(const WanDit& dit, const Inputs& inputs)
{
    return dit.forward(inputs.latents, inputs.timestep, dit.make_context(inputs.text));
}

WeightMap weights_of(WanDit& dit)
{
    WeightMap weights;
    dit.for_each_parameter([&](const std::string& name, at::Tensor& parameter) { weights.add(name, parameter); });
    return weights;
}

}  // namespace

TEST_CASE("every parameter of the transformer gets the gradient that finite differences find")
{
    at::set_num_threads(1);
    auto dit = lively_dit(small_config());
    const Inputs inputs;
    std::map<std::string, at::Tensor> parameters;
    dit.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        parameter = parameter.detach().requires_grad_(true);
        parameters.emplace(name, parameter);
    });
    const auto target = noise(inputs.latents.sizes(), 4);
    const auto loss = [&] { return (run(dit, inputs) - target).square().sum(); };
    loss().backward();
    const at::NoGradGuard no_grad;
    for (auto& [name, parameter] : parameters) {
        INFO(name);
        REQUIRE(parameter.grad().defined());
        // A step along the gradient itself gives the largest change, and so the least rounding error.
        const double norm = parameter.grad().norm().item<double>();
        REQUIRE(norm > 0.0);
        const auto step = parameter.grad() * (2e-3 / norm);
        parameter.add_(step);
        const double above = loss().item<double>();
        parameter.sub_(2 * step);
        const double below = loss().item<double>();
        parameter.add_(step);
        CHECK((above - below) / 4e-3 == Approx(norm).epsilon(0.03).margin(0.05));
    }
}

TEST_CASE("mixed-precision training stays near float32 and keeps the time embedder exact")
{
    const at::NoGradGuard no_grad;
    at::set_num_threads(1);
    const auto dit = lively_dit(small_config());
    const Inputs inputs;
    std::map<std::string, at::Tensor> exact;
    const auto expected = dit.forward(inputs.latents, inputs.timestep, dit.make_context(inputs.text),
                                      [&](const std::string& name, const at::Tensor& tensor) { exact[name] = tensor; });
    at::autocast::set_autocast_enabled(at::kCPU, true);
    at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    std::map<std::string, at::Tensor> mixed;
    const auto actual = dit.forward(inputs.latents, inputs.timestep, dit.make_context(inputs.text),
                                    [&](const std::string& name, const at::Tensor& tensor) { mixed[name] = tensor; });
    at::autocast::set_autocast_enabled(at::kCPU, false);
    at::autocast::clear_cache();
    CHECK(mixed["block.0.attn1"].scalar_type() == at::kBFloat16);
    CHECK(mixed["block.1"].scalar_type() == at::kFloat);
    CHECK(at::equal(mixed["temb"], exact["temb"]));
    CHECK(tests::relative_error(actual, expected) < 3e-2);
}

TEST_CASE("the same seed gives the same new transformer, another seed another")
{
    auto one = WanDit::create_random(small_config(), 7);
    auto same = WanDit::create_random(small_config(), 7);
    auto other = WanDit::create_random(small_config(), 8);
    const auto weights = weights_of(one).tensors();
    const auto same_weights = weights_of(same).tensors();
    const auto other_weights = weights_of(other).tensors();
    for (const auto& [name, tensor] : weights)
        CHECK(at::equal(tensor, same_weights.at(name)));
    CHECK_FALSE(at::equal(weights.at("patch_embedding.weight"), other_weights.at("patch_embedding.weight")));
    CHECK(weights.at("proj_out.weight").abs().sum().item<float>() == 0.0F);
    CHECK(weights.at("condition_embedder.text_embedder.linear_1.weight").std().item<float>() == Approx(0.02).epsilon(0.2));
}

TEST_CASE("a new transformer predicts zero flow")
{
    const auto dit = WanDit::create_random(small_config(), 7);
    CHECK(run(dit, Inputs()).abs().max().item<float>() == 0.0F);
}

TEST_CASE("in bfloat16 the parameters that the reference keeps in float32 stay so")
{
    auto dit = WanDit::create_random(small_config(), 7);
    dit.convert(at::kBFloat16, at::kCPU);
    dit.for_each_parameter([](const std::string& name, at::Tensor& parameter) {
        INFO(name);
        const bool exact = name.find("time_embedder") != std::string::npos ||
                           name.find("scale_shift") != std::string::npos || name.find("norm2") != std::string::npos;
        CHECK(parameter.scalar_type() == (exact ? at::kFloat : at::kBFloat16));
    });
}

TEST_CASE("blocks that are converted once and blocks that are converted when they are used give the same bits")
{
    auto config = small_config();
    config.num_layers = 12;
    auto dit = lively_dit(config);
    const auto load = [&](WeightForm form, std::int64_t whole_blocks) {
        auto weights = weights_of(dit);
        auto loaded = WanDit::load(config, weights, at::kBFloat16, at::kCPU, form, whole_blocks);
        REQUIRE(loaded);
        return *std::move(loaded);
    };
    const auto whole = run(load(WeightForm::converted, 0), Inputs());
    for (const std::int64_t whole_blocks : {0, 1, 2, 10, 11, 12}) {
        INFO(whole_blocks);
        auto partly = load(WeightForm::as_stored, whole_blocks);
        std::set<std::string> at_use;
        const auto leave = [](const std::string&, at::Tensor&) {};
        partly.for_each_parameter(ParameterVisitor(leave, [&](const std::string& name, Linear& layer) {
            if (layer.converts_at_use) at_use.insert(name.substr(0, name.find('.', 7)));
            return true;
        }));
        CHECK(static_cast<std::int64_t>(at_use.size()) == 12 - whole_blocks);
        CHECK(at_use.contains("blocks." + std::to_string(whole_blocks)) == (whole_blocks < 12));
        CHECK(at::equal(run(partly, Inputs()), whole));
    }
}

TEST_CASE("a transformer whose weights lack a tensor or have another shape names the tensor")
{
    auto dit = WanDit::create_random(small_config(), 7);
    const auto complete = weights_of(dit);
    WeightMap incomplete;
    for (const auto& [name, tensor] : complete.tensors())
        if (name != "blocks.1.attn2.to_v.bias") incomplete.add(name, tensor);
    const auto missing = WanDit::load(small_config(), incomplete);
    REQUIRE_FALSE(missing);
    CHECK_THAT(missing.error().message, Catch::Contains("blocks.1.attn2.to_v.bias"));

    auto wider = small_config();
    wider.ffn_dim = 50;
    auto weights = weights_of(dit);
    const auto wrong = WanDit::load(wider, weights);
    REQUIRE_FALSE(wrong);
    CHECK_THAT(wrong.error().message, Catch::Contains("ffn.net.0.proj"));
}

TEST_CASE("a transformer's configuration survives the way to JSON and back")
{
    auto config = small_config();
    config.image_dim = 24;
    config.added_kv_proj_dim = 32;
    config.pos_embed_seq_len = 34;
    const auto back = WanDitConfig::from_json(config.to_json(), "config.json");
    REQUIRE(back);
    CHECK(back->to_json() == config.to_json());
}

TEST_CASE("impossible values in a transformer's configuration are refused with file and key")
{
    const std::pair<const char*, nlohmann::json> wrong[] = {{"num_layers", 0},
                                                            {"num_layers", -3},
                                                            {"num_layers", 1e9},
                                                            {"num_attention_heads", "two"},
                                                            {"freq_dim", 31},
                                                            {"attention_head_dim", 15},
                                                            {"patch_size", {1, 2}},
                                                            {"patch_size", 2},
                                                            {"eps", 0},
                                                            {"cross_attn_norm", "yes"},
                                                            {"added_kv_proj_dim", 24},
                                                            {"text_dim", nullptr},
                                                            {"qk_norm", "layer"},
                                                            {"_class_name", "LTXVideoTransformer3DModel"}};
    for (const auto& [key, value] : wrong) {
        auto json = small_config().to_json();
        json[key] = value;
        INFO(key << " = " << value.dump());
        const auto config = WanDitConfig::from_json(json, "folder/config.json");
        REQUIRE_FALSE(config);
        CHECK_THAT(config.error().message, Catch::Contains("folder/config.json"));
    }
    CHECK_FALSE(WanDitConfig::from_json(nlohmann::json::array(), "folder/config.json"));
    CHECK(WanDitConfig::read("/nowhere").error().kind == core::ErrorKind::not_found);
}

}  // namespace kinora::inference
