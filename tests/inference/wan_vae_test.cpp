#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "inference/models/wan/vae.h"
#include "inference/models/wan/vae_ops.h"
#include "tests/inference/parity.h"

using namespace kinora;
using inference::VaeConfig;
using inference::VaeRoute;
using inference::WanVae;
using tests::relative_error;

namespace {

/// The starter's kind, small.
VaeConfig residual_config()
{
    VaeConfig config;
    config.base_dim = 4;
    config.decoder_base_dim = 6;
    config.z_dim = 5;
    config.num_res_blocks = 1;
    config.is_residual = true;
    config.patch_size = 2;
    config.in_channels = config.out_channels = 12;
    config.latents_mean.assign(5, 0.5);
    config.latents_std.assign(5, 2.0);
    return config;
}

VaeConfig plain_config()
{
    auto config = residual_config();
    config.is_residual = false;
    config.patch_size = 1;
    config.in_channels = config.out_channels = 3;
    return config;
}

WanVae small_vae(const VaeConfig& config)
{
    at::set_num_threads(1);
    at::manual_seed(5);
    auto vae = WanVae::create_random(config, 7);
    vae.to(at::kFloat, at::kCPU);
    return vae;
}

at::Tensor clip(const VaeConfig& config, std::int64_t frames)
{
    const auto side = config.spatial_stride();
    return at::randn({2, 3, frames, 2 * side, 3 * side}).clamp(-1.0, 1.0);
}

std::string error_of(const nlohmann::json& json)
{
    const auto config = VaeConfig::from_json(json, "config.json");
    return config ? "" : config.error().message;
}

}  // namespace

TEST_CASE("A whole clip and chunks with a causal cache give the same latents and pictures", "[vae]")
{
    for (const auto& config : {residual_config(), plain_config()}) {
        const auto vae = small_vae(config);
        const auto video = clip(config, 17);
        const auto whole = vae.encode(video);
        REQUIRE(whole.mean.sizes() == at::IntArrayRef({2, 5, 5, 2, 3}));
        const auto pictures = vae.decode(whole.mean);
        REQUIRE(pictures.sizes() == video.sizes());
        for (const std::int64_t chunk : {1, 2, 3, 5, 9}) {
            CAPTURE(chunk, config.is_residual);
            const VaeRoute route{chunk};
            CHECK(relative_error(vae.encode(video, route).mean, whole.mean) < 1e-5);
            CHECK(relative_error(vae.encode(video, route).log_variance, whole.log_variance) < 1e-5);
            CHECK(relative_error(vae.decode(whole.mean, route), pictures) < 1e-5);
        }
    }
}

TEST_CASE("Pictures that are decoded frame by frame give the values of the whole clip", "[vae]")
{
    for (const auto& config : {residual_config(), plain_config()}) {
        const auto vae = small_vae(config);
        // The finest levels have 65,536, 16,384 and 4,096 cells or more, so that their frames go through one by one.
        const auto side = 256 * config.patch_size / config.spatial_stride();
        inference::CausalCache cache;
        REQUIRE(inference::frames_at_once(at::zeros({1, 1, 4, 64, 64}), &cache) == 1);
        REQUIRE(inference::frames_at_once(at::zeros({1, 1, 4, 63, 64}), &cache) == 4);
        const auto latents = at::randn({1, 5, 4, side, side + 1});
        const auto whole = vae.decode(latents);
        REQUIRE(whole.size(2) == 13);
        for (const std::int64_t chunk : {1, 3}) {
            CAPTURE(chunk, config.is_residual);
            CHECK(relative_error(vae.decode(latents, {chunk}), whole) < 1e-5);
        }
    }
}

TEST_CASE("Tiles fade into each other as their weights say and keep what only one of them has", "[vae]")
{
    const auto vae = small_vae(plain_config());
    const auto latents = at::randn({1, 5, 2, 5, 7});
    const inference::VaeTiles tiles{24, 32, 16, 16};
    const auto joined = vae.decode_tiled(latents, tiles, {1});
    REQUIRE(joined.sizes() == vae.decode(latents).sizes());
    const auto first = vae.reconstruct(latents.narrow(3, 0, 3).narrow(4, 0, 4));
    const auto second = vae.reconstruct(latents.narrow(3, 0, 3).narrow(4, 2, 4));
    const auto alone = first.narrow(3, 0, 16).narrow(4, 0, 16).clamp(-1.0, 1.0);
    CHECK(relative_error(joined.narrow(3, 0, 16).narrow(4, 0, 16), alone) < 1e-5);
    // Half way through the overlap both count the same.
    const auto middle = ((first.narrow(4, 24, 1) + second.narrow(4, 8, 1)) / 2).clamp(-1.0, 1.0);
    CHECK(relative_error(joined.narrow(3, 0, 16).narrow(4, 24, 1), middle.narrow(3, 0, 16)) < 1e-5);
}

