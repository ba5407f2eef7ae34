#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "core/base/paths.h"
#include "inference/enhance/interpolator.h"
#include "inference/enhance/upscaler.h"
#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"

/// Times the published size of SRVGGNetCompact (64 features, 16 convolutions, x4) and Kinora's own networks on frames of
/// 320x192. `kinora_bench_enhance [frames]`; enhance_torch.py beside this file times the first in Python.
namespace {

using namespace kinora;

/// Seconds of the clock, and of the processor's cores together: the second tells more where other programs run.
struct Timing {
    double clock = 0;
    double cores = 0;
};

template <typename Work>
Timing timed(const Work& work)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cores = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
            static_cast<double>(std::clock() - cores) / CLOCKS_PER_SEC};
}

void report(const std::string& name, int frames, const Timing& timing)
{
    std::printf("%s: %d frames in %.2f s, %.2f core seconds\n", name.c_str(), frames, timing.clock, timing.cores);
}

int enlarge(const std::string& name, inference::Upscaler upscaler, int frames)
{
    upscaler.to(*inference::choose_dtype("auto", at::kCPU), at::kCPU);
    const at::Tensor picture = at::rand({1, 3, 192, 320});
    if (!upscaler.upscale(picture, 0, {})) return 1;  // warm
    report(name, frames, timed([&] {
               for (int i = 0; i < frames; ++i)
                   (void)upscaler.upscale(picture, 0, {});
           }));
    return 0;
}

int run(int frames)
{
    const c10::InferenceMode inference_mode;
    std::printf("%d threads\n", inference::use_all_cores());
    if (enlarge("SRVGGNetCompact x4, 64 features, 16 convolutions",
                inference::Upscaler(inference::SrvggNet::create_random({}, 1)), frames) != 0)
        return 1;
    const auto resources = core::resources_dir();
    if (!resources) return 1;
    const auto own = *resources / "models" / "enhance";
    for (const char* name : {"upscale-x2.safetensors", "upscale-x4.safetensors"})
        if (auto upscaler = inference::Upscaler::load(own / name))
            if (enlarge(upscaler->description(), *upscaler, frames) != 0) return 1;
    auto interpolator = inference::Interpolator::load(own / "interpolate.safetensors");
    if (!interpolator) return 1;
    interpolator->to(*inference::choose_dtype("auto", at::kCPU), at::kCPU);
    const at::Tensor first = at::rand({1, 3, 192, 320});
    const at::Tensor second = at::rand({1, 3, 192, 320});
    (void)interpolator->between(first, second, 0.5);
    report("interpolator", frames, timed([&] {
               for (int i = 0; i < frames; ++i)
                   (void)interpolator->between(first, second, 0.5);
           }));
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    return run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 33);
}
