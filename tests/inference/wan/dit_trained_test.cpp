#include "inference/models/wan/dit_trained.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/addcmul.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/stack.h>

#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "inference/models/layers.h"
#include "inference/models/wan/dit_attention_kernel.h"
#include "tests/inference/parity.h"

using namespace kinora;
using namespace kinora::inference;
using tests::relative_error;

namespace {

using Tensors = std::vector<at::Tensor>;
using Function = std::function<at::Tensor(const Tensors&)>;

/// One thread, and the same random numbers in every run.
void begin()
{
    at::set_num_threads(1);
    at::manual_seed(11);
}

/// Random values that bfloat16 holds, so that all types see the same.
at::Tensor random(at::IntArrayRef shape, double size = 1.0)
{
    return (at::randn(shape) * size).to(at::kBFloat16).to(at::kFloat);
}

/// The function's value and the gradients of Σ weight · value for all inputs; the first `activations` of them and the weight
/// are given in `type`, the others in float32 (float64 where that is the type).
Tensors value_and_gradients(const Function& function, const Tensors& inputs, std::size_t activations, at::ScalarType type,
                            const at::Tensor& weight)
{
    Tensors leaves;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto wanted = i < activations || type == at::kDouble ? type : at::kFloat;
        leaves.push_back(inputs[i].to(wanted).clone().requires_grad_(true));
    }
    const auto value = function(leaves);
    (value * weight.to(value.scalar_type())).sum().backward();
    Tensors result{value.detach()};
    for (const auto& leaf : leaves)
        result.push_back(leaf.grad());
    return result;
}

/// Checks a function against plain operations in float64, in both types.
void check(const Function& function, const Function& plain, const Tensors& inputs, std::size_t activations,
           at::IntArrayRef shape)
{
    const auto weight = random(shape);
    const auto expected = value_and_gradients(plain, inputs, activations, at::kDouble, weight);
    for (const auto type : {at::kFloat, at::kBFloat16}) {
        const auto actual = value_and_gradients(function, inputs, activations, type, weight);
        REQUIRE(actual.size() == expected.size());
        for (std::size_t i = 0; i < actual.size(); ++i) {
            CAPTURE(i, type);
            REQUIRE(actual[i].sizes() == expected[i].sizes());
            CHECK(relative_error(actual[i], expected[i]) < (type == at::kFloat ? 2e-6 : 6e-3));
        }
    }
}

at::Tensor plain_norm(const Tensors& in)
{
    const auto groups = in[1].size(1);
    const auto normed = layer_norm(in[0], 1e-6).unflatten(1, {groups, -1});
    return at::addcmul(in[2].unsqueeze(2), normed, (in[1] + 1).unsqueeze(2)).flatten(1, 2);
}

WanRope random_rope(std::int64_t tokens, std::int64_t pairs)
{
    const auto angles = random({tokens, pairs}, 2.0);
    return {angles.cos(), angles.sin()};
}

at::Tensor plain_attention(const Tensors& in)
{
    return at::scaled_dot_product_attention(in[0].transpose(1, 2), in[1].transpose(1, 2), in[2].transpose(1, 2))
        .transpose(1, 2);
}

}  // namespace

TEST_CASE("The trained norm gives plain operations' values and gradients, for tokens in one group and in several", "[dit]")
{
    begin();
    for (const std::int64_t groups : {1, 3, 12}) {
        CAPTURE(groups);
        const Tensors inputs{random({2, 12, 48}, 3.0) + 0.5, random({2, groups, 48}, 0.5), random({2, groups, 48})};
        check([](const Tensors& in) { return trained::norm_scale_shift(in[0], in[1], in[2], 1.0, 1e-6).normed; }, plain_norm,
              inputs, 1, {2, 12, 48});
    }
}

