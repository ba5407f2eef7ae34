// What previews cost beside the steps they belong to: runs steps of a transformer that stands for one with more layers,
// hands each step's latents to the preview as a run does, and sums up both. For tables.py:
//   kinora_bench_preview folder DIT dtype bfloat16 threads 2 frames 5 height 34 width 60 layers 30
// Prints one JSON object: seconds of a step, and for the linear map and for TAEHV the seconds of one preview, how many steps
// had one, and the share of the steps' time.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randn.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "inference/models/wan/dit.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/pipeline/step_preview.h"
#include "inference/weights/safetensors.h"
#include "inference/weights/weight_source.h"
#include "tests/inference/pipeline/taehv_weights.h"
#include "tests/scratch_folder.h"

namespace {

using namespace kinora;
using Clock = std::chrono::steady_clock;
using Arguments = std::map<std::string, std::string>;

constexpr int k_steps = 20;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename T>
T checked(core::Result<T> result)
{
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

at::Tensor noise(at::IntArrayRef shape)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(1), at::TensorOptions().dtype(at::kFloat));
}

/// Seconds of one pass through a whole model of so many layers: the median of three, after one that isn't timed.
double step_seconds(const Arguments& arguments, at::IntArrayRef shape, at::ScalarType dtype)
{
    const std::filesystem::path folder = arguments.at("folder");
    auto weights = checked(inference::load_part(folder));
    const auto config = checked(inference::WanDitConfig::read(folder));
    const auto dit = checked(inference::WanDit::load(config, weights, dtype, at::kCPU, inference::WeightForm::converted));
    const auto context = dit.make_context(noise({1, 512, config.text_dim}).to(dtype));
    const auto latents = noise(shape).to(dtype);
    const auto time = at::full({1}, 500.0);
    std::vector<double> seconds;
    for (int pass = 0; pass < 4; ++pass) {
        const auto start = Clock::now();
        static_cast<void>(dit.forward(latents, time, context));
        if (pass > 0) seconds.push_back(seconds_since(start));
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds[1] * std::atof(arguments.at("layers").c_str()) / static_cast<double>(config.num_layers);
}

nlohmann::json cost_of(const inference::WanModelInfo& info, at::ScalarType dtype, const at::Tensor& clip, double step)
{
    auto preview = checked(inference::StepPreview::find(info, dtype, at::kCPU));
    double sum = 0;
    double last = 0;
    int count = 0;
    for (int index = 0; index < k_steps; ++index) {
        const auto start = Clock::now();
        const auto pictures = preview.after_step(clip, step);
        const double seconds = seconds_since(start);
        sum += seconds;
        if (!pictures) continue;
        last = seconds;
        ++count;
    }
    return {{"seconds", last}, {"previews", count}, {"steps", k_steps}, {"share", sum / (k_steps * step)}};
}

}  // namespace

int main(int argc, char** texts)
{
    Arguments arguments{{"dtype", "bfloat16"}, {"threads", "1"}, {"frames", "5"}, {"height", "34"},
                        {"width", "60"},       {"layers", "30"}, {"folder", "."}};
    for (int index = 1; index + 1 < argc; index += 2)
        arguments[texts[index]] = texts[index + 1];
    const auto number = [&](const char* name) { return std::atoi(arguments.at(name).c_str()); };
    at::set_num_threads(number("threads"));
    const c10::InferenceMode inference;
    const auto dtype = arguments["dtype"] == "float32" ? at::kFloat : at::kBFloat16;
    const std::vector<std::int64_t> shape{1, 16, number("frames"), number("height"), number("width")};
    const double step = step_seconds(arguments, shape, dtype);

    const tests::ScratchFolder scratch;
    inference::WanModelInfo info;
    info.vae.z_dim = 16;
    info.folder = scratch / "map";
    info.parts.vae = info.folder / "vae";
    std::filesystem::create_directories(info.folder);
    const auto map = inference::LatentPreview::fit(noise({1, 16, 3, 8, 8}), noise({1, 3, 9, 64, 64}), 4);
    if (!map.save(info.folder / "latent_rgb.json")) return 1;
    const auto clip = noise(shape);
    nlohmann::json result{{"step", step}};
    result["map"] = cost_of(info, dtype, clip, step);

    info.folder = scratch / "taehv";
    info.parts.vae = info.folder / "vae";
    std::filesystem::create_directories(info.folder);
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const auto weights = tests::taehv_weights(16, 1);
    for (const auto& [name, tensor] : weights.tensors())
        tensors.emplace_back(name, tensor);
    if (!inference::save_safetensors(info.folder / "taew2_1.safetensors", tensors)) return 1;
    result["taehv"] = cost_of(info, dtype, clip, step);
    std::printf("%s\n", result.dump().c_str());
}
