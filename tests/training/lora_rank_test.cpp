#include "inference/training/lora_rank.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>

#include "inference/training/scene_batch.h"

using namespace kinora;
using namespace kinora::training;

namespace {

/// A change of rank 2 that is written with rank 6, a `loudness` of its own.
NamedTensors module(const std::string& name, double loudness, std::uint64_t seed)
{
    const auto down = normal_noise({2, 24}, seed);
    const auto up = normal_noise({16, 2}, seed + 1) * loudness;
    const auto mixed = normal_noise({2, 6}, seed + 2);
    return {{name + ".lora_A.weight", at::cat({down, at::zeros({4, 24})}, 0)},
            {name + ".lora_B.weight", at::cat({up, at::matmul(up, mixed.narrow(1, 0, 4))}, 1)}};
}

at::Tensor change(const NamedTensors& lora, std::size_t at)
{
    return at::matmul(lora[at + 1].second.to(at::kFloat), lora[at].second.to(at::kFloat));
}

std::int64_t bytes_of(const NamedTensors& lora)
{
    std::int64_t bytes = 0;
    for (const auto& [name, tensor] : lora)
        bytes += tensor.numel() * 2;
    return bytes;
}

constexpr std::int64_t k_rank = (24 + 16) * 2;  // bytes

}  // namespace

TEST_CASE("A LoRA in fewer bytes does the same as long as its rank allows")
{
    const auto whole = module("blocks.0.to_q", 1.0, 3);
    const auto fitted = fit_lora(whole, 2 * k_rank);
    REQUIRE(fitted.size() == 2);
    CHECK(fitted[0].first == "blocks.0.to_q.lora_A.weight");
    CHECK(fitted[0].second.sizes() == at::IntArrayRef({2, 24}));
    CHECK(fitted[1].second.sizes() == at::IntArrayRef({16, 2}));
    const auto wanted = change(whole, 0);
    CHECK((change(fitted, 0) - wanted).norm().item<double>() < 0.01 * wanted.norm().item<double>());
}

TEST_CASE("The bytes of a LoRA go to the modules that change most, and never more than there are")
{
    auto both = module("loud", 10.0, 5);
    const auto quiet = module("quiet", 0.1, 9);
    both.insert(both.end(), quiet.begin(), quiet.end());
    const auto three = fit_lora(both, 3 * k_rank);
    REQUIRE(three.size() == 4);
    CHECK(three[0].second.size(0) == 2);
    CHECK(three[2].second.size(0) == 1);
    CHECK(bytes_of(three) == 3 * k_rank);
    const auto one = fit_lora(both, 2 * k_rank - 1);
    REQUIRE(one.size() == 2);
    CHECK(one[0].first == "loud.lora_A.weight");
    CHECK(bytes_of(one) == k_rank);
    CHECK(fit_lora(both, 0).empty());
}