TEST_CASE("One gain and shift for all clips gather the gradients of all clips", "[dit]")
{
    begin();
    const Tensors inputs{random({3, 10, 32}, 2.0), random({1, 1, 32}), random({1, 1, 32})};
    check([](const Tensors& in) { return trained::norm_scale_shift(in[0], in[1], in[2], 1.0, 1e-6).normed; }, plain_norm,
          inputs, 1, {3, 10, 32});
}

TEST_CASE("What goes around the norm gets its gradient with the norm's own", "[dit]")
{
    begin();
    const Tensors inputs{random({2, 6, 32}, 2.0), random({2, 2, 32}), random({2, 2, 32})};
    check(
        [](const Tensors& in) {
            const auto both = trained::norm_scale_shift(in[0], in[1], in[2], 1.0, 1e-6);
            return both.x * 2 + both.normed;
        },
        [](const Tensors& in) { return in[0] * 2 + plain_norm(in); }, inputs, 1, {2, 6, 32});
    const auto x = inputs[0].clone().requires_grad_(true);
    trained::norm_scale_shift(x, inputs[1], inputs[2], 1.0, 1e-6).x.sum().backward();
    CHECK(x.grad().min().item<float>() == 1.0F);
    CHECK(x.grad().max().item<float>() == 1.0F);
}

TEST_CASE("The trained gate gives plain operations' values and gradients", "[dit]")
{
    begin();
    const Tensors inputs{random({2, 12, 32}), random({2, 12, 32}), random({2, 4, 32})};
    check([](const Tensors& in) { return trained::add_gated(in[0], in[1], in[2]); },
          [](const Tensors& in) {
              return in[0] + (in[1].unflatten(1, {4, -1}) * in[2].unsqueeze(2)).flatten(1, 2);
          },
          inputs, 2, {2, 12, 32});
}

TEST_CASE("The trained RMS norm gives plain operations' values and gradients, turned and unturned", "[dit]")
{
    begin();
    const Tensors inputs{random({3, 50, 64}, 2.0), random({64}) + 1.0};
    const auto rms = [](const Tensors& in) { return in[0] * (in[0].square().mean(-1, true) + 1e-6).rsqrt() * in[1]; };
    check([](const Tensors& in) { return trained::rms_norm_rope(in[0], in[1], 1e-6, nullptr); }, rms, inputs, 1,
          {3, 50, 64});
    const auto rope = random_rope(50, 16);
    check([&](const Tensors& in) { return trained::rms_norm_rope(in[0], in[1], 1e-6, &rope); },
          [&](const Tensors& in) {
              const WanRope wide{rope.cos.to(at::kDouble), rope.sin.to(at::kDouble)};
              const auto pairs = rms(in).unflatten(-1, {2, -1, 2});
              const auto cos = wide.cos.unsqueeze(1);
              const auto sin = wide.sin.unsqueeze(1);
              const auto first = pairs.select(-1, 0);
              const auto second = pairs.select(-1, 1);
              return at::stack({first * cos - second * sin, first * sin + second * cos}, -1).flatten(2);
          },
          inputs, 1, {3, 50, 64});
}

TEST_CASE("The trained GELU gives plain operations' values and gradients", "[dit]")
{
    begin();
    const auto x = at::linspace(-12, 12, 2 * 5 * 64).view({2, 5, 64}).to(at::kBFloat16).to(at::kFloat);
    check([](const Tensors& in) { return trained::gelu(in[0]); }, [](const Tensors& in) { return at::gelu(in[0], "tanh"); },
          {x}, 1, {2, 5, 64});
}

TEST_CASE("Trained functions are for activations on the CPU that want a gradient", "[dit]")
{
    begin();
    const auto x = random({2, 3, 32});
    CHECK_FALSE(trained::usable(x));
    const auto leaf = x.clone().requires_grad_(true);
    CHECK(trained::usable(leaf));
    CHECK_FALSE(trained::usable(leaf.to(at::kDouble)));
    CHECK_FALSE(trained::usable(leaf.narrow(2, 0, 20)));
    const at::AutoGradMode off(false);
    CHECK_FALSE(trained::usable(leaf));
}

