#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/full.h>
#include <c10/core/InferenceMode.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "inference/enhance/enhance_models.h"
#include "inference/enhance/upscaler.h"
#include "inference/weights/safetensors.h"
#include "tests/inference/parity.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::inference;

namespace {

namespace fs = std::filesystem;

constexpr double k_tolerance = 2e-5;

/// Those of the repository, or others that the generator beside them has made.
fs::path folder()
{
    if (const char* named = std::getenv("KINORA_ENHANCE_GOLDENS"); named != nullptr && *named != '\0') return named;
    return tests::source_dir() / "tests" / "goldens" / "enhance";
}

std::map<std::string, at::Tensor> tensors_of(const fs::path& file)
{
    const auto loaded = load_safetensors(file);
    INFO(file);
    REQUIRE(loaded);
    return loaded->tensors();
}

/// Name of a network → the file with its weights.
std::map<std::string, fs::path> networks(bool interpolators)
{
    std::map<std::string, fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder())) {
        const std::string name = entry.path().filename().string();
        const auto end = name.find(".weights.");
        if (end == std::string::npos || name.starts_with("rife") != interpolators) continue;
        found[name.substr(0, end)] = entry.path();
    }
    return found;
}

void one_thread()
{
    at::set_num_threads(1);
}

}  // namespace

TEST_CASE("Upscalers of every naming and scale give what the reference gives", "[parity]")
{
    one_thread();
    const c10::InferenceMode inference_mode;
    const auto found = networks(false);
    if (found.empty()) WARN("No upscalers among the fixtures of " << folder());
    for (const auto& [name, file] : found) {
        auto upscaler = Upscaler::load(file);
        INFO(name << ": " << (upscaler ? std::string() : upscaler.error().message));
        REQUIRE(upscaler);
        upscaler->to(at::kFloat, at::kCPU);
        tests::Comparison comparison(name, tensors_of(folder() / (name + ".io.safetensors")));
        const auto output = upscaler->upscale(comparison.input("input"), 0, {});
        REQUIRE(output);
        comparison.expect_close("output", *output, k_tolerance);
        comparison.finish();
    }
}

TEST_CASE("Interpolators of RIFE 4 of every version give what the reference gives", "[parity]")
{
    one_thread();
    const c10::InferenceMode inference_mode;
    const auto found = networks(true);
    if (found.empty()) return;  // a folder of published upscalers
    const auto pictures = tensors_of(folder() / "pictures.safetensors");
    const at::Tensor first = pictures.at("first").to(at::kFloat) / 255;
    const at::Tensor second = pictures.at("second").to(at::kFloat) / 255;
    const at::Tensor moment = at::full({1, 1, 1, 1}, 0.3, at::kFloat);
    for (const auto& [name, file] : found) {
        auto net = load_ifnet(file);
        INFO(name << ": " << (net ? std::string() : net.error().message));
        REQUIRE(net);
        net->to(at::kFloat, at::kCPU);
        tests::Comparison comparison(name, tensors_of(folder() / (name + ".io.safetensors")));
        const at::Tensor output = net->between(first, second, moment).slice(2, 0, 64, 4).slice(3, 0, 64, 4);
        comparison.expect_close("output", output, k_tolerance);
        comparison.finish();
    }
}

TEST_CASE("The version of an interpolator is told by its shapes", "[parity]")
{
    const std::map<std::string, std::string> expected{{"rife_4_0", "RIFE 4.0 or 4.1"},
                                                      {"rife_4_6", "RIFE 4.6"},
                                                      {"rife_4_17", "RIFE 4.13 to 4.24"},
                                                      {"rife_4_25", "RIFE 4.25 or 4.26"}};
    for (const auto& [name, file] : networks(true)) {
        const auto known = expected.find(name);
        if (known == expected.end()) continue;
        const auto net = load_ifnet(file);
        REQUIRE(net);
        CHECK(net->config().version() == known->second);
    }
}
