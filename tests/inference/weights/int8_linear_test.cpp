#include "inference/models/int8_linear.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>

#include "inference/models/layers.h"
#include "inference/runtime/cpu.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

/// The rows' integers without their offset, times their scales.
at::Tensor expanded(const Int8Rows& rows)
{
    const auto whole = rows.values.to(at::kDouble) - 128;
    return (whole * rows.scales.to(at::kDouble).unsqueeze(1)).narrow(1, 0, rows.source.size(-1));
}

bool there()
{
    if (cpu_has_int8()) return true;
    WARN("This processor has no AVX-512 VNNI, so 8-bit products aren't tested.");
    return false;
}

}  // namespace

TEST_CASE("an 8-bit product is the exact product of its rounded factors, whatever the shapes")
{
    if (!there()) return;
    const c10::InferenceMode inference;
    for (const auto type : {at::kFloat, at::kBFloat16})
        for (const std::int64_t count : {1, 6, 7, 385, 1000})
            for (const std::int64_t in : {30, 64, 300})
                for (const std::int64_t out : {5, 64, 70, 130}) {
                    INFO(type << " " << count << " x " << in << " x " << out);
                    const auto x = noise({count, in}, 1).to(type);
                    const auto weight = Int8Weight::quantised(noise({out, in}, 2), at::kCPU);
                    const auto bias = noise({out}, 3).to(type);
                    const auto rows = quantise_rows(x);
                    const auto exact = at::matmul(expanded(rows), weight.expanded().to(at::kDouble).t()) + bias;
                    const auto y = int8_product(weight, rows, bias);
                    CHECK(y.scalar_type() == type);
                    CHECK(tests::relative_error(y, exact) < (type == at::kFloat ? 1e-6 : 4e-3));
                }
}

TEST_CASE("an 8-bit product is near the exact one, also where one row is far larger than the others")
{
    if (!there()) return;
    const c10::InferenceMode inference;
    auto x = noise({2, 40, 512}, 1);
    x.select(1, 7).mul_(1000);
    const auto weight = noise({96, 512}, 2);
    const auto made = Int8Weight::quantised(weight, at::kCPU);
    CHECK(tests::relative_error(made.expanded(), weight) < 0.01);
    const auto exact = at::linear(x, weight);
    const auto y = int8_product(made, quantise_rows(x), {});
    REQUIRE(y.sizes() == exact.sizes());
    for (std::int64_t row = 0; row < 40; ++row)
        CHECK(tests::relative_error(y.select(1, row), exact.select(1, row)) < 0.02);
}

TEST_CASE("GELU in the same pass is that of plain operations, and rows of zeros give the bias")
{
    if (!there()) return;
    const c10::InferenceMode inference;
    const auto weight = Int8Weight::quantised(noise({96, 128}, 2), at::kCPU);
    const auto bias = noise({96}, 3);
    auto x = noise({9, 128}, 1);
    x[4].zero_();
    const auto rows = quantise_rows(x);
    const auto y = int8_product(weight, rows, bias);
    CHECK(at::equal(y[4], bias));
    CHECK(tests::relative_error(int8_product(weight, rows, bias, true), at::gelu(y, "tanh")) < 1e-6);
    const auto none = Int8Weight::quantised(at::zeros({8, 128}), at::kCPU);
    CHECK(at::equal(int8_product(none, rows, {}), at::zeros({9, 8})));
}

TEST_CASE("8-bit products give the same bits for any number of threads")
{
    if (!there()) return;
    const c10::InferenceMode inference;
    const auto x = noise({900, 256}, 1).to(at::kBFloat16);
    const auto source = noise({300, 256}, 2);
    const int before = at::get_num_threads();
    at::set_num_threads(1);
    const auto one = int8_product(Int8Weight::quantised(source, at::kCPU), quantise_rows(x), {});
    at::set_num_threads(2);
    const auto two = int8_product(Int8Weight::quantised(source, at::kCPU), quantise_rows(x), {});
    at::set_num_threads(before);
    CHECK(at::equal(one, two));
}

TEST_CASE("a layer in 8 bits follows its weight when a LoRA replaces it, whether it keeps its integers or not")
{
    if (!there()) return;
    const c10::InferenceMode inference;
    const auto x = noise({20, 64}, 1);
    for (const bool keeps : {true, false}) {
        Linear layer{noise({32, 64}, 2), noise({32}, 3)};
        layer.int8 = std::make_shared<Int8Slot>(keeps);
        const auto before = linear(layer, x);
        CHECK(at::equal(linear(layer, x), before));
        CHECK(tests::relative_error(before, at::linear(x, layer.weight, layer.bias)) < 0.02);
        layer.weight = noise({32, 64}, 9);
        CHECK(tests::relative_error(linear(layer, x), at::linear(x, layer.weight, layer.bias)) < 0.02);
        CHECK(at::equal(LinearInput(layer, x).through(layer), linear(layer, x)));
    }
    release_shared_weights();
}

}  // namespace kinora::inference
