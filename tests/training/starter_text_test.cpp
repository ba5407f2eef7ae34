#include "inference/training/starter_text.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <catch2/catch.hpp>
#include <vector>

#include "inference/training/training_state.h"

using namespace kinora;

namespace {

/// Captions of the lengths given, padded with zeros to 24 tokens.
at::Tensor captions(const std::vector<std::int64_t>& lengths)
{
    auto ids = at::zeros({static_cast<std::int64_t>(lengths.size()), 24}, at::kLong);
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        auto row = ids[static_cast<std::int64_t>(i)].narrow(0, 0, lengths[i]);
        row.copy_(at::arange(lengths[i], at::kLong) * 7 + static_cast<std::int64_t>(i) + 1);
    }
    return ids;
}

}  // namespace

TEST_CASE("Captions encoded in groups of similar length come out as all at once, in their order")
{
    at::set_num_threads(1);
    const c10::NoGradGuard no_grad;
    const auto encoder = inference::Umt5Encoder::create_random(training::starter_text_config(), 3);
    for (const auto& lengths : {std::vector<std::int64_t>{5}, {24, 1, 7, 12, 3, 24, 9, 2, 16, 1, 20}, {0, 4}}) {
        const auto ids = captions(lengths);
        const auto expected = encoder.encode(ids, ids.ne(0));
        const auto actual = training::encode_captions(encoder, ids);
        REQUIRE(actual.sizes() == expected.sizes());
        CHECK((actual - expected).abs().max().item<double>() < 2e-5 * expected.abs().max().item<double>() + 1e-6);
    }
}

TEST_CASE(
    "With the blocks' linears in bfloat16 the text stays float32, close, and gives the float32 weights their gradients")
{
    at::set_num_threads(1);
    auto encoder = inference::Umt5Encoder::create_random(training::starter_text_config(), 3);
    const auto parameters = training::parameters_of(encoder);
    training::require_gradients(parameters, true);
    const auto ids = captions({9, 20, 3});
    const auto gradients = [&](const inference::Umt5Encoder& used) {
        const auto text = training::encode_captions(used, ids);
        (text * at::arange(text.numel(), at::kFloat).view(text.sizes()).sin()).sum().backward();
        std::vector<at::Tensor> found{text.detach()};
        for (const auto& parameter : parameters) {
            REQUIRE(parameter.tensor.grad().defined());
            found.push_back(parameter.tensor.grad());
            at::Tensor(parameter.tensor).mutable_grad() = at::Tensor();
        }
        return found;
    };
    const auto expected = gradients(encoder);
    auto mixed = encoder;
    mixed.convert_linears(at::kBFloat16);
    CHECK(encoder.dtype() == at::kFloat);
    const auto actual = gradients(mixed);
    REQUIRE(actual.size() == expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        INFO(i);
        CHECK(actual[i].scalar_type() == at::kFloat);
        CHECK(((actual[i] - expected[i]).norm() / expected[i].norm()).item<double>() < 0.05);
    }
}
