#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "inference/models/wan/vae.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

using namespace kinora;
using inference::VaeConfig;
using inference::VaeRoute;
using inference::WanVae;
using tests::Comparison;

namespace {

constexpr double k_tolerance = 1e-4;

/// Every fixture folder with a Wan VAE in it, whatever it is called.
std::vector<std::filesystem::path> vae_folders()
{
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(tests::goldens_dir())) {
        if (entry.path().filename().string().rfind("wan_vae", 0) == 0) found.push_back(entry.path());
    }
    return found;
}

WanVae load_vae(const std::filesystem::path& folder)
{
    const auto config = VaeConfig::from_file(folder / "vae" / "config.json");
    REQUIRE(config);
    auto weights = inference::load_part(folder / "vae");
    REQUIRE(weights);
    auto vae = WanVae::create(*config, *weights);
    REQUIRE(vae);
    CHECK(weights->unused().empty());
    vae->to(at::kFloat, at::kCPU);
    return *std::move(vae);
}

Comparison open_fixture(const std::filesystem::path& file)
{
    const auto weights = inference::load_safetensors(file);
    INFO(file);
    REQUIRE(weights);
    return {file.parent_path().filename().string() + "/" + file.filename().string(), weights->tensors()};
}

/// The numbers N of all tensors called `prefix`N.`suffix`.
std::vector<std::int64_t> numbers(const Comparison& file, const std::string& prefix, const std::string& suffix)
{
    std::vector<std::int64_t> found;
    for (const auto& entry : file.tensors()) {
        const auto& name = entry.first;
        const auto dot = name.find('.');
        if (name.rfind(prefix, 0) == 0 && dot != std::string::npos && name.substr(dot + 1) == suffix)
            found.push_back(std::stoll(name.substr(prefix.size(), dot - prefix.size())));
    }
    return found;
}

inference::VaeTiles read_tiles(const std::filesystem::path& file)
{
    const auto settings = nlohmann::json::parse(std::ifstream(file));
    return {settings.at("tile_sample_min_height"), settings.at("tile_sample_min_width"),
            settings.at("tile_sample_stride_height"), settings.at("tile_sample_stride_width")};
}

/// The routes that have to come to the reference's values: the whole clip, the reference's own, and something between them.
const std::vector<VaeRoute> k_routes{{0}, {1}, {2}};

}  // namespace

TEST_CASE("The Wan VAEs decode as the reference does, on every route", "[parity][vae]")
{
    at::set_num_threads(1);
    REQUIRE(vae_folders().size() >= 2);  // the 2.1 and the 2.2 kind
    for (const auto& folder : vae_folders()) {
        const auto vae = load_vae(folder);
        auto file = open_fixture(folder / "decode.safetensors");
        for (const auto frames : numbers(file, "latents", "z")) {
            const auto name = "latents" + std::to_string(frames);
            for (const auto& route : k_routes)
                file.expect_close(name + ".video", vae.decode(file.input(name + ".z"), route), k_tolerance);
        }
        file.finish();
    }
}

TEST_CASE("The Wan VAEs encode as the reference does, on every route", "[parity][vae]")
{
    at::set_num_threads(1);
    for (const auto& folder : vae_folders()) {
        const auto vae = load_vae(folder);
        auto file = open_fixture(folder / "encode.safetensors");
        for (const auto frames : numbers(file, "frames", "mode")) {
            const auto name = "frames" + std::to_string(frames);
            for (const auto& route : k_routes) {
                const auto posterior = vae.encode(file.input("video").narrow(2, 0, frames), route);
                file.expect_close(name + ".mode", posterior.mean, k_tolerance);
                file.expect_close(name + ".logvar", posterior.log_variance, k_tolerance);
                file.expect_close(name + ".normalised", vae.normalise(posterior.mean), k_tolerance);
                CHECK(tests::relative_error(vae.denormalise(vae.normalise(posterior.mean)), posterior.mean) < 1e-6);
            }
        }
        file.finish();
    }
}

TEST_CASE("The Wan VAEs encode and decode in tiles as the reference does", "[parity][vae]")
{
    at::set_num_threads(1);
    for (const auto& folder : vae_folders()) {
        const auto vae = load_vae(folder);
        const auto tiles = read_tiles(folder / "tiled.json");
        auto file = open_fixture(folder / "tiled.safetensors");
        for (const auto& route : k_routes) {
            file.expect_close("tiled", vae.decode_tiled(file.input("z"), tiles, route), k_tolerance);
            file.expect_close("tiled_mode", vae.encode_tiled(file.input("video"), tiles, route).mean, k_tolerance);
        }
        file.finish();
    }
}
