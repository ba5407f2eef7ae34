#include "inference/sampling/sampler.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>

#include <catch2/catch.hpp>

namespace kinora::inference {
namespace {

at::Tensor flow_at(const at::Tensor& sample)
{
    return sample.tanh();
}

}  // namespace

TEST_CASE("a copied sampler goes on exactly as the original")
{
    for (const std::string name : {"unipc", "euler", "dpmpp"}) {
        auto sampler = Sampler::create(name, 6, 3.0);
        REQUIRE(sampler);
        auto sample = at::ones({2, 3});
        for (int step = 0; step < 3; ++step)
            sample = sampler->step(flow_at(sample), sample);
        auto copy = *sampler;
        auto other = sample;
        while (!sampler->finished())
            sample = sampler->step(flow_at(sample), sample);
        CHECK(copy.step_index() == 3);
        while (!copy.finished())
            other = copy.step(flow_at(other), other);
        CHECK(at::equal(sample, other));
    }
}

TEST_CASE("a sampler follows a straight flow to the clip exactly")
{
    for (const std::string name : {"unipc", "euler"}) {
        auto sampler = Sampler::create(name, 7, 3.0);
        REQUIRE(sampler);
        const auto clip = 0.25 * at::ones({4});
        auto sample = at::ones({4});
        const auto flow = sample - clip;
        while (!sampler->finished())
            sample = sampler->step(flow, sample);
        INFO(name);
        CHECK((sample - clip).abs().max().item<float>() < 1e-5F);
    }
}

TEST_CASE("an unknown sampler is refused with the names there are")
{
    const auto sampler = Sampler::create("ddim", 20, 3.0);
    REQUIRE_FALSE(sampler);
    CHECK_THAT(sampler.error().message, Catch::Contains("\"unipc\"") && Catch::Contains("\"euler\""));
}

TEST_CASE("impossible step counts and shifts are refused")
{
    CHECK_FALSE(Sampler::create("unipc", 0, 3.0));
    CHECK_FALSE(Sampler::create("unipc", -1, 3.0));
    CHECK_FALSE(Sampler::create("unipc", 1001, 3.0));
    CHECK_FALSE(Sampler::create("unipc", 20, 0.0));
    CHECK_FALSE(Sampler::create("unipc", 20, std::numeric_limits<double>::quiet_NaN()));
    CHECK_FALSE(Sampler::create("lightx2v", 5, 5.0));
    CHECK(Sampler::create("lightx2v", 4, 5.0));
}

TEST_CASE("distilled samplers have their own steps, and draw noise only from the seed")
{
    CHECK_FALSE(Sampler::create("fastwan", 4, 5.0));
    CHECK_FALSE(Sampler::create("lightx2v", 3, 5.0));
    const auto last_of = [](std::uint64_t seed) {
        auto sampler = Sampler::create("fastwan", 3, 5.0, seed);
        REQUIRE(sampler);
        auto sample = at::ones({2, 3});
        while (!sampler->finished())
            sample = sampler->step(flow_at(sample), sample);
        return sample;
    };
    CHECK(at::equal(last_of(7), last_of(7)));
    CHECK_FALSE(at::equal(last_of(7), last_of(8)));
    // A model that knows the clip gives it, whatever noise is drawn between.
    auto sampler = Sampler::create("fastwan", 3, 5.0, 1);
    REQUIRE(sampler);
    const auto clip = 0.25 * at::ones({4});
    auto sample = at::ones({4});
    while (!sampler->finished())
        sample = sampler->step((sample - clip) / sampler->sigma(), sample);
    CHECK((sample - clip).abs().max().item<float>() < 1e-6F);
}

}  // namespace kinora::inference
