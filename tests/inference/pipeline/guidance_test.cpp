#include "inference/pipeline/guidance.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "inference/pipeline/denoise.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

WanDit small_dit(std::uint64_t seed)
{
    WanDitConfig config;
    config.num_attention_heads = 2;
    config.attention_head_dim = 16;
    config.in_channels = config.out_channels = 4;
    config.text_dim = 12;
    config.freq_dim = 32;
    config.ffn_dim = 48;
    config.num_layers = 1;
    auto dit = WanDit::create_random(config, seed);
    dit.for_each_parameter(
        [&](const std::string&, at::Tensor& parameter) { parameter = parameter + 0.1 * noise(parameter.sizes(), ++seed); });
    return dit;
}

DenoiseJob job_of(GuidanceMode mode, float strength)
{
    DenoiseJob job;
    job.noise = noise({1, 4, 2, 4, 6}, 2);
    job.segments.push_back({noise({1, 5, 12}, 3), 0, 2});
    job.negative = noise({1, 5, 12}, 4);
    job.guidance.mode = mode;
    job.guidance.strength = job.guidance.strength_low = strength;
    return job;
}

/// Latents after each step of a run, and what it saw.
struct Steps {
    std::vector<at::Tensor> latents;
    std::vector<int> experts;
    std::vector<std::int64_t> passes;
};

Steps run(WanExperts& experts, const DenoiseJob& job, int steps = 3)
{
    auto sampler = Sampler::create("euler", steps, 5.0);
    REQUIRE(sampler);
    Steps seen;
    const auto result = denoise(experts, *sampler, job,
                                [&](const DenoiseStep& step) {
                                    seen.latents.push_back(step.latents);
                                    seen.experts.push_back(step.expert);
                                    seen.passes.push_back(step.flows.size(0));
                                },
                                {});
    REQUIRE(result);
    CHECK(at::equal(result->latents, seen.latents.back()));
    return seen;
}

}  // namespace

TEST_CASE("CFG-Zero* scales the negative flow to what of it is in the prompt's")
{
    const auto prompt = noise({1, 4, 2, 3, 3}, 1);
    const auto negative = noise({1, 4, 2, 3, 3}, 2);
    const double dot = (prompt * negative).sum().item<double>();
    const double square = negative.square().sum().item<double>();
    const auto scaled = negative * (dot / square);
    const auto expected = scaled + (prompt - scaled) * 5.0;
    CHECK(tests::relative_error(guided_flow(prompt, negative, GuidanceMode::cfg_zero, 5.0F), expected) < 1e-5);
    CHECK(tests::relative_error(guided_flow(prompt, prompt * 3, GuidanceMode::cfg_zero, 5.0F), prompt) < 1e-5);
    CHECK(tests::relative_error(guided_flow(prompt, negative, GuidanceMode::cfg_zero, 1.0F), prompt) < 1e-6);
    CHECK(tests::relative_error(guided_flow(prompt, negative, GuidanceMode::cfg, 1.0F), prompt) < 1e-6);
}

TEST_CASE("the names of the guidance modes are those that are told")
{
    for (const std::string& name : guidance_mode_names())
        CHECK(guidance_mode(name));
    const auto unknown = guidance_mode("apg");
    REQUIRE_FALSE(unknown);
    for (const std::string& name : guidance_mode_names())
        CHECK_THAT(unknown.error().message, Catch::Contains("\"" + name + "\""));
}

TEST_CASE("CFG-Zero* leaves the first step out and runs the others in two passes")
{
    WanExperts experts(small_dit(1));
    const auto job = job_of(GuidanceMode::cfg_zero, 4.0F);
    const auto steps = run(experts, job);
    CHECK(at::equal(steps.latents[0], job.noise));
    CHECK_FALSE(at::equal(steps.latents[1], job.noise));
    CHECK(steps.passes[1] == 2);
    const auto off = run(experts, job_of(GuidanceMode::cfg_zero, 1.0F));
    CHECK_FALSE(at::equal(off.latents[0], job.noise));
    CHECK(off.passes[0] == 1);
}

TEST_CASE("attention guidance reads the negative prompt without a second pass")
{
    WanExperts experts(small_dit(1));
    const auto plain = run(experts, job_of(GuidanceMode::cfg, 1.0F));
    const auto led = run(experts, job_of(GuidanceMode::nag, 11.0F));
    CHECK(led.passes[0] == 1);
    CHECK(tests::relative_error(led.latents.back(), plain.latents.back()) > 1e-3);
    CHECK(at::equal(run(experts, job_of(GuidanceMode::nag, 1.0F)).latents.back(), plain.latents.back()));
}

TEST_CASE("of two experts the second takes over below the boundary, with its own guidance, and one is in memory at a time")
{
    std::vector<int> loads;
    WanExperts experts(
        [&](int index) -> core::Result<WanDit> {
            loads.push_back(index);
            return small_dit(index == 0 ? 1 : 50);
        },
        900.0F);
    CHECK(experts.index_at(900.0F) == 0);
    CHECK(experts.index_at(899.0F) == 1);
    auto job = job_of(GuidanceMode::cfg, 4.0F);
    job.guidance.strength_low = 1.0F;
    const auto steps = run(experts, job, 4);  // 1000, 937.5, 833.3, 625
    CHECK((steps.experts == std::vector<int>{0, 0, 1, 1}));
    CHECK((steps.passes == std::vector<std::int64_t>{2, 2, 1, 1}));
    CHECK((loads == std::vector<int>{0, 1}));
    run(experts, job, 4);
    CHECK((loads == std::vector<int>{0, 1, 0, 1}));
}

TEST_CASE("an expert that can't be loaded ends the run with its error")
{
    WanExperts experts(
        [](int index) -> core::Result<WanDit> {
            if (index == 0) return small_dit(1);
            return core::make_error(core::ErrorKind::corrupt, "The second expert is torn.");
        },
        900.0F);
    auto sampler = Sampler::create("euler", 4, 5.0);
    REQUIRE(sampler);
    const auto result = denoise(experts, *sampler, job_of(GuidanceMode::cfg, 1.0F), {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().message == "The second expert is torn.");
}

}  // namespace kinora::inference
