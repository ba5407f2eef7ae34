#include "inference/pipeline/wan_generator.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>

#include <future>
#include <utility>

#include "core/base/text.h"
#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/model_hash.h"
#include "inference/pipeline/prompt_stage.h"
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

core::LatentClip to_latent_clip(const at::Tensor& latents, const std::string& model_id)
{
    const auto values = latents.squeeze(0).to(at::kCPU, at::kFloat).contiguous();
    return {.model_id = model_id,
            .channels = static_cast<int>(values.size(0)),
            .frames = static_cast<int>(values.size(1)),
            .height = static_cast<int>(values.size(2)),
            .width = static_cast<int>(values.size(3)),
            .values = std::vector<float>(values.data_ptr<float>(), values.data_ptr<float>() + values.numel())};
}

/// A view of the clip's values, [1, channels, frames, height, width].
at::Tensor to_tensor(const core::LatentClip& clip)
{
    return at::from_blob(const_cast<float*>(clip.values.data()), {1, clip.channels, clip.frames, clip.height, clip.width},
                         at::TensorOptions().dtype(at::kFloat));
}

core::Result<void> check_latents(const core::LatentClip& clip, const WanModelInfo& info)
{
    const auto count = static_cast<std::size_t>(clip.channels) * clip.frames * clip.height * clip.width;
    const bool sensible =
        clip.channels > 0 && clip.frames > 0 && clip.height > 0 && clip.width > 0 && clip.values.size() == count;
    if (!sensible || clip.channels != info.vae.z_dim)
        return core::make_error(core::ErrorKind::corrupt,
                                "The latents don't fit the model " + core::in_quotes(info.capabilities.model_id) + ".");
    return {};
}

std::vector<std::int64_t> latent_shape(const WanModelInfo& info, const core::Recipe& recipe)
{
    const auto space = info.vae.spatial_stride();
    return {1, info.vae.z_dim, (recipe.frames - 1) / info.vae.temporal_stride() + 1, recipe.height / space,
            recipe.width / space};
}

double seconds_of(const RunProgress& progress, const std::string& stage)
{
    for (const auto& [name, seconds] : progress.timings())
        if (name == stage) return seconds;
    return 0;
}

GuidanceSettings guidance_of(const core::Recipe& recipe)
{
    const auto mode = guidance_mode(recipe.guidance_mode);
    GuidanceSettings guidance;
    guidance.mode = mode ? *mode : GuidanceMode::cfg;  // the recipe was checked
    guidance.strength = recipe.guidance;
    guidance.strength_low = recipe.guidance_low;
    guidance.attention.tau = recipe.nag_tau;
    guidance.attention.alpha = recipe.nag_alpha;
    return guidance;
}

DenoiseJob make_job(const WanModel& model, const core::Recipe& recipe)
{
    const PromptStage prompts(model.tokenizer, model.text_encoder);
    DenoiseJob job;
    job.noise = draw_noise(latent_shape(model.info, recipe), recipe.seed).to(model.device);
    job.segments = prompts.segments(recipe.spans, recipe.frames, static_cast<int>(model.info.vae.temporal_stride()));
    job.guidance = guidance_of(recipe);
    if (job.guidance.reads_negative()) job.negative = prompts.encode(recipe.negative_prompt);
    job.time_form = model.info.time_form;
    return job;
}

/// Adds what the pictures say, in the form that the model reads.
core::Result<void> add_pictures(const WanModel& model, const core::GenerationRequest& request, const ClipShape& clip,
                                DenoiseJob& job)
{
    if (!model.info.has_condition_channels()) {
        if (request.conditioning.empty()) return {};
        auto clean = encode_conditioning(model.vae, request.conditioning, clip);
        if (!clean) return clean.error();
        clean->latents = clean->latents.to(model.device);
        job.clean = *std::move(clean);
        return {};
    }
    const auto given = place_pictures(request.conditioning, clip);
    if (!given) return given.error();
    job.condition = condition_channels(model.vae, *given).to(model.device);
    if (!model.image_encoder) return {};
    const auto pictures = pictures_to_look_at(request.conditioning, clip);
    job.image = model.image_encoder->tower.features(clip_pixels(pictures, model.image_encoder->settings));
    return {};
}

/// The recipe's LoRAs act from now on, and no others. What of them belongs to nothing is told in the recipe.
core::Result<void> set_loras(WanModel& model, core::Recipe& recipe)
{
    if (recipe.loras.empty()) {
        model.experts.set_loras(nullptr);
        return {};
    }
    auto loras = LoraSet::load(recipe.loras);
    if (!loras) return loras.error();
    const auto warnings = (*loras)->warnings();
    recipe.fallbacks.insert(recipe.fallbacks.end(), warnings.begin(), warnings.end());
    model.experts.set_loras(*std::move(loras));
    return {};
}

/// Sends a preview of the estimated clip after each step.
DenoiseObserver preview_observer(const WanModel& model, RunProgress& progress)
{
    return [&](const DenoiseStep& step) {
        std::shared_ptr<const std::vector<core::Picture8>> preview;
        if (model.preview) preview = std::make_shared<const std::vector<core::Picture8>>(model.preview->apply(step.clip));
        progress.step(step.index + 1, std::move(preview));
    };
}

}  // namespace