TEST_CASE("The VAE is causal: later frames don't change earlier latents", "[vae]")
{
    const auto config = residual_config();
    const auto vae = small_vae(config);
    const auto video = clip(config, 9);
    const auto longer = vae.encode(video).mean;
    const auto shorter = vae.encode(video.narrow(2, 0, 5)).mean;
    CHECK(relative_error(longer.narrow(2, 0, 2), shorter) < 1e-5);
}

TEST_CASE("Frames after the last complete group are left out", "[vae]")
{
    const auto config = residual_config();
    const auto vae = small_vae(config);
    const auto video = clip(config, 8);
    CHECK(relative_error(vae.encode(video).mean, vae.encode(video.narrow(2, 0, 5)).mean) < 1e-6);
    CHECK(vae.encode(video, {1}).mean.size(2) == 2);
}

TEST_CASE("Every parameter of the VAE gets a gradient from a reconstruction", "[vae]")
{
    for (const auto& config : {residual_config(), plain_config()}) {
        auto vae = small_vae(config);
        vae.for_each_parameter([](const std::string&, at::Tensor& parameter) { parameter.requires_grad_(true); });
        const auto video = clip(config, 5);
        const auto posterior = vae.encode(video);
        const auto loss = vae.reconstruct(posterior.mean).sub(video).abs().mean().add(posterior.log_variance.exp().mean());
        loss.backward();
        vae.for_each_parameter([](const std::string& name, at::Tensor& parameter) {
            INFO(name);
            REQUIRE(parameter.grad().defined());
            CHECK(parameter.grad().isfinite().all().item<bool>());
            CHECK(parameter.grad().abs().max().item<float>() > 0.0F);
        });
    }
}

TEST_CASE("Gradients of the VAE agree with differences of its values", "[vae]")
{
    auto vae = small_vae(residual_config());
    vae.to(at::kDouble, at::kCPU);
    const auto latents = at::randn({1, 5, 3, 1, 2}, at::kDouble);
    const auto value = [&](WanVae& model) { return model.reconstruct(latents).square().mean(); };
    vae.for_each_parameter([](const std::string&, at::Tensor& parameter) { parameter.requires_grad_(true); });
    value(vae).backward();
    vae.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        if (name.find("decoder") != 0) return;
        const at::NoGradGuard quiet;
        const auto before = parameter;
        const auto direction = at::randn(before.sizes(), before.options().requires_grad(false));
        const double expected = parameter.grad().mul(direction).sum().item<double>();
        constexpr double step = 1e-5;  // in float64
        parameter = before.add(direction, step);
        const double above = value(vae).item<double>();
        parameter = before.sub(direction, step);
        const double below = value(vae).item<double>();
        parameter = before;
        INFO(name);
        CHECK((above - below) / (2 * step) == Approx(expected).epsilon(1e-4).margin(1e-8));
    });
}

TEST_CASE("A bfloat16 copy trains the float32 weights and stays close to them", "[vae]")
{
    auto vae = small_vae(residual_config());
    vae.for_each_parameter([](const std::string&, at::Tensor& parameter) { parameter.requires_grad_(true); });
    auto computing = vae;
    computing.to(at::kBFloat16, at::kCPU);
    const auto latents = at::randn({1, 5, 2, 1, 2});
    const auto pictures = computing.reconstruct(latents);
    CHECK(pictures.scalar_type() == at::kFloat);
    CHECK(relative_error(pictures.detach(), vae.reconstruct(latents).detach()) < 5e-2);
    pictures.square().mean().backward();
    vae.for_each_parameter([](const std::string& name, at::Tensor& parameter) {
        INFO(name);
        CHECK(parameter.scalar_type() == at::kFloat);
        if (name.find("decoder.") == 0) CHECK(parameter.grad().defined());
    });
}

