// One part of a model, loaded and run alone, for the comparison with diffusers (tests/bench/diffusers/compare.py). Prints
// lines "begin PHASE" and "end PHASE" around what is timed, and one JSON object at the end.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "inference/models/wan/dit.h"
#include "inference/models/wan/vae.h"
#include "inference/text/umt5.h"
#include "inference/text/umt5_config.h"
#include "inference/weights/weight_source.h"

namespace {

using namespace kinora;
using Clock = std::chrono::steady_clock;
using Arguments = std::map<std::string, std::string>;

constexpr std::int64_t k_prompt_tokens = 64;  // a few sentences; pipelines pad them to 512

int number(const Arguments& arguments, const std::string& name)
{
    return std::atoi(arguments.at(name).c_str());
}

/// Of the clock on the wall, or of the processor: what all threads of this process worked.
double now(bool processor)
{
    if (processor) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

double timed(const char* phase, bool processor, const std::function<void()>& work)
{
    std::printf("begin %s\n", phase);
    std::fflush(stdout);
    const double start = now(processor);
    work();
    const double seconds = now(processor) - start;
    std::printf("end %s\n", phase);
    std::fflush(stdout);
    return seconds;
}

template <typename T>
T checked(core::Result<T> result)
{
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

at::Tensor noise(at::IntArrayRef shape, at::ScalarType dtype)
{
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
    return at::randn(shape, generator, at::TensorOptions().dtype(at::kFloat)).to(dtype);
}

/// Loads the part; gives what one pass of it is, by phase.
using Passes = std::vector<std::pair<std::string, std::function<void()>>>;
Passes load(const std::string& part, const std::filesystem::path& folder, at::ScalarType dtype, const Arguments& arguments)
{
    auto weights = checked(inference::load_part(folder));
    if (part == "dit") {
        const auto config = checked(inference::WanDitConfig::read(folder));
        const auto dit = std::make_shared<inference::WanDit>(checked(inference::WanDit::load(
            config, weights, dtype, at::kCPU,
            arguments.at("dtype") == "int8" ? inference::WeightForm::int8 : inference::WeightForm::converted)));
        const auto latents = noise(
            {1, config.in_channels, number(arguments, "frames"), number(arguments, "height"), number(arguments, "width")},
            dtype);
        const auto time = at::full({1}, 500.0);
        // Made once a run, so it belongs to neither the loading nor the step.
        const auto context = std::make_shared<inference::WanDitContext>();
        return {{"step", [=] {
                     if (context->blocks.empty()) *context = dit->make_context(noise({1, 512, config.text_dim}, dtype));
                     static_cast<void>(dit->forward(latents, time, *context));
                 }}};
    }
    if (part == "text") {
        const auto config = checked(inference::Umt5Config::read(folder));
        const auto encoder =
            std::make_shared<inference::Umt5Encoder>(checked(inference::Umt5Encoder::load(config, weights, dtype)));
        const auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
        const auto ids = at::randint(config.vocab_size, {1, 512}, generator, at::TensorOptions().dtype(at::kLong));
        const auto mask = at::ones({1, 512}, at::TensorOptions().dtype(at::kLong));
        const auto of_prompt = mask.clone();
        of_prompt.narrow(1, k_prompt_tokens, 512 - k_prompt_tokens).zero_();
        return {{"encode", [=] { static_cast<void>(encoder->encode(ids, mask)); }},
                {"prompt", [=] { static_cast<void>(encoder->encode(ids, of_prompt)); }}};
    }
    const auto config = checked(inference::VaeConfig::from_file(folder / "config.json"));
    const auto vae = std::make_shared<inference::WanVae>(checked(inference::WanVae::create(config, weights)));
    vae->prepare(dtype, at::Device(at::kCPU));
    const inference::VaeRoute route{number(arguments, "chunk")};
    const std::int64_t frames = number(arguments, "frames");
    const std::int64_t height = number(arguments, "height");
    const std::int64_t width = number(arguments, "width");
    const auto latents = noise({1, config.z_dim, frames, height, width}, at::kFloat);
    const auto stride = config.spatial_stride();
    const auto video =
        noise({1, 3, (frames - 1) * config.temporal_stride() + 1, height * stride, width * stride}, at::kFloat);
    return {{"decode", [=] { static_cast<void>(vae->decode(latents, route)); }},
            {"encode", [=] { static_cast<void>(vae->encode(video, route)); }}};
}

}  // namespace

int main(int count, char** texts)
{
    Arguments arguments{{"part", "dit"},  {"dtype", "float32"}, {"threads", "1"}, {"runs", "3"},   {"frames", "5"},
                        {"height", "34"}, {"width", "60"},      {"chunk", "1"},   {"folder", "."}, {"clock", "wall"}};
    for (int index = 1; index + 1 < count; index += 2)
        arguments[texts[index]] = texts[index + 1];
    at::set_num_threads(number(arguments, "threads"));
    const c10::InferenceMode inference;
    const auto dtype = arguments["dtype"] != "float32" ? at::kBFloat16 : at::kFloat;
    const bool processor = arguments["clock"] == "processor";
    nlohmann::json result;
    Passes passes;
    result["load"] =
        timed("load", processor, [&] { passes = load(arguments["part"], arguments["folder"], dtype, arguments); });
    for (const auto& [phase, pass] : passes) {
        pass();
        std::vector<double> seconds;
        for (int run = 0; run < number(arguments, "runs"); ++run)
            seconds.push_back(timed(phase.c_str(), processor, pass));
        result[phase] = seconds;
    }
    std::printf("%s\n", result.dump().c_str());
}