WanGenerator::WanGenerator(ModelResolver resolver) : resolver_(std::move(resolver)) {}

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
    const auto dtype = choose_dtype(request.dtype, *device);
    if (!dtype) return dtype.error();
    recipe->device = device_name(*device);
    recipe->dtype = dtype_name(*dtype);
    recipe->decoder_dtype = recipe->dtype;
    const auto route = choose_route(recipe->frames, recipe->height, recipe->width);
    recipe->route = route_name(route);
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

core::Result<WanModel*> WanGenerator::loaded(const WanModelInfo& info, const core::Recipe& recipe)
{
    const std::string key = info.folder.string() + '\n' + recipe.device + '\n' + recipe.dtype;
    if (model_ && model_key_ == key) return model_.get();
    unload();
    const auto device = choose_device(recipe.device);
    if (!device) return device.error();
    const auto dtype = choose_dtype(recipe.dtype, *device);
    if (!dtype) return dtype.error();
    auto model = WanModel::load(info, *dtype, *device);
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
        RunProgress report(progress, recipe->steps);
        return run(*info, *std::move(recipe), request, report, stop);
    });
}

core::Result<core::GeneratedClip> WanGenerator::run(const WanModelInfo& info, core::Recipe recipe,
                                                    const core::GenerationRequest& request, RunProgress& progress,
                                                    const std::stop_token& stop)
{
    const c10::InferenceMode inference;
    use_all_cores();
    progress.begin(core::Stage::loading);
    // The hash reads all weights; it runs beside the work and is needed only when the recipe is written.
    auto hash = std::async(std::launch::async, [folder = info.folder] { return model_hash(folder); });
    const auto found = loaded(info, recipe);
    if (!found) return found.error();
    WanModel& model = **found;
    if (auto set = set_loras(model, recipe); !set) return set.error();

    progress.begin(core::Stage::encoding_text);
    auto job = make_job(model, recipe);
    const ClipShape clip{recipe.width, recipe.height, recipe.frames};
    if (auto added = add_pictures(model, request, clip, job); !added) return added.error();
    auto sampler = Sampler::create(recipe.sampler, recipe.steps, recipe.shift, recipe.seed);
    if (!sampler) return sampler.error();

    progress.begin(core::Stage::sampling);
    const auto denoised = denoise(model.experts, *sampler, job, preview_observer(model, progress), stop);
    if (!denoised) return denoised.error();
    if (const auto& unmatched = model.experts.unmatched(); !unmatched.empty())
        recipe.fallbacks.push_back("The LoRAs change " + std::to_string(unmatched.size()) +
                                   " modules that this model hasn't got, such as " + core::in_quotes(unmatched.front()) +
                                   ".");
    auto hashed = hash.get();
    if (!hashed) return hashed.error();
    recipe.model_hash = *std::move(hashed);
    const SavedLatents saved{to_latent_clip(denoised->latents, recipe.model_id), recipe, denoised->steps_done};
    if (!request.latents_file.empty())
        if (auto written = save_latents(request.latents_file, saved); !written) return written.error();
    if (!denoised->complete || stop.stop_requested()) return cancelled();

    progress.begin(core::Stage::decoding);
    const auto decode_by = [&](DecodeRoute route) { return decode_latents(model.vae, denoised->latents, route); };
    auto decoded = decode_with_fallbacks(decode_by, route_of_recipe(recipe.route, recipe.tiling), recipe.rate, stop);
    if (!decoded) return decoded.error();
    progress.begin(core::Stage::finishing);
    recipe.route = route_name(decoded->route);
    recipe.tiling = tiling_name(decoded->route);
    recipe.fallbacks.insert(recipe.fallbacks.end(), decoded->fallbacks.begin(), decoded->fallbacks.end());
    progress.finish();
    measured_speed_ = MachineSpeed{sampling_operations(info, recipe) / std::max(1e-3, seconds_of(progress, "sample")),
                                   decoding_work(info, recipe) / std::max(1e-3, seconds_of(progress, "decode"))};
    return core::GeneratedClip{std::move(decoded->frames), saved.latents, std::move(recipe), progress.timings()};
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
        const auto tensor = to_tensor(latents).to(*device);
        auto decoded = decode_with_fallbacks([&](DecodeRoute route) { return decode_latents(vae, tensor, route); },
                                             route_of_recipe(recipe.route, recipe.tiling), recipe.rate, stop);
        if (!decoded) return decoded.error();
        return std::move(decoded->frames);
    });
}

MachineSpeed WanGenerator::speed(bool bfloat16) const
{
    return measured_speed_.value_or(guess_speed(usable_cores(), bfloat16));
}

core::Result<core::Estimate> WanGenerator::estimate(const core::GenerationRequest& request)
{
    const auto info = info_of(request.model_id);
    if (!info) return info.error();
    const auto recipe = resolve_for(*info, request);
    if (!recipe) return recipe.error();
    const bool bfloat16 = recipe->dtype == "bfloat16";
    return estimate_run(*info, *recipe, speed(bfloat16), bfloat16);
}

}  // namespace kinora::inference
