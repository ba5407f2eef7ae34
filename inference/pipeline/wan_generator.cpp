#include "inference/pipeline/wan_generator.h"

#include <ATen/TensorOperators.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/generation/clip_layout_json.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/estimate.h"
#include "inference/pipeline/memory_plan.h"
#include "inference/pipeline/origin_stage.h"
#include "inference/pipeline/resolve_recipe.h"
#include "inference/pipeline/run_progress.h"
#include "inference/pipeline/wan_model.h"
#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"
#include "inference/runtime/guard.h"

namespace kinora::inference {
namespace {

core::Error cancelled()
{
    return core::make_error(core::ErrorKind::cancelled, "The clip was cancelled.");
}

core::Result<void> check_latents(const core::LatentClip& clip, const WanModelInfo& info)
{
    const auto count = static_cast<std::size_t>(clip.channels) * clip.frames * clip.height * clip.width;
    const bool sensible =
        clip.channels > 0 && clip.frames > 0 && clip.height > 0 && clip.width > 0 && clip.values.size() == count;
    if (!sensible || clip.channels != info.vae.z_dim)
        return core::make_error(core::ErrorKind::corrupt,
                                "The latents don't fit the model " + core::in_quotes(info.capabilities.model_id) + ".");
    return core::check_layout(clip.layout, clip.frames, static_cast<int>(info.vae.temporal_stride()));
}

/// Steps after which the clip is kept, where that is before the end.
core::Result<int> stop_after_of(const core::GenerationRequest& request, int steps)
{
    const int wanted = request.stop_after.value_or(0);
    if (wanted < 0)
        return core::make_error(core::ErrorKind::invalid_argument, "A run can't be stopped before its first step.");
    return wanted < steps ? wanted : 0;
}

}  // namespace

WanGenerator::WanGenerator(ModelResolver resolver, Traces traces) : resolver_(std::move(resolver)), traces_(traces) {}

WanGenerator::~WanGenerator() = default;

core::Result<WanModelInfo> WanGenerator::info_of(const std::string& model_id)
{
    const auto folder = resolver_(model_id);
    if (!folder) return folder.error();
    return guarded("reading the model's configuration", [&] { return read_model_info(*folder, model_id); });
}

core::Result<core::ModelCapabilities> WanGenerator::capabilities(const std::string& model_id)
{
    auto info = info_of(model_id);
    if (!info) return info.error();
    return info->capabilities;
}

core::Result<core::Recipe> WanGenerator::resolve_for(const WanModelInfo& info, const core::GenerationRequest& request)
{
    auto capabilities = info.capabilities;
    const std::string offer = offer_schedule(request.loras, capabilities);
    auto recipe = resolve_recipe(request, capabilities);
    if (!recipe) return recipe;
    if (!offer.empty() && !request.steps) recipe->fallbacks.push_back(offer);
    const auto device = choose_device(request.device);
    if (!device) return device.error();
    const auto precision = choose_precision(request.dtype, *device);
    if (!precision) return precision.error();
    recipe->device = device_name(*device);
    recipe->dtype = precision->name();
    recipe->decoder_dtype = dtype_name(precision->dtype);
    const auto stop_after = stop_after_of(request, recipe->steps);
    if (!stop_after) return stop_after.error();
    recipe->stop_after = *stop_after;
    const auto route = request.route ? route_of_recipe(*request.route, request.tiling.value_or("none"))
                                     : choose_route(recipe->frames, recipe->height, recipe->width);
    recipe->route = run_route(route, request.route && passes_are_apart(*request.route));
    recipe->tiling = tiling_name(route);
    recipe->threads = usable_cores();
    recipe->engine_version = KINORA_VERSION;
    return recipe;
}

core::Result<core::Recipe> WanGenerator::resolve(const core::GenerationRequest& request)
{
    const auto info = info_of(request.model_id);
    if (!info) return info.error();
    return resolve_for(*info, request);
}

core::Result<WanModel*> WanGenerator::loaded(const WanModelInfo& info, const core::Recipe& recipe, const WeightForms& forms)
{
    const std::string key = info.folder.string() + '\n' + recipe.device + '\n' + recipe.dtype;
    if (model_ && model_key_ == key && model_->forms == forms) return model_.get();
    unload();
    const auto device = choose_device(recipe.device);
    if (!device) return device.error();
    // 8 bits are a form of the weights; a device without them, taken because memory ran out, works in its own type.
    const auto dtype = choose_dtype(recipe.dtype == "int8" ? "auto" : recipe.dtype, *device);
    if (!dtype) return dtype.error();
    auto model = WanModel::load(info, *dtype, *device, forms);
    if (!model) return model.error();
    model_ = std::make_unique<WanModel>(*std::move(model));
    model_key_ = key;
    return model_.get();
}

void WanGenerator::unload()
{
    model_.reset();
    model_key_.clear();
}

core::Result<core::GeneratedClip> WanGenerator::generate(const core::GenerationRequest& request,
                                                         const core::ProgressFunction& progress, std::stop_token stop)
{
    if (stop.stop_requested()) return cancelled();
    const auto info = info_of(request.model_id);
    if (!info) return info.error();
    auto recipe = resolve_for(*info, request);
    if (!recipe) return recipe.error();
    return guarded("making the clip", [&] {
        RunProgress report(progress, core::steps_to_sample(*recipe));
        const auto speed = known_speed(*recipe);
        report.expect(sampling_operations(*info, *recipe) / core::steps_to_sample(*recipe) / speed.sampling_flops,
                      decoding_work(*info, *recipe) / speed.decoded_values);
        return run(*info, *std::move(recipe), request, report, stop);
    });
}

core::Result<core::FrameSequence> WanGenerator::decode(const core::LatentClip& latents, const core::Recipe& recipe,
                                                       std::stop_token stop)
{
    const auto info = info_of(recipe.model_id);
    if (!info) return info.error();
    if (auto checked = check_latents(latents, *info); !checked) return checked.error();
    return guarded("decoding the clip", [&]() -> core::Result<core::FrameSequence> {
        const c10::InferenceMode inference;
        use_all_cores();
        const auto device = choose_device(recipe.device.empty() ? "auto" : recipe.device);
        if (!device) return device.error();
        const auto dtype = choose_dtype(recipe.decoder_dtype.empty() ? "auto" : recipe.decoder_dtype, *device);
        if (!dtype) return dtype.error();
        const bool fits =
            model_ && model_->info.folder == info->folder && model_->dtype == *dtype && model_->device == *device;
        std::optional<WanVae> own;
        if (!fits) {
            auto vae = load_vae(*info, *dtype, *device);
            if (!vae) return vae.error();
            own = *std::move(vae);
        }
        const WanVae& vae = own ? *own : model_->vae;
        const auto tensor = tensor_of(latents).to(*device);
        auto decoded =
            decode_with_fallbacks([&](DecodeRoute route) { return decode_clip(vae, tensor, latents.layout, route); },
                                  route_of_recipe(recipe.route, recipe.tiling), recipe.rate, stop);
        if (!decoded) return decoded.error();
        return std::move(decoded->frames);
    });
}

core::Result<core::Estimate> WanGenerator::estimate(const core::GenerationRequest& request)
{
    const auto info = info_of(request.model_id);
    if (!info) return info.error();
    const auto recipe = resolve_for(*info, request);
    if (!recipe) return recipe.error();
    const auto planner = MemoryPlanner::create(*info, *recipe);
    if (!planner) return planner.error();
    const auto plan = plan_of(*planner, *recipe, request);
    if (!plan) return plan.error();
    return core::Estimate{plan->seconds(), plan->peak(), plan->sentences(), plan->fits()};
}

}  // namespace kinora::inference
