#include "core/models/lora_keys.h"

#include <catch2/catch.hpp>

using namespace kinora::core;

namespace {

LoraKeys parse(const std::vector<std::string>& names)
{
    return parse_lora_keys(names);
}

}  // namespace

TEST_CASE("every convention's keys lead to the module they change")
{
    for (const auto& [down, up, module] : std::vector<std::array<std::string, 3>>{
             {"transformer.blocks.0.attn1.to_q.lora_A.weight", "transformer.blocks.0.attn1.to_q.lora_B.weight",
              "blocks.0.attn1.to_q"},
             {"diffusion_model.blocks.0.ffn.0.lora_down.weight", "diffusion_model.blocks.0.ffn.0.lora_up.weight",
              "blocks.0.ffn.0"},
             {"base_model.model.blocks.0.ffn.2.lora_A.default.weight",
              "base_model.model.blocks.0.ffn.2.lora_B.default.weight", "blocks.0.ffn.2"},
             {"lora_unet_blocks_0_self_attn_q.lora_down.weight", "lora_unet_blocks_0_self_attn_q.lora_up.weight",
              "blocks_0_self_attn_q"}}) {
        const auto keys = parse({down, up});
        CAPTURE(down);
        CHECK(keys.unknown.empty());
        REQUIRE(keys.modules.size() == 1);
        CHECK(keys.modules[0].name == module);
        CHECK(keys.modules[0].underscored == (module.find('.') == std::string::npos));
        CHECK(keys.modules[0].keys.at(LoraPart::down) == down);
        CHECK(keys.modules[0].keys.at(LoraPart::up) == up);
    }
}

TEST_CASE("differences of weights, biases and tables are told apart")
{
    const auto keys =
        parse({"diffusion_model.head.head.diff", "diffusion_model.head.head.diff_b", "diffusion_model.head.diff_m"});
    REQUIRE(keys.modules.size() == 2);
    CHECK(keys.modules[0].keys.contains(LoraPart::table_difference));
    CHECK(keys.modules[1].keys.contains(LoraPart::difference));
    CHECK(keys.modules[1].keys.contains(LoraPart::bias_difference));
}

TEST_CASE("half a pair, an alpha alone and strange names are named as unknown")
{
    const auto keys = parse({"a.lora_A.weight", "b.alpha", "c.hada_w1_a", "", ".diff"});
    CHECK(keys.modules.empty());
    CHECK(keys.unknown == std::vector<std::string>{"", ".diff", "a.lora_A.weight", "b.alpha", "c.hada_w1_a"});
}

TEST_CASE("few-step LoRAs are recognised by what they are called, with their number of steps")
{
    const auto four = recognise_few_step("Wan21_T2V_14B_lightx2v_cfg_step_distill_lora_rank32.safetensors", {});
    REQUIRE(four);
    CHECK(four->steps == 4);
    CHECK(four->guidance == 1.0F);
    const auto eight = recognise_few_step("wan2.2_lightning_8steps_high_noise.safetensors", {});
    REQUIRE(eight);
    CHECK(eight->steps == 8);
    CHECK_FALSE(recognise_few_step("claymation_style.safetensors", {{"ss_output_name", "clay"}}));
}
