#include "inference/training/starter_text.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <catch2/catch.hpp>
#include <vector>

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
