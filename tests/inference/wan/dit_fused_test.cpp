#include "inference/models/wan/dit_fused.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/randn.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>

#include "inference/models/layers.h"
#include "inference/models/wan/dit.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

double tolerance_of(at::ScalarType type)
{
    return type == at::kFloat ? 1e-6 : 4e-3;
}

}  // namespace

TEST_CASE("the fused norm equals layer norm, scale and shift, whatever the width and type")
{
    const c10::InferenceMode inference;
    for (const auto type : {at::kFloat, at::kBFloat16}) {
        for (const std::int64_t width : {1, 7, 16, 40, 256}) {
            const auto x = (noise({2, 6, width}, 1) * 3 + 1).to(type);
            const auto table = noise({2, 3, 6, width}, 2);
            const auto scale = table.select(2, 4);
            const auto shift = table.select(2, 1);
            const auto wide = at::layer_norm(x.to(at::kFloat), {width}, {}, {}, 1e-6).view({2, 3, 2, width});
            const auto expected = (wide * (scale + 1).unsqueeze(2) + shift.unsqueeze(2)).view({2, 6, width});
            const auto actual = fused::norm_scale_shift(x, scale, shift, 1.0F, 1e-6, type);
            INFO(type << " " << width);
            CHECK(actual.scalar_type() == type);
            CHECK(tests::relative_error(actual, expected) < tolerance_of(type));
        }
    }
}

TEST_CASE("the fused RMS norm with rotation equals the plain operations, also on a strided input")
{
    const c10::InferenceMode inference;
    WanDitConfig config;
    config.num_attention_heads = 3;
    config.attention_head_dim = 20;
    const auto rope = make_rope(config, {2, 2, 3}, at::kCPU);
    for (const auto type : {at::kFloat, at::kBFloat16}) {
        const auto x = noise({2, 12, 180}, 3).to(type).narrow(2, 60, 60);
        const RmsNorm norm{(noise({60}, 4) + 2).to(type)};
        const auto plain = rms_norm(norm, x, 1e-6);
        CHECK(tests::relative_error(fused::rms_norm_rope(x, norm.weight, 1e-6, nullptr), plain) < tolerance_of(type));
        const auto turned = apply_rope(plain.unflatten(-1, {3, 20}), rope).flatten(2);
        CHECK(tests::relative_error(fused::rms_norm_rope(x, norm.weight, 1e-6, &rope), turned) < tolerance_of(type));
    }
}

TEST_CASE("the fused residual adds in place, with and without a gate")
{
    const c10::InferenceMode inference;
    for (const auto type : {at::kFloat, at::kBFloat16}) {
        auto x = noise({2, 6, 40}, 5).to(type);
        const auto y = noise({2, 6, 40}, 6).to(type);
        const auto gate = noise({2, 3, 6, 40}, 7).select(2, 2);
        const auto gates = gate.unsqueeze(2).expand({2, 3, 2, 40}).reshape({2, 6, 40});
        const auto expected = x.to(at::kFloat) + y.to(at::kFloat) * gates;
        fused::add_gated(x, y, gate);
        CHECK(tests::relative_error(x, expected) < tolerance_of(type));
        const auto sum = x.to(at::kFloat) + y.to(at::kFloat);
        fused::add_gated(x, y, {});
        CHECK(tests::relative_error(x, sum) < tolerance_of(type));
    }
}

TEST_CASE("fused kernels stay away where gradients are recorded")
{
    CHECK_FALSE(fused::usable(noise({2}, 1)));
    const at::NoGradGuard no_grad;
    CHECK(fused::usable(noise({2}, 1)));
    CHECK_FALSE(fused::usable(noise({2}, 1).to(at::kDouble)));
}

TEST_CASE("the transformer's route for sampling equals its route for training")
{
    at::set_num_threads(1);
    WanDitConfig config;
    config.num_attention_heads = 2;
    config.attention_head_dim = 24;
    config.in_channels = config.out_channels = 4;
    config.text_dim = 12;
    config.freq_dim = 32;
    config.ffn_dim = 60;
    config.num_layers = 2;
    auto dit = WanDit::create_random(config, 1);
    std::uint64_t seed = 10;
    dit.for_each_parameter(
        [&](const std::string&, at::Tensor& parameter) { parameter = parameter + 0.1 * noise(parameter.sizes(), seed++); });
    const auto latents = noise({2, 4, 3, 4, 6}, 2);
    const auto text = noise({2, 5, 12}, 3);
    const auto times = noise({2, 3}, 4).abs() * 400;
    const auto training = dit.forward(latents, times, dit.make_context(text));
    const c10::InferenceMode inference;
    const auto sampling = dit.forward(latents, times, dit.make_context(text));
    CHECK(tests::relative_error(sampling, training) < 2e-6);
}

}  // namespace kinora::inference
