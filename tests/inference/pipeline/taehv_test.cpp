#include "inference/models/taehv/taehv.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/stack.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/paths.h"
#include "inference/pipeline/step_preview.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"
#include "tests/inference/pipeline/own_folders.h"
#include "tests/inference/pipeline/taehv_weights.h"
#include "tests/paths.h"
#include "tests/scratch_folder.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;
using tests::OwnFolders;

TaehvDecoder decoder(std::int64_t channels, std::int64_t patch, bool doubling = false)
{
    auto map = tests::taehv_weights(channels, patch, doubling);
    auto made = TaehvDecoder::load(map);
    if (!made) FAIL(made.error().message);
    return *std::move(made);
}

}  // namespace

TEST_CASE("TAEHV decoders give the published code's pictures, for Wan 2.1 and for 2.2")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto expected = load_safetensors(tests::source_dir() / "tests" / "goldens" / "taehv" / "taehv.safetensors");
    REQUIRE(expected);
    for (const auto& [name, channels, patch, size] :
         {std::tuple<std::string, std::int64_t, std::int64_t, std::vector<std::int64_t>>{"taew2_1", 16, 1, {1, 16, 2, 3, 4}},
          {"taew2_2", 48, 2, {1, 48, 2, 2, 3}}}) {
        INFO(name);
        const auto latents = tests::numbers_of(name, size, 2.0);
        const auto tiny = decoder(channels, patch);
        const auto pictures = tiny.decode(latents);
        CHECK(tests::relative_error(pictures, expected->tensors().at(name)) < 1e-5);
        const auto last = tiny.decode_last(latents);
        REQUIRE(last.size(0) == 2);
        CHECK(tests::relative_error(last[0], pictures[0]) < 1e-6);
        CHECK(tests::relative_error(last[1], pictures[4]) < 1e-6);
        CHECK(at::equal(decoder(channels, patch, true).decode(latents), pictures));
    }
}

TEST_CASE("weights that are no TAEHV decoder are refused by the tensor that is wrong")
{
    WeightMap none;
    none.add("decoder.1.weight", tests::numbers_of("a", {8, 16, 3, 3}, 1));
    const auto missing = TaehvDecoder::load(none);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::corrupt);
    CHECK_THAT(missing.error().message, Catch::Contains("decoder.7.conv.weight"));
}

TEST_CASE("previews are decoded no more often than their share of the steps' time allows")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const tests::ScratchFolder scratch;
    const OwnFolders folders;
    WanModelInfo info;
    info.folder = scratch.path();
    info.vae.z_dim = 16;
    info.parts.vae = scratch / "vae";
    CHECK(find_taehv(info).empty());
    const auto folder = core::data_dir() / "models" / "vae_approx";
    fs::create_directories(folder);
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const auto made = tests::taehv_weights(16, 1);
    for (const auto& [name, tensor] : made.tensors())
        tensors.emplace_back(name, tensor);
    REQUIRE(save_safetensors(folder / "taew2_1.safetensors", tensors));
    auto preview = StepPreview::find(info, at::kFloat, at::kCPU);
    REQUIRE(preview);
    REQUIRE(preview->has_decoder());
    const auto clip = tests::numbers_of("clip", {1, 16, 2, 3, 4}, 1.0);
    // Hours a step: each has one, at half the clip's size.
    for (int step = 0; step < 3; ++step) {
        const auto pictures = preview->after_step(clip, 3600);
        REQUIRE(pictures);
        REQUIRE(pictures->size() == 2);
        CHECK(pictures->front().width == 16);
        CHECK(pictures->front().height == 12);
    }
    // A thousandth of a second a step: none can be paid for.
    auto poor = StepPreview::find(info, at::kFloat, at::kCPU);
    REQUIRE(poor);
    for (int step = 0; step < 5; ++step)
        CHECK_FALSE(poor->after_step(clip, 1e-3));
}

TEST_CASE("a damaged preview decoder costs the preview and not the clip, and previews don't change its bits")
{
    const OwnFolders folders;
    const auto model = [](const std::string&) -> core::Result<fs::path> {
        return tests::goldens_dir() / "pipelines" / "wan21_t2v" / "model";
    };
    core::GenerationRequest wish;
    wish.prompt = {{.text = "a boat"}};
    wish.prompt_text = "a boat";
    wish.width = wish.height = 64;
    wish.frames = 5;
    wish.steps = 2;
    wish.device = "cpu";
    wish.dtype = "float32";
    int previews = 0;
    const auto count = [&](const core::Progress& progress) { previews += progress.preview ? 1 : 0; };
    const auto clip = WanGenerator(model).generate(wish, count, {});
    REQUIRE(clip);
    CHECK(previews == 0);
    // What the first run decoded gave the next one a map.
    const auto again = WanGenerator(model).generate(wish, count, {});
    REQUIRE(again);
    CHECK(previews == 2);
    CHECK(again->frames.rgb == clip->frames.rgb);
    CHECK(again->recipe == clip->recipe);

    fs::create_directories(core::data_dir() / "models" / "vae_approx");
    std::ofstream(core::data_dir() / "models" / "vae_approx" / "taew2_1.safetensors") << "no weights";
    const auto damaged = WanGenerator(model).generate(wish, count, {});
    REQUIRE(damaged);
    CHECK(damaged->frames.rgb == clip->frames.rgb);
    REQUIRE(damaged->recipe.fallbacks.size() == 1);
    CHECK_THAT(damaged->recipe.fallbacks.front(), Catch::Contains("taew2_1.safetensors"));
}

}  // namespace kinora::inference
