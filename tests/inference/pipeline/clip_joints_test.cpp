#include "inference/pipeline/clip_joints.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>

#include "inference/models/wan/vae.h"

namespace kinora::inference {
namespace {

at::Tensor grey(double value, int frames)
{
    return at::full({1, 3, frames, 4, 4}, value);
}

float level(const at::Tensor& video, int frame)
{
    return video.select(2, frame).mean().item<float>();
}

}  // namespace

TEST_CASE("what a stretch lacks of a given picture is added to the frames around it, less and less")
{
    auto video = grey(0.0, 10);
    settle(video, 5, grey(0.5, 1), 3);
    CHECK(level(video, 5) == 0.0F);  // the frame itself isn't shown
    CHECK(level(video, 6) == Approx(0.375));
    CHECK(level(video, 7) == Approx(0.25));
    CHECK(level(video, 8) == Approx(0.125));
    CHECK(level(video, 9) == 0.0F);
    settle(video, 5, grey(0.5, 1), -8);  // more frames than there are
    CHECK(level(video, 4) == Approx(0.5 * 8 / 9));
    CHECK(level(video, 0) == Approx(0.5 * 4 / 9));
    auto bright = grey(0.9, 3);
    settle(bright, 0, grey(5.0, 1), 2);
    CHECK(level(bright, 1) == 1.0F);  // never brighter than white
}

TEST_CASE("a jump is eased to what neighbours differ by, and no jump is left alone")
{
    auto video = grey(0.0, 6);
    ease(video, 1, grey(0.1, 1), 4, 0.2);
    CHECK(level(video, 1) == 0.0F);
    ease(video, 1, grey(0.8, 1), 4, 0.2);
    CHECK(level(video, 1) == Approx(0.6));
    CHECK(level(video, 2) == Approx(0.45));
    CHECK(level(video, 4) == Approx(0.15));
    CHECK(level(video, 5) == 0.0F);
    CHECK(level(video, 0) == 0.0F);
}

TEST_CASE("a clip of two stretches shows the kept one to the bit, whatever is made before it")
{
    VaeConfig config;
    config.base_dim = 4;
    config.decoder_base_dim = 6;
    config.z_dim = 5;
    config.num_res_blocks = 1;
    config.latents_mean.assign(5, 0.0);
    config.latents_std.assign(5, 1.0);
    auto vae = WanVae::create_random(config, 3);
    vae.to(at::kFloat, at::kCPU);
    const auto kept = at::randn({1, config.z_dim, 3, 4, 4});
    const auto made = at::randn({1, config.z_dim, 2, 4, 4});
    const int stride = static_cast<int>(config.temporal_stride());
    const int frames = 2 * stride + 1;
    const core::ClipLayout layout{{3, 2}, {{1, 1, stride}, {0, 0, frames}}, {{1, stride, 0, 0, -2}}};
    const auto alone = decode_latents(vae, kept, DecodeRoute::whole_clip);
    const auto together = decode_clip(vae, at::cat(at::TensorList{kept, made}, 2), layout, DecodeRoute::whole_clip);
    REQUIRE(together.size(2) == stride - 1 + frames);
    CHECK(together.narrow(2, stride - 1, frames).equal(alone));
    // The causal cache gives the same but for rounding, and tells how far it is, over both stretches.
    double part = 0;
    const auto cached =
        decode_clip(vae, at::cat(at::TensorList{kept, made}, 2), layout, DecodeRoute::causal_cache, [&](double now) {
            CHECK(now >= part);
            part = now;
        });
    CHECK(part == Approx(1.0));
    CHECK(cached.allclose(together, 1e-3, 1e-4));
}

}  // namespace kinora::inference
