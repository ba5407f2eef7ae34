#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "inference/models/wan/dit_detect.h"
#include "inference/models/wan/vae_detect.h"
#include "inference/weights/weight_source.h"
#include "tests/goldens_path.h"

namespace kinora::inference {
namespace {

TensorShapes shapes_in(const std::filesystem::path& part)
{
    const auto weights = load_part(part);
    if (!weights) FAIL(weights.error().message);
    return shapes_of(*weights);
}

std::vector<std::filesystem::path> parts_below(const std::string& prefix, const std::string& part)
{
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(tests::goldens_dir())) {
        const bool wanted = entry.path().filename().string().rfind(prefix, 0) == 0;
        if (wanted && std::filesystem::exists(entry.path() / part)) found.push_back(entry.path() / part);
    }
    return found;
}

}  // namespace

TEST_CASE("every transformer's weights agree with its own configuration, and with no changed one")
{
    const auto folders = parts_below("wan_dit_", "transformer");
    REQUIRE(folders.size() >= 5);
    for (const auto& folder : folders) {
        INFO(folder);
        const auto config = WanDitConfig::read(folder);
        REQUIRE(config);
        const auto shapes = shapes_in(folder);
        CHECK(check_dit_config(*config, "config.json", shapes, "weights.safetensors"));
        auto other = *config;
        other.ffn_dim += 8;
        const auto contradiction = check_dit_config(other, "config.json", shapes, "weights.safetensors");
        REQUIRE_FALSE(contradiction);
        CHECK(contradiction.error().kind == core::ErrorKind::corrupt);
        CHECK_THAT(contradiction.error().message, Catch::Contains("config.json") && Catch::Contains("weights.safetensors") &&
                                                      Catch::Contains("ffn_dim") &&
                                                      Catch::Contains(std::to_string(config->ffn_dim)));
        other = *config;
        other.in_channels += 20;
        CHECK_FALSE(check_dit_config(other, "config.json", shapes, "weights.safetensors"));
        other = *config;
        other.num_layers += 1;
        CHECK_FALSE(check_dit_config(other, "config.json", shapes, "weights.safetensors"));
    }
}

TEST_CASE("both VAEs' weights agree with their own configuration only")
{
    const auto folders = parts_below("wan_vae", "vae");
    REQUIRE(folders.size() >= 2);
    for (const auto& folder : folders) {
        INFO(folder);
        const auto config = VaeConfig::from_file(folder / "config.json");
        REQUIRE(config);
        const auto shapes = shapes_in(folder);
        CHECK(check_vae_config(*config, "config.json", shapes, "vae.safetensors"));
        auto other = *config;
        other.base_dim += 1;
        const auto contradiction = check_vae_config(other, "config.json", shapes, "vae.safetensors");
        REQUIRE_FALSE(contradiction);
        CHECK_THAT(contradiction.error().message,
                   Catch::Contains("config.json") && Catch::Contains("vae.safetensors") && Catch::Contains("base_dim"));
        other = *config;
        other.temporal_downsample.front() = !other.temporal_downsample.front();
        CHECK_FALSE(check_vae_config(other, "config.json", shapes, "vae.safetensors"));
        other = *config;
        other.num_res_blocks += 1;
        CHECK_FALSE(check_vae_config(other, "config.json", shapes, "vae.safetensors"));
    }
}

TEST_CASE("weights that are no transformer or VAE are refused with their name")
{
    const auto transformer = check_dit_config({}, "config.json", {}, "empty.safetensors");
    REQUIRE_FALSE(transformer);
    CHECK_THAT(transformer.error().message, Catch::Contains("empty.safetensors") && Catch::Contains("patch_embedding"));
    const auto vae = check_vae_config({}, "config.json", {}, "empty.safetensors");
    REQUIRE_FALSE(vae);
    CHECK_THAT(vae.error().message, Catch::Contains("empty.safetensors"));
}

}  // namespace kinora::inference
