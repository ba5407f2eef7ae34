#include "inference/pipeline/tone_anchor.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/randn.h>

#include <catch2/catch.hpp>
#include <vector>

namespace kinora::inference {
namespace {

/// Four given frames and four that are like them but `shift` off; every place with a value of its own.
at::Tensor gone_on(double shift)
{
    at::manual_seed(5);
    auto latents = at::randn({1, 6, 1, 8, 10}).expand({1, 6, 8, 8, 10}).contiguous();
    latents.narrow(2, 4, 4).add_(shift);
    return latents;
}

const std::vector<bool> k_given{true, true, true, true, false, false, false, false};

double off(const at::Tensor& latents, int frame)
{
    return (latents.select(2, frame) - latents.select(2, 3)).mean().item<double>();
}

}  // namespace

TEST_CASE("a small shift of tone is taken back over the first new frames, and what is given stays as it is")
{
    const auto latents = gone_on(0.08);
    const auto held = hold_tone(latents, k_given);
    CHECK(held.narrow(2, 0, 4).equal(latents.narrow(2, 0, 4)));
    CHECK(std::abs(off(held, 7)) < 0.03);
    CHECK(off(held, 4) > off(held, 5));
    CHECK(off(held, 5) > off(held, 7));
}

TEST_CASE("a large change of tone is meant and stays")
{
    const auto latents = gone_on(1.5);
    CHECK((hold_tone(latents, k_given) - latents).abs().max().item<double>() < 1e-6);
}

TEST_CASE("something that comes into a part of the picture changes no tone elsewhere")
{
    auto latents = gone_on(0.0);
    latents.narrow(2, 4, 4).narrow(4, 0, 4).add_(0.4);
    CHECK((hold_tone(latents, k_given) - latents).abs().max().item<double>() < 1e-6);
}

TEST_CASE("without given frames, or with nothing new, there is no tone to hold")
{
    const auto latents = gone_on(0.1);
    CHECK(hold_tone(latents, std::vector<bool>(8, false)).equal(latents));
    CHECK(hold_tone(latents, std::vector<bool>(8, true)).equal(latents));
}

}  // namespace kinora::inference
