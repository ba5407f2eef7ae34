#include "inference/weights/lora.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/models/json_file.h"
#include "tests/inference/weights/dit_fixture.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using inference::Lora;
using inference::LoraStack;
using inference::LoraUse;
using tests::Comparison;

namespace {

std::filesystem::path lora_folder()
{
    return tests::goldens_dir() / "lora";
}

std::filesystem::path base_folder()
{
    const auto settings = core::read_json_object(lora_folder() / "settings.json");
    REQUIRE(settings);
    return tests::goldens_dir() / settings->at("base").get<std::string>() / "transformer";
}

inference::WanDit base_model()
{
    const auto config = inference::WanDitConfig::read(base_folder());
    REQUIRE(config);
    return tests::dit_from(base_folder(), *config);
}

inference::ParameterWalk walk_of(inference::WanDit& dit)
{
    return [&dit](const inference::ParameterVisitor& visitor) { dit.for_each_parameter(visitor); };
}

at::Tensor output_of(const inference::WanDit& dit, Comparison& file)
{
    const auto context = dit.make_context(file.input("encoder_hidden_states"));
    return dit.forward(file.input("hidden_states"), file.input("timestep"), context);
}

Lora load_lora(const std::string& name)
{
    auto lora = Lora::load(lora_folder() / (name + ".safetensors"));
    if (!lora) FAIL(lora.error().message);
    return *std::move(lora);
}

}  // namespace

TEST_CASE("LoRAs of every convention change the transformer as the reference's do, and come off again", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    auto dit = base_model();
    auto file = tests::open_comparison(lora_folder() / "expected.safetensors");
    LoraStack stack;
    for (const auto& [name, tensor] : file.tensors()) {
        const auto place = name.find(".weight");
        if (place == std::string::npos) continue;
        CAPTURE(name);
        const auto lora = load_lora(name.substr(0, place));
        CHECK(lora.unknown().empty());
        const auto missing = stack.set(walk_of(dit), std::vector<LoraUse>{{&lora, std::stod(name.substr(place + 7))}});
        REQUIRE(missing);
        CHECK(missing->empty());
        file.expect_close(name, output_of(dit, file), 1e-4);
    }
    REQUIRE(stack.set(walk_of(dit), {}));
    file.expect_close("without", output_of(dit, file), 1e-5);
    file.finish();
}

TEST_CASE("a LoRA on a packed transformer is added on the fly and equals the merged one", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto config = inference::WanDitConfig::read(base_folder());
    REQUIRE(config);
    auto packed = tests::dit_from(tests::goldens_dir() / "fp8" / "wan_dit_scaled_fp8.safetensors", *config);
    auto plain = tests::dit_from(tests::goldens_dir() / "fp8" / "wan_dit_scaled_fp8.safetensors", *config);
    plain.for_each_parameter(inference::ParameterVisitor([](const std::string&, at::Tensor&) {},
                                                         [](const std::string&, inference::Linear& layer) {
                                                             if (layer.packed)
                                                                 layer.weight = layer.packed->expanded(at::kFloat);
                                                             layer.packed.reset();
                                                             return true;
                                                         }));
    auto file = tests::open_comparison(lora_folder() / "expected.safetensors");
    const auto first = load_lora("kohya");
    const auto second = load_lora("lightx2v_diff_b");
    const std::vector<LoraUse> uses{{&first, 0.7}, {&second, 0.4}};
    LoraStack on_packed;
    LoraStack on_plain;
    const auto before = output_of(packed, file);
    REQUIRE(on_packed.set(walk_of(packed), uses));
    REQUIRE(on_plain.set(walk_of(plain), uses));
    CHECK(tests::relative_error(output_of(packed, file), output_of(plain, file)) < 1e-5);
    CHECK(tests::relative_error(output_of(packed, file), before) > 0.1);
    REQUIRE(on_packed.set(walk_of(packed), {}));
    CHECK(at::equal(output_of(packed, file), before));
}

TEST_CASE("keys that match nothing are named, and a LoRA of another size leaves the model as it was")
{
    const c10::InferenceMode inference;
    const tests::ScratchFolder folder;
    auto dit = base_model();
    std::map<std::string, at::Tensor> before;
    dit.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { before.emplace(name, tensor); });
    const auto width = dit.config().width();
    const std::string q = "diffusion_model.blocks.0.self_attn.q";
    REQUIRE(inference::save_safetensors(folder / "odd.safetensors",
                                        {{q + ".lora_A.weight", at::ones({2, width})},
                                         {q + ".lora_B.weight", at::ones({width, 2})},
                                         {"diffusion_model.blocks.99.self_attn.q.diff_b", at::ones({width})},
                                         {"text_model.something", at::ones({1})}}));
    const auto odd = Lora::load(folder / "odd.safetensors");
    REQUIRE(odd);
    CHECK(odd->unknown() == std::vector<std::string>{"text_model.something"});
    LoraStack stack;
    const auto missing = stack.set(walk_of(dit), std::vector<LoraUse>{{&*odd, 1.0}});
    REQUIRE(missing);
    CHECK(*missing == std::vector<std::string>{"blocks.99.attn1.to_q"});

    REQUIRE(inference::save_safetensors(folder / "large.safetensors", {{q + ".lora_A.weight", at::ones({2, width + 1})},
                                                                       {q + ".lora_B.weight", at::ones({width, 2})}}));
    const auto large = Lora::load(folder / "large.safetensors");
    REQUIRE(large);
    const auto refused = stack.set(walk_of(dit), std::vector<LoraUse>{{&*large, 1.0}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("large.safetensors") != std::string::npos);
    dit.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { CHECK(tensor.is_same(before.at(name))); });

    REQUIRE(inference::save_safetensors(folder / "none.safetensors", {{"hello", at::ones({1})}}));
    CHECK_FALSE(Lora::load(folder / "none.safetensors"));
}
