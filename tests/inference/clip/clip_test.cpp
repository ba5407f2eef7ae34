#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "inference/models/clip/clip_detect.h"
#include "inference/models/clip/clip_image.h"

#include "inference/models/clip/clip_vision.h"
#include "inference/weights/safetensors.h"
#include "inference/weights/weight_source.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

std::filesystem::path tower_folder()
{
    return tests::goldens_dir() / "pipelines" / "wan21_i2v" / "model" / "image_encoder";
}

ClipVisionConfig tower_config()
{
    auto config = ClipVisionConfig::read(tower_folder());
    REQUIRE(config);
    return *config;
}

/// The tower's tensors with the names in its file.
std::map<std::string, at::Tensor> published()
{
    const auto weights = load_weight_file(tower_folder() / "model.safetensors");
    REQUIRE(weights);
    return weights->tensors();
}

/// Other tensors, through a file, as models know them.
WeightMap loaded(const std::map<std::string, at::Tensor>& tensors)
{
    const auto file =
        std::filesystem::temp_directory_path() / ("kinora_clip_" + std::to_string(::getpid()) + ".safetensors");
    REQUIRE(save_safetensors(file, {tensors.begin(), tensors.end()}));
    auto weights = load_part(file);
    std::filesystem::remove(file);
    if (!weights) FAIL(weights.error().message);
    return *std::move(weights);
}

std::map<std::string, at::Tensor> without_prefix()
{
    std::map<std::string, at::Tensor> tensors;
    for (const auto& [name, tensor] : published())
        tensors.emplace(std::regex_replace(name, std::regex("^vision_model\\."), ""), tensor);
    return tensors;
}

/// How one convention names what transformers names otherwise; queries, keys and values are one tensor.
struct Convention {
    std::string class_embedding;
    std::string positions;
    std::string joined;  ///< before "weight" and "bias"
    bool leading_ones = false;
    std::vector<std::pair<std::string, std::string>> parts;
};

const Convention k_wan{"visual.cls_embedding",
                       "visual.pos_embedding",
                       "attn.to_qkv.",
                       true,
                       {{"encoder\\.layers", "transformer"},
                        {"layer_norm", "norm"},
                        {"self_attn\\.out_proj", "attn.proj"},
                        {"mlp\\.fc1", "mlp.0"},
                        {"mlp\\.fc2", "mlp.2"},
                        {"embeddings\\.patch_embedding", "patch_embedding"},
                        {"pre_layrnorm", "pre_norm"},
                        {"post_layernorm", "post_norm"}}};

const Convention k_open_clip{"visual.class_embedding",
                             "visual.positional_embedding",
                             "attn.in_proj_",
                             false,
                             {{"encoder\\.layers", "transformer.resblocks"},
                              {"layer_norm", "ln_"},
                              {"self_attn\\.out_proj", "attn.out_proj"},
                              {"mlp\\.fc1", "mlp.c_fc"},
                              {"mlp\\.fc2", "mlp.c_proj"},
                              {"embeddings\\.patch_embedding", "conv1"},
                              {"pre_layrnorm", "ln_pre"},
                              {"post_layernorm", "ln_post"}}};

std::map<std::string, at::Tensor> named_by(const Convention& convention)
{
    const auto bare = without_prefix();
    std::map<std::string, at::Tensor> tensors;
    const auto theirs = [&](std::string name) {
        for (const auto& [from, to] : convention.parts)
            name = std::regex_replace(name, std::regex(from), to);
        return "visual." + name;
    };
    for (const auto& [name, tensor] : bare) {
        if (name == "embeddings.class_embedding") {
            tensors[convention.class_embedding] = convention.leading_ones ? tensor.view({1, 1, -1}) : tensor;
        } else if (name == "embeddings.position_embedding.weight") {
            tensors[convention.positions] = convention.leading_ones ? tensor.unsqueeze(0) : tensor;
        } else if (name.find("q_proj.") != std::string::npos) {
            const auto sibling = [&](const char* which) {
                return bare.at(std::regex_replace(name, std::regex("q_proj"), which));
            };
            const auto joined = std::regex_replace(name, std::regex("self_attn\\.q_proj\\."), convention.joined);
            tensors[theirs(joined)] = at::cat(at::TensorList{tensor, sibling("k_proj"), sibling("v_proj")});
        } else if (name.find("k_proj.") == std::string::npos && name.find("v_proj.") == std::string::npos) {
            tensors[theirs(name)] = tensor;
        }
    }
    tensors["textual.token_embedding.weight"] = at::zeros({2, 2});
    return tensors;
}

at::Tensor features_of(WeightMap weights)
{
    const auto tower = ClipVision::load(tower_config(), weights);
    if (!tower) FAIL(tower.error().message);
    core::Picture8 picture{.height = 40, .width = 50, .rgb = {}};
    for (int index = 0; index < 40 * 50 * 3; ++index)
        picture.rgb.push_back(static_cast<unsigned char>(index * 7 % 251));
    return tower->features(clip_pixels({&picture, 1}, ClipImageSettings::for_tower(tower->config())));
}

}  // namespace

TEST_CASE("a CLIP tower gives the same features under every convention of names")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto expected = features_of(loaded(published()));
    CHECK(expected.sizes() == at::IntArrayRef({1, tower_config().rows(), tower_config().hidden_size}));
    CHECK(at::equal(features_of(loaded(without_prefix())), expected));
    CHECK(at::equal(features_of(loaded(named_by(k_wan))), expected));
    CHECK(at::equal(features_of(loaded(named_by(k_open_clip))), expected));
}

TEST_CASE("a CLIP tower's weights agree with its own configuration, and contradictions name both files")
{
    const auto weights = loaded(published());
    const auto config = tower_config();
    CHECK(check_clip_config(config, "config.json", weights, "clip.safetensors"));
    auto other = config;
    other.num_hidden_layers = 7;
    const auto contradiction = check_clip_config(other, "config.json", weights, "clip.safetensors");
    REQUIRE_FALSE(contradiction);
    CHECK_THAT(contradiction.error().message, Catch::Contains("config.json") && Catch::Contains("clip.safetensors") &&
                                                  Catch::Contains("num_hidden_layers") && Catch::Contains("7"));
}

TEST_CASE("impossible values in a CLIP tower's configuration are refused with file and key")
{
    const std::pair<const char*, nlohmann::json> wrong[] = {
        {"hidden_size", 0},   {"hidden_size", "wide"}, {"num_attention_heads", 7}, {"num_hidden_layers", 1},
        {"patch_size", 1000}, {"image_size", 33},      {"layer_norm_eps", -1},     {"hidden_act", "relu"},
        {"num_channels", 4},  {"image_size", 1e9}};
    for (const auto& [key, value] : wrong) {
        nlohmann::json json{{"hidden_size", 24}, {"num_attention_heads", 2}, {"image_size", 32}, {"patch_size", 8}};
        json[key] = value;
        INFO(key << " = " << value.dump());
        const auto config = ClipVisionConfig::from_json(json, "folder/config.json");
        REQUIRE_FALSE(config);
        CHECK_THAT(config.error().message, Catch::Contains("folder/config.json"));
    }
    CHECK_FALSE(ClipVisionConfig::from_json(nlohmann::json::array(), "folder/config.json"));
    const auto nested = ClipVisionConfig::from_json(
        {{"vision_config", {{"hidden_size", 1024}, {"hidden_act", "quick_gelu"}}}}, "folder/config.json");
    REQUIRE(nested);
    CHECK(nested->hidden_size == 1024);
    CHECK(nested->quick_gelu);
}

}  // namespace kinora::inference
