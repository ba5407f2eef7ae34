#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/constant_pad_nd.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "inference/models/wan/dit.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

using tests::Comparison;

constexpr double k_float32_tolerance = 1e-4;
constexpr double k_bfloat16_tolerance = 3e-2;

std::vector<std::filesystem::path> fixture_folders()
{
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(tests::goldens_dir()))
        if (entry.is_directory() && entry.path().filename().string().rfind("wan_dit_", 0) == 0)
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

std::vector<std::filesystem::path> recordings(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".safetensors") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

WanDit load_dit(const std::filesystem::path& folder, at::ScalarType dtype)
{
    const auto config = WanDitConfig::read(folder / "transformer");
    REQUIRE(config);
    auto weights = load_part(folder / "transformer");
    REQUIRE(weights);
    auto dit = WanDit::load(*config, *weights, dtype);
    REQUIRE(dit);
    CHECK(weights->unused() == std::vector<std::string>{});
    return *std::move(dit);
}

Comparison open_recording(const std::filesystem::path& file)
{
    auto tensors = load_safetensors(file);
    REQUIRE(tensors);
    return Comparison(file.parent_path().filename() / file.filename(), tensors->tensors());
}

/// The fixture keeps only the first rows of the text; the rest is zero.
at::Tensor padded_text(Comparison& file)
{
    const auto& rows = file.input("encoder_hidden_states");
    const auto length = file.input("text_length").item<std::int64_t>();
    return at::constant_pad_nd(rows, {0, 0, 0, length - rows.size(1)});
}

/// Our names are the fixture's; only the shapes of a few differ, as the reference folds some dimensions.
at::Tensor shaped_like(const std::string& name, const at::Tensor& ours, const at::Tensor& expected)
{
    if (name == "text_embedded") return ours.narrow(1, 0, expected.size(1));
    if (name == "rope_cos" || name == "rope_sin")
        return ours.unsqueeze(-1).expand({-1, -1, 2}).reshape({1, ours.size(0), 1, -1});
    return ours.numel() == expected.numel() ? ours.reshape(expected.sizes()) : ours;
}

at::Tensor run(const WanDit& dit, Comparison& file, const at::Tensor& timestep, const TensorObserver& observer = {})
{
    const auto image =
        file.contains("encoder_hidden_states_image") ? file.input("encoder_hidden_states_image") : at::Tensor();
    const auto context = dit.make_context(padded_text(file), image, observer);
    return dit.forward(file.input("hidden_states"), timestep, context, observer);
}

}  // namespace

TEST_CASE("every Wan transformer fixture gives the reference's numbers, intermediates included", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto folders = fixture_folders();
    std::set<std::string> compared;
    for (const auto& folder : folders) {
        for (const auto& path : recordings(folder)) {
            const bool bfloat16 = path.stem() == "bf16";
            const auto dit = load_dit(folder, bfloat16 ? at::kBFloat16 : at::kFloat);
            const double tolerance = bfloat16 ? k_bfloat16_tolerance : k_float32_tolerance;
            auto file = open_recording(path);
            const auto output =
                run(dit, file, file.input("timestep"), [&](const std::string& name, const at::Tensor& tensor) {
                    if (!file.contains(name)) return;
                    file.expect_close(name, shaped_like(name, tensor, file.tensors().at(name)), tolerance);
                });
            file.expect_close("output", output, tolerance);
            file.finish();
            compared.insert(folder.filename().string() + "/" + path.stem().string());
        }
    }
    for (const char* form : {"t2v21", "i2v21", "flf2v21", "ti2v22", "a14b_i2v22"}) {
        for (const char* batch : {"/batch1", "/batch2"}) {
            INFO(form << batch << " has no recording, so nothing of it was compared");
            CHECK(compared.contains(std::string("wan_dit_") + form + batch));
        }
    }
    CHECK(compared.contains("wan_dit_head128/bf16"));
    CHECK(compared.contains("wan_dit_head128/fp32"));
}

TEST_CASE("a time step per latent frame equals the reference's time step per token", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    int compared = 0;
    for (const auto& folder : fixture_folders()) {
        for (const auto& path : recordings(folder)) {
            auto file = open_recording(path);
            const auto& timestep = file.input("timestep");
            if (timestep.dim() != 2) continue;
            const auto dit = load_dit(folder, at::kFloat);
            const auto frames = file.input("hidden_states").size(2) / dit.config().patch_size[0];
            const auto per_frame = timestep.view({timestep.size(0), frames, -1}).select(2, 0);
            file.expect_close("output", run(dit, file, per_frame), k_float32_tolerance);
            ++compared;
        }
    }
    REQUIRE(compared > 0);
}

TEST_CASE("a bfloat16 transformer stays near the reference in float32", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    int compared = 0;
    for (const auto& folder : fixture_folders()) {
        if (!std::filesystem::exists(folder / "bf16.safetensors")) continue;
        auto file = open_recording(folder / "fp32.safetensors");
        const auto dit = load_dit(folder, at::kBFloat16);
        file.expect_close("output", run(dit, file, file.input("timestep")), k_bfloat16_tolerance);
        ++compared;
    }
    REQUIRE(compared > 0);
}

}  // namespace kinora::inference
