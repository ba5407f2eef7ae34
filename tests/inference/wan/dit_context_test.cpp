#include "inference/models/wan/dit_context.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

using Observed = std::map<std::string, at::Tensor>;

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

constexpr std::int64_t k_frames = 3;
constexpr std::int64_t k_tokens_per_frame = 2 * 3;

/// A small random transformer in which every parameter matters.
WanDit small_dit()
{
    WanDitConfig config;
    config.num_attention_heads = 2;
    config.attention_head_dim = 16;
    config.in_channels = config.out_channels = 4;
    config.text_dim = 12;
    config.freq_dim = 32;
    config.ffn_dim = 48;
    config.num_layers = 2;
    auto dit = WanDit::create_random(config, 1);
    std::uint64_t seed = 10;
    dit.for_each_parameter(
        [&](const std::string&, at::Tensor& parameter) { parameter = parameter + 0.1 * noise(parameter.sizes(), seed++); });
    return dit;
}

at::Tensor text(std::uint64_t seed)
{
    return noise({1, 5, 12}, seed);
}

at::Tensor run(const WanDit& dit, const WanDitContext& context, Observed* observed = nullptr)
{
    TensorObserver observer;
    if (observed != nullptr)
        observer = [observed](const std::string& name, const at::Tensor& tensor) { (*observed)[name] = tensor.clone(); };
    return dit.forward(noise({1, 4, k_frames, 4, 6}, 2), at::tensor({400.0F}), context, observer);
}

/// Two texts in time: the first two latent frames, then the third.
WanDitContext two_texts(const WanDit& dit, std::uint64_t first, std::uint64_t second)
{
    return join_in_time({{dit.make_context(text(first)), 0, 2}, {dit.make_context(text(second)), 2, k_frames}});
}

at::Tensor frames_of(const at::Tensor& tokens, std::int64_t first, std::int64_t count)
{
    return tokens.narrow(1, first * k_tokens_per_frame, count * k_tokens_per_frame);
}

}  // namespace

TEST_CASE("a prompt of one segment is the prompt itself, bit for bit")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto dit = small_dit();
    const auto plain = dit.make_context(text(3));
    CHECK(at::equal(run(dit, plain), run(dit, join_in_time({{plain, 0, k_frames}}))));
}

TEST_CASE("two segments of the same text give what one gives")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto dit = small_dit();
    CHECK(tests::relative_error(run(dit, two_texts(dit, 3, 3)), run(dit, dit.make_context(text(3)))) < 1e-6);
}

TEST_CASE("a latent frame attends to the text of its own segment only")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto dit = small_dit();
    Observed before;
    Observed after;
    Observed alone;
    const auto first = run(dit, two_texts(dit, 3, 4), &before);
    const auto second = run(dit, two_texts(dit, 3, 5), &after);
    run(dit, dit.make_context(text(3)), &alone);
    const auto crossed = [](const Observed& observed) { return observed.at("block.0.attn2"); };
    CHECK(at::equal(frames_of(crossed(before), 0, 2), frames_of(crossed(after), 0, 2)));
    CHECK(tests::relative_error(frames_of(crossed(before), 0, 2), frames_of(crossed(alone), 0, 2)) < 1e-6);
    CHECK(tests::relative_error(frames_of(crossed(before), 2, 1), frames_of(crossed(after), 2, 1)) > 0.01);
    // The frames still see each other in self-attention, so the clip stays one.
    CHECK(tests::relative_error(first, second) > 1e-3);
    CHECK_FALSE(at::equal(first.narrow(2, 0, 2), second.narrow(2, 0, 2)));
}

TEST_CASE("segments hold for each clip of a batch")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto dit = small_dit();
    const auto both = [&](std::uint64_t seed) { return dit.make_context(at::cat(at::TensorList{text(seed), text(9)})); };
    const auto context = join_in_time({{both(3), 0, 2}, {both(4), 2, k_frames}});
    const auto latents = noise({1, 4, k_frames, 4, 6}, 2).expand({2, -1, -1, -1, -1});
    const auto flows = dit.forward(latents, at::tensor({400.0F, 400.0F}), context);
    CHECK(tests::relative_error(flows.narrow(0, 0, 1), run(dit, two_texts(dit, 3, 4))) < 1e-5);
    CHECK(tests::relative_error(flows.narrow(0, 1, 1), run(dit, dit.make_context(text(9)))) < 1e-5);
}

TEST_CASE("attention guidance follows its paper's formula")
{
    const auto wanted = noise({2, 7, 32}, 1);
    const auto avoided = noise({2, 7, 32}, 2);
    const AttentionGuidance guidance{.scale = 6.0, .tau = 2.5, .alpha = 0.25};
    // Written as in arXiv 2505.21179, vector by vector.
    const auto actual = guide_away(wanted, avoided, guidance);
    for (std::int64_t row = 0; row < 7; ++row) {
        const auto z = wanted[1][row];
        const auto led = z * 6.0 - avoided[1][row] * 5.0;
        const double growth = led.abs().sum().item<double>() / z.abs().sum().item<double>();
        CHECK(growth > 2.5);
        const auto cut = led * (2.5 / growth);
        const auto expected = cut * 0.25 + z * 0.75;
        CHECK(tests::relative_error(actual[1][row], expected) < 1e-5);
    }
}

TEST_CASE("attention guidance that asks for nothing changes nothing")
{
    const auto wanted = noise({1, 7, 32}, 1);
    const auto avoided = noise({1, 7, 32}, 2);
    CHECK(at::equal(guide_away(wanted, avoided, {.scale = 1.0}), wanted));
    CHECK(at::equal(guide_away(wanted, avoided, {.alpha = 0.0}), wanted));
    CHECK(at::equal(guide_away(wanted, wanted, {}), wanted));
    CHECK(at::equal(guide_away(at::zeros({1, 2, 4}), at::zeros({1, 2, 4}), {}), at::zeros({1, 2, 4})));
}

TEST_CASE("attention guidance moves the flow away from the negative prompt, in one pass")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto dit = small_dit();
    const auto plain = dit.make_context(text(3));
    auto same = plain;
    lead_away(same, plain, {});
    CHECK(at::equal(run(dit, same), run(dit, plain)));
    auto led = plain;
    lead_away(led, dit.make_context(text(4)), {});
    CHECK(tests::relative_error(run(dit, led), run(dit, plain)) > 1e-3);
}

}  // namespace kinora::inference
