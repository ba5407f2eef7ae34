#include "inference/enhance/enhance_engine.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <utility>

#include "core/base/paths.h"
#include "inference/enhance/cuts.h"
#include "inference/enhance/enhance_stream.h"
#include "inference/enhance/picture_planes.h"
#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"
#include "inference/runtime/guard.h"

namespace kinora::inference {
namespace {

/// What filters may enlarge by after the networks.
constexpr double k_left_to_filters = 2.0;
constexpr std::size_t k_most_passes = 4;

std::string key_of(const std::filesystem::path& file, const at::Device& device, at::ScalarType dtype)
{
    return core::path_to_utf8(file) + "|" + device_name(device) + "|" + dtype_name(dtype);
}

}  // namespace

core::Result<EnhanceEngine::Place> EnhanceEngine::place_of(const core::EnhanceRequest& request)
{
    const auto device = choose_device(request.device);
    if (!device) return device.error();
    const auto dtype = choose_dtype(request.dtype, *device);
    if (!dtype) return dtype.error();
    return Place{*device, *dtype};
}

core::Result<std::filesystem::path> EnhanceEngine::own_file(const std::string& name) const
{
    if (!own_.empty()) return own_ / name;
    const auto resources = core::resources_dir();
    if (!resources) return resources.error();
    return *resources / "models" / "enhance" / name;
}

core::Result<std::shared_ptr<const Upscaler>> EnhanceEngine::upscaler(const std::filesystem::path& file, const Place& place)
{
    const std::string key = key_of(file, place.device, place.dtype);
    if (const auto known = upscalers_.find(key); known != upscalers_.end()) return known->second;
    auto loaded = Upscaler::load(file);
    if (!loaded) return loaded.error();
    loaded->to(place.dtype, place.device);
    return upscalers_[key] = std::make_shared<const Upscaler>(*std::move(loaded));
}

core::Result<std::shared_ptr<const Interpolator>> EnhanceEngine::interpolator(const core::EnhanceRequest& request)
{
    const auto place = place_of(request);
    if (!place) return place.error();
    const auto file = request.interpolator == core::k_own_enhancer
                          ? own_file("interpolate.safetensors")
                          : core::Result<std::filesystem::path>(core::path_from_utf8(request.interpolator));
    if (!file) return file.error();
    const std::string key = key_of(*file, place->device, place->dtype);
    if (const auto known = interpolators_.find(key); known != interpolators_.end()) return known->second;
    auto loaded = Interpolator::load(*file);
    if (!loaded) return loaded.error();
    loaded->to(place->dtype, place->device);
    return interpolators_[key] = std::make_shared<const Interpolator>(*std::move(loaded));
}

core::Result<EnhanceEngine::Passes> EnhanceEngine::passes(const core::EnhanceRequest& request, double factor)
{
    const auto place = place_of(request);
    if (!place) return place.error();
    const bool own = request.upscaler == core::k_own_enhancer;
    Passes passes;
    while (passes.size() < k_most_passes && (passes.empty() ? factor > 1 || !own : factor > k_left_to_filters)) {
        const auto file = own ? own_file(factor > 2 ? "upscale-x4.safetensors" : "upscale-x2.safetensors")
                              : core::Result<std::filesystem::path>(core::path_from_utf8(request.upscaler));
        if (!file) return file.error();
        auto pass = upscaler(*file, *place);
        if (!pass) return pass.error();
        factor /= (*pass)->scale();
        passes.push_back(*pass);
        if (passes.back()->scale() == 1) break;  // a restorer: once
    }
    return passes;
}

core::Result<std::unique_ptr<core::EnhanceRun>> EnhanceEngine::start(const core::EnhanceRequest& request,
                                                                     const core::ClipShape& clip, std::stop_token stop)
{
    return guarded("the networks were loaded", [&]() -> core::Result<std::unique_ptr<core::EnhanceRun>> {
        const auto plan = core::plan_enhance(request, clip);
        if (!plan) return plan.error();
        EnhanceStream::Parts parts{*plan, clip, {}, nullptr, request.tile, std::move(stop)};
        if (request.interpolate) {
            auto found = interpolator(request);
            if (!found) return found.error();
            parts.interpolator = *found;
        }
        if (request.upscale) {
            const double factor = std::max(static_cast<double>(plan->shape.width) / plan->cut.width,
                                           static_cast<double>(plan->shape.height) / plan->cut.height);
            auto found = passes(request, factor);
            if (!found) return found.error();
            parts.passes = *std::move(found);
        }
        use_all_cores();
        return std::unique_ptr<core::EnhanceRun>(std::make_unique<EnhanceStream>(std::move(parts)));
    });
}

core::Result<void> EnhanceEngine::between(std::span<const float> before, std::span<const float> after, int width, int height,
                                          double phase, std::span<float> out)
{
    return guarded("a frame was made between two", [&]() -> core::Result<void> {
        const auto found = interpolator({});
        if (!found) return found.error();
        const c10::InferenceMode inference_mode;
        use_all_cores();
        std::vector<float> made;
        if (FrameGist::cut_between({before, width, height}, {after, width, height})) {
            made.assign(phase < 0.5 ? before.begin() : after.begin(), phase < 0.5 ? before.end() : after.end());
        } else {
            const core::PictureCut whole{0, 0, width, height};
            made = frame_of((*found)->between(planes_of(before, width, whole), planes_of(after, width, whole), phase));
        }
        std::copy(made.begin(), made.end(), out.begin());
        return {};
    });
}

}  // namespace kinora::inference
