#pragma once

#include <ATen/ops/constant_pad_nd.h>

#include <filesystem>
#include <string>

#include "inference/models/wan/dit.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::tests {

inline Comparison open_comparison(const std::filesystem::path& file)
{
    const auto tensors = inference::load_safetensors(file);
    INFO(file);
    REQUIRE(tensors);
    return {file.parent_path().filename().string() + "/" + file.filename().string(), tensors->tensors()};
}

/// A transformer from a file or folder in any layout; every tensor has to find its place.
inline inference::WanDit dit_from(const std::filesystem::path& weights_at, const inference::WanDitConfig& config)
{
    INFO(weights_at);
    auto weights = inference::load_part(weights_at);
    REQUIRE(weights);
    auto dit = inference::WanDit::load(config, *weights);
    if (!dit) FAIL(dit.error().message);
    CHECK(weights->unused() == std::vector<std::string>{});
    return *std::move(dit);
}

/// Runs a recording's inputs and compares whatever it recorded by that name.
inline void compare_run(const inference::WanDit& dit, Comparison& file, double tolerance)
{
    auto text = file.input("encoder_hidden_states");
    if (file.contains("text_length")) {
        const auto length = file.input("text_length").item<std::int64_t>();
        text = at::constant_pad_nd(text, {0, 0, 0, length - text.size(1)});
    }
    const auto image =
        file.contains("encoder_hidden_states_image") ? file.input("encoder_hidden_states_image") : at::Tensor();
    const auto see = [&](const std::string& name, const at::Tensor& tensor) {
        if (!file.contains(name)) return;
        const auto& expected = file.tensors().at(name);
        auto ours = name == "text_embedded" ? tensor.narrow(1, 0, expected.size(1)) : tensor;
        if (name == "rope_cos" || name == "rope_sin")
            ours = ours.unsqueeze(-1).expand({-1, -1, 2}).reshape({1, ours.size(0), 1, -1});
        file.expect_close(name, ours.numel() == expected.numel() ? ours.reshape(expected.sizes()) : ours, tolerance);
    };
    const auto context = dit.make_context(text, image, see);
    const auto output = dit.forward(file.input("hidden_states"), file.input("timestep"), context, see);
    file.expect_close("output", output, tolerance);
}

}  // namespace kinora::tests
