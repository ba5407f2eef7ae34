#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/mapped_file.h"
#include "core/models/json_file.h"
#include "core/models/weight_file.h"
#include "inference/models/wan/vae.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"
#include "tests/inference/weights/dit_fixture.h"

using namespace kinora;
using tests::Comparison;

namespace {

namespace fs = std::filesystem;

/// A file in its original layout, and the fixture whose outputs must come out.
struct Source {
    fs::path file;
    fs::path fixture;
};

/// The single files of one component, as sources.json says. LTX isn't in scope yet: its file names two components at once.
std::vector<Source> sources_of(const std::string& component)
{
    const auto folder = tests::goldens_dir() / "single_file";
    const auto json = core::read_json_object(folder / "sources.json");
    REQUIRE(json);
    std::vector<Source> sources;
    for (const auto& [name, source] : json->items())
        if (source.value("component", "") == component)
            sources.push_back({folder / name, tests::goldens_dir() / source.at("fixture").get<std::string>()});
    REQUIRE_FALSE(sources.empty());
    return sources;
}

std::vector<fs::path> recordings(const fs::path& fixture)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fixture))
        if (entry.path().extension() == ".safetensors") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    REQUIRE_FALSE(files.empty());
    return files;
}

/// Every number N of a tensor "prefixN.suffix".
std::vector<std::int64_t> numbers(const Comparison& file, const std::string& prefix, const std::string& suffix)
{
    std::vector<std::int64_t> found;
    for (const auto& [name, tensor] : file.tensors()) {
        const auto dot = name.find('.');
        if (name.rfind(prefix, 0) == 0 && dot != std::string::npos && name.substr(dot + 1) == suffix)
            found.push_back(std::stoll(name.substr(prefix.size(), dot - prefix.size())));
    }
    return found;
}

}  // namespace

TEST_CASE("transformers in their original layouts give the numbers of the same weights in diffusers' layout", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    for (const auto& [file, fixture] : sources_of("transformer")) {
        CAPTURE(file);
        const auto config = inference::WanDitConfig::read(fixture / "transformer");
        REQUIRE(config);
        const auto dit = tests::dit_from(file, *config);
        for (const auto& path : recordings(fixture)) {
            auto recording = tests::open_comparison(path);
            tests::compare_run(dit, recording, 1e-4);
            recording.finish();
        }
    }
}

TEST_CASE("VAEs in their original layouts give the numbers of the same weights in diffusers' layout", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    for (const auto& [file, fixture] : sources_of("vae")) {
        CAPTURE(file);
        const auto config = inference::VaeConfig::from_file(fixture / "vae" / "config.json");
        REQUIRE(config);
        auto weights = inference::load_part(file);
        REQUIRE(weights);
        auto vae = inference::WanVae::create(*config, *weights);
        if (!vae) FAIL(vae.error().message);
        CHECK(weights->unused().empty());
        vae->to(at::kFloat, at::kCPU);
        auto decoded = tests::open_comparison(fixture / "decode.safetensors");
        for (const auto frames : numbers(decoded, "latents", "z")) {
            const std::string name = "latents" + std::to_string(frames);
            decoded.expect_close(name + ".video", vae->decode(decoded.input(name + ".z"), {1}), 1e-4);
        }
        decoded.finish();
        auto encoded = tests::open_comparison(fixture / "encode.safetensors");
        const auto& video = encoded.input("video");
        for (const auto frames : numbers(encoded, "frames", "mode")) {
            const std::string name = "frames" + std::to_string(frames);
            const auto posterior = vae->encode(video.narrow(2, 0, frames), {1});
            encoded.expect_close(name + ".mode", posterior.mean, 1e-4);
            encoded.expect_close(name + ".logvar", posterior.log_variance, 1e-4);
            encoded.expect_close(name + ".normalised", vae->normalise(posterior.mean), 1e-4);
        }
        encoded.finish();
    }
}

TEST_CASE("UMT5 under Wan's and ComfyUI's names gives the reference's numbers, and brings its tokenizer", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    int with_tokenizer = 0;
    for (const auto& [file, fixture] : sources_of("text_encoder")) {
        CAPTURE(file);
        const auto config = inference::Umt5Config::read(fixture / "text_encoder");
        REQUIRE(config);
        auto weights = inference::load_part(file);
        REQUIRE(weights);
        const auto encoder = inference::Umt5Encoder::load(*config, *weights);
        if (!encoder) FAIL(encoder.error().message);
        CHECK(weights->unused() == std::vector<std::string>{});
        for (const auto& path : recordings(fixture)) {
            auto recording = tests::open_comparison(path);
            const auto& ids = recording.input("input_ids");
            const auto& mask = recording.input("attention_mask");
            const auto state = encoder->forward(ids, mask, [&](const std::string& name, const at::Tensor& tensor) {
                recording.expect_close(name, tensor, 2e-5);
            });
            recording.expect_close("last_hidden_state", state, 2e-5);
            recording.expect_close("prompt_embeds", encoder->encode(ids, mask), 2e-5);
            recording.finish();
        }
        const auto map = core::MappedFile::open(file);
        REQUIRE(map);
        const auto header = core::parse_weight_file((*map)->bytes(), file.string());
        REQUIRE(header);
        const std::string model = core::embedded_tokenizer((*map)->bytes(), *header);
        if (model.empty()) continue;
        ++with_tokenizer;
        const auto tokenizer = inference::Tokenizer::from_model(model, file.string());
        REQUIRE(tokenizer);
        CHECK(tokenizer->vocabulary_size() <= config->vocab_size);
    }
    CHECK(with_tokenizer > 0);
}