TEST_CASE("The same seed initialises the same VAE, another seed another", "[vae]")
{
    const auto config = residual_config();
    auto latents = at::randn({1, 5, 1, 1, 1});
    const auto first = WanVae::create_random(config, 3).decode(latents);
    CHECK(first.equal(WanVae::create_random(config, 3).decode(latents)));
    CHECK_FALSE(first.equal(WanVae::create_random(config, 4).decode(latents)));
}

TEST_CASE("A VAE round-trips through its named weights", "[vae]")
{
    const auto config = residual_config();
    auto vae = WanVae::create_random(config, 11);
    inference::WeightMap weights;
    std::set<std::string> names;
    vae.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        CHECK(names.insert(name).second);
        weights.add(name, parameter);
    });
    const auto again = WanVae::create(config, weights);
    REQUIRE(again);
    CHECK(weights.unused().empty());
    const auto latents = at::randn({1, 5, 2, 1, 1});
    CHECK(again->decode(latents).equal(vae.decode(latents)));
}

TEST_CASE("A VAE without a tensor, or with one of another shape, says which", "[vae]")
{
    const auto config = residual_config();
    auto vae = WanVae::create_random(config, 11);
    inference::WeightMap missing;
    inference::WeightMap misshapen;
    vae.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        if (name != "decoder.conv_out.bias") missing.add(name, parameter);
        misshapen.add(name, name == "decoder.conv_out.bias" ? at::zeros({7}) : parameter);
    });
    const auto from_missing = WanVae::create(config, missing);
    REQUIRE_FALSE(from_missing);
    CHECK_THAT(from_missing.error().message, Catch::Contains("decoder.conv_out.bias"));
    const auto from_misshapen = WanVae::create(config, misshapen);
    REQUIRE_FALSE(from_misshapen);
    CHECK_THAT(from_misshapen.error().message, Catch::Contains("[7]") && Catch::Contains("[12]"));
}

TEST_CASE("The VAE's configuration survives writing and reading", "[vae]")
{
    for (const auto& config : {residual_config(), plain_config()}) {
        const auto json = config.to_json();
        const auto again = VaeConfig::from_json(json, "config.json");
        REQUIRE(again);
        CHECK(again->to_json() == json);
        CHECK(json.at("scale_factor_spatial") == (config.is_residual ? 16 : 8));
        CHECK(json.at("scale_factor_temporal") == 4);
    }
}

TEST_CASE("A VAE configuration that makes no sense is refused with the key's name", "[vae]")
{
    auto good = residual_config().to_json();
    CHECK(error_of(good).empty());
    const auto with = [&](const char* key, const nlohmann::json& value) {
        auto changed = good;
        changed[key] = value;
        return error_of(changed);
    };
    CHECK_THAT(with("z_dim", -1), Catch::Contains("z_dim"));
    CHECK_THAT(with("z_dim", "many"), Catch::Contains("config.json"));
    CHECK_THAT(with("base_dim", 1 << 30), Catch::Contains("base_dim"));
    CHECK_THAT(with("dim_mult", nlohmann::json::array()), Catch::Contains("dim_mult"));
    CHECK_THAT(with("dim_mult", {1, 2, 4, 5}), Catch::Contains("dim_mult"));
    CHECK_THAT(with("temperal_downsample", {true}), Catch::Contains("temperal_downsample"));
    CHECK_THAT(with("latents_std", {1, 1, 1, 1, 0}), Catch::Contains("latents_std"));
    CHECK_THAT(with("latents_mean", {1}), Catch::Contains("latents_mean"));
    CHECK_THAT(with("patch_size", 3), Catch::Contains("patch_size"));
    CHECK_THAT(with("out_channels", 4.8e119), Catch::Contains("out_channels"));  // found by fuzzing: no such integer
    CHECK_THAT(with("dim_mult", {1, 2.5, 4}), Catch::Contains("dim_mult"));
    CHECK_THAT(with("attn_scales", {0.5}), Catch::Contains("attn_scales"));
    CHECK_THAT(error_of(nlohmann::json::array()), Catch::Contains("config.json"));
    CHECK_FALSE(VaeConfig::from_file("/nowhere/config.json"));
}
