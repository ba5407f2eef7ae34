#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_upsample_nearest_exact2d.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/randn.h>

#include <catch2/catch.hpp>

#include "inference/models/wan/vae_layout.h"

using namespace kinora::inference;

namespace {

at::Tensor double_and_convolve(const at::Tensor& x, const at::Tensor& weight)
{
    const auto large = at::_upsample_nearest_exact2d(x, {2 * x.size(2), 2 * x.size(3)});
    return at::conv2d(large, weight, {}, 1, 1);
}

}  // namespace

TEST_CASE("A weight is laid out as a conversion and a copy in channels-last memory would do it", "[vae]")
{
    const auto weight = at::randn({5, 19, 3, 3, 3}, at::kFloat);
    for (const auto from : {at::kFloat, at::kBFloat16, at::kHalf}) {
        for (const auto to : {at::kFloat, at::kBFloat16}) {
            for (const std::int64_t taps : {1, 2, 3}) {
                const auto source = weight.to(from);
                const auto out = laid_out(source, to, taps);
                INFO(from << " to " << to << ", " << taps << " taps");
                CHECK(out.scalar_type() == to);
                CHECK(out.is_contiguous(at::MemoryFormat::ChannelsLast3d));
                CHECK(out.equal(source.narrow(2, 3 - taps, taps).to(to)));
            }
        }
    }
    const auto flat = at::randn({4, 6, 3, 3}, at::kFloat);
    CHECK(laid_out(flat, at::kBFloat16, 1).equal(flat.to(at::kBFloat16)));
    const auto ready = flat.contiguous(at::MemoryFormat::ChannelsLast);
    CHECK(laid_out(ready, at::kFloat, 1).data_ptr() == ready.data_ptr());
}

TEST_CASE("A convolution behind a doubling is one of four cells on the picture before it", "[vae]")
{
    const c10::NoGradGuard no_grad;
    const auto x = at::randn({2, 7, 5, 4}, at::kFloat);
    const auto weight = at::randn({3, 7, 3, 3}, at::kFloat);
    const auto cells = at::conv2d(x, doubling_weight(weight, at::kFloat), {}, 1, 1);
    const auto out = interleaved_cells(cells);
    const auto expected = double_and_convolve(x, weight);
    REQUIRE(out.sizes() == expected.sizes());
    CHECK(at::allclose(out, expected, 1e-5, 1e-5));
}

TEST_CASE("Weights are laid out for passes without gradients only", "[vae]")
{
    const auto x = at::randn({1, 2, 1, 4, 4}, at::kFloat);
    auto weight = at::randn({2, 2, 3, 3, 3}, at::kFloat);
    CHECK(lays_out(weight, x));
    weight.requires_grad_(true);
    CHECK_FALSE(lays_out(weight, x));
    const c10::NoGradGuard no_grad;
    CHECK(lays_out(weight, x));
    CHECK_FALSE(lays_out(weight, x.to(at::kDouble)));
}
