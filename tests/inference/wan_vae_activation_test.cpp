#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>

#include "inference/models/wan/vae_activation.h"
#include "inference/models/wan/vae_kernels.h"
#include "tests/inference/parity.h"

using namespace kinora;
using inference::activate_and_prepend_past;
using tests::relative_error;

namespace {

/// One thread, and the same random numbers in every run.
void begin()
{
    at::set_num_threads(1);
    at::manual_seed(5);
}

at::Tensor video(std::int64_t width, at::ScalarType dtype)
{
    return at::randn({2, width, 3, 4, 5}).mul(3.0).to(dtype).contiguous(at::MemoryFormat::ChannelsLast3d);
}

struct Gradients {
    at::Tensor x;
    at::Tensor gamma;
};

/// The gradients of Σ weight · activation in the type given.
Gradients gradients(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& weight, at::ScalarType dtype)
{
    const auto leaf = x.to(dtype).detach().requires_grad_(true);
    const auto gains = gamma.to(dtype).detach().requires_grad_(true);
    activate_and_prepend_past(leaf, gains, nullptr).mul(weight.to(dtype)).sum().backward();
    return {leaf.grad(), gains.grad()};
}

}  // namespace

TEST_CASE("The activation kernel agrees with plain operations for every width and type", "[vae]")
{
    begin();
    for (const std::int64_t width : {1, 3, 16, 20, 32, 50}) {
        const auto gamma = at::randn({width, 1, 1, 1});
        for (const auto dtype : {at::kFloat, at::kBFloat16}) {
            CAPTURE(width, dtype);
            const auto x = video(width, dtype);
            REQUIRE(inference::has_activation_kernel(x));
            const auto rounded = gamma.to(dtype);
            const auto actual = activate_and_prepend_past(x, rounded, nullptr);
            const auto expected = activate_and_prepend_past(x.to(at::kDouble), rounded.to(at::kDouble), nullptr);
            CHECK(actual.scalar_type() == dtype);
            REQUIRE(actual.sizes() == expected.sizes());
            CHECK(relative_error(actual, expected) < (dtype == at::kFloat ? 1e-6 : 4e-3));
            CHECK(actual.narrow(2, 0, 2).abs().max().item<float>() == 0.0F);
        }
    }
}

TEST_CASE("The activation kernel's gradients agree with plain operations", "[vae]")
{
    begin();
    for (const std::int64_t width : {1, 3, 16, 20, 32, 50}) {
        // Rounded to bfloat16 first, so that all types see the same values.
        const auto gamma = at::randn({width, 1, 1, 1}).to(at::kBFloat16);
        const auto weight = at::randn({2, width, 5, 4, 5}).to(at::kBFloat16);
        const auto x = video(width, at::kBFloat16);
        const auto expected = gradients(x, gamma, weight, at::kDouble);
        for (const auto dtype : {at::kFloat, at::kBFloat16}) {
            CAPTURE(width, dtype);
            const auto actual = gradients(x, gamma, weight, dtype);
            const double tolerance = dtype == at::kFloat ? 1e-5 : 1e-2;
            // With one channel the norm makes ±1 of everything, and nothing is left of x's gradient.
            if (width > 1) CHECK(relative_error(actual.x, expected.x) < tolerance);
            CHECK(relative_error(actual.gamma, expected.gamma) < tolerance);
        }
    }
}

TEST_CASE("The activation kernel gives the same bits on one thread and on two", "[vae]")
{
    begin();
    const auto x = at::randn({1, 32, 9, 24, 40}).contiguous(at::MemoryFormat::ChannelsLast3d);
    const auto gamma = at::randn({32, 1, 1, 1});
    const auto weight = at::randn({1, 32, 11, 24, 40});
    at::set_num_threads(1);
    const auto value = activate_and_prepend_past(x, gamma, nullptr);
    const auto alone = gradients(x, gamma, weight, at::kFloat);
    at::set_num_threads(2);
    CHECK(activate_and_prepend_past(x, gamma, nullptr).equal(value));
    const auto together = gradients(x, gamma, weight, at::kFloat);
    at::set_num_threads(1);
    CHECK(together.x.equal(alone.x));
    CHECK(together.gamma.equal(alone.gamma));
}

TEST_CASE("Extreme and empty pixels come through the activation finite", "[vae]")
{
    begin();
    auto x = at::zeros({1, 16, 3, 1, 4}).contiguous(at::MemoryFormat::ChannelsLast3d);
    x.select(4, 1).fill_(1e-20);
    x.select(4, 2).fill_(1e15);
    x.select(4, 3).fill_(-1e15);
    const auto gamma = at::zeros({16, 1, 1, 1}).add(100.0);
    const auto y = activate_and_prepend_past(x, gamma, nullptr);
    CHECK(y.isfinite().all().item<bool>());
    CHECK(y.select(4, 0).abs().max().item<float>() == 0.0F);
    CHECK(y.select(4, 2).max().item<float>() == Approx(100.0F));
    CHECK(y.select(4, 3).abs().max().item<float>() < 1e-6F);
    const auto gradient = gradients(x, gamma, at::zeros(y.sizes()).add(1.0), at::kFloat);
    CHECK(gradient.gamma.isfinite().all().item<bool>());
}

TEST_CASE("A chunk's past comes before it, and its last two frames are remembered", "[vae]")
{
    begin();
    const auto x = video(16, at::kFloat);
    const auto gamma = at::randn({16, 1, 1, 1});
    const auto whole = activate_and_prepend_past(x, gamma, nullptr);
    at::Tensor slot;
    // A clip's first frame has none before it; the convolution then leaves the taps for them out.
    const auto first = activate_and_prepend_past(x.narrow(2, 0, 1), gamma, &slot);
    CHECK(first.equal(whole.narrow(2, 2, 1)));
    CHECK(slot.equal(whole.narrow(2, 2, 1)));
    const void* const room = slot.storage().data();
    const auto second = activate_and_prepend_past(x.narrow(2, 1, 2), gamma, &slot);
    CHECK(second.equal(whole.narrow(2, 2, 3)));
    CHECK(slot.equal(whole.narrow(2, 3, 2)));
    // Given back, the room of one frame would lie unused beside that of two.
    CHECK(slot.storage().data() == room);
}