TEST_CASE("Trained attention gives the values and gradients of libtorch's, for lengths that fill no block", "[dit]")
{
    begin();
    const std::vector<std::array<std::int64_t, 4>> shapes{
        {7, 5, 1, 16}, {64, 64, 2, 64}, {65, 33, 3, 32}, {120, 48, 4, 64}, {130, 129, 2, 128}};
    for (const auto& [tokens, rows, heads, depth] : shapes) {
        CAPTURE(tokens, rows, heads, depth);
        const auto some = random({2, tokens, heads, depth}, 1.5).to(at::kBFloat16).requires_grad_(true);
        if (!has_trained_attention(some, some, some)) {
            WARN("this processor has no AVX-512 BF16: attention is libtorch's own");
            return;
        }
        const Tensors inputs{random({2, tokens, heads, depth}, 1.5), random({2, rows, heads, depth}, 1.5),
                             random({2, rows, heads, depth})};
        const auto weight = random({2, tokens, heads, depth});
        const auto expected = value_and_gradients(plain_attention, inputs, 3, at::kDouble, weight);
        const auto function = [](const Tensors& in) { return trained_attention(in[0], in[1], in[2]); };
        const auto actual = value_and_gradients(function, inputs, 3, at::kBFloat16, weight);
        for (std::size_t i = 0; i < actual.size(); ++i) {
            CAPTURE(i);
            REQUIRE(actual[i].sizes() == expected[i].sizes());
            CHECK(relative_error(actual[i], expected[i]) < 8e-3);
        }
    }
}

TEST_CASE("Trained attention reads heads wherever they lie and stays finite for large scores", "[dit]")
{
    begin();
    const auto all = (at::randn({2, 20, 3, 2, 32}) * 40.0).to(at::kBFloat16).requires_grad_(true);
    const auto queries = all.select(2, 0);
    const auto keys = all.select(2, 1);
    const auto values = all.select(2, 2);
    if (!has_trained_attention(queries, keys, values)) return;
    const auto out = trained_attention(queries, keys, values);
    CHECK(relative_error(out.detach(), plain_attention({queries.detach().to(at::kDouble), keys.detach().to(at::kDouble),
                                                        values.detach().to(at::kDouble)})) < 8e-3);
    out.sum().backward();
    CHECK(all.grad().isfinite().all().item<bool>());
    CHECK_FALSE(has_trained_attention(queries.detach(), keys.detach(), values.detach()));
    CHECK_FALSE(has_trained_attention(queries.to(at::kFloat), keys.to(at::kFloat), values.to(at::kFloat)));
}

TEST_CASE("Trained functions give the same bits on one thread and on two", "[dit]")
{
    begin();
    const Tensors inputs{random({4, 100, 64}), random({4, 2, 64}), random({4, 2, 64}), random({64})};
    const auto rope = random_rope(100, 16);
    const Function all = [&](const Tensors& in) {
        const auto both = trained::norm_scale_shift(in[0], in[1], in[2], 1.0, 1e-6);
        const auto heads = trained::rms_norm_rope(both.normed, in[3], 1e-6, &rope).unflatten(2, {2, 32});
        const auto mixed = has_trained_attention(heads, heads, heads) ? trained_attention(heads, heads, heads) : heads;
        return trained::add_gated(both.x, trained::gelu(mixed.flatten(2)), in[1]);
    };
    const auto weight = random({4, 100, 64});
    const auto alone = value_and_gradients(all, inputs, 1, at::kBFloat16, weight);
    at::set_num_threads(2);
    const auto together = value_and_gradients(all, inputs, 1, at::kBFloat16, weight);
    at::set_num_threads(1);
    for (std::size_t i = 0; i < alone.size(); ++i)
        CHECK(together[i].equal(alone[i]));
}
