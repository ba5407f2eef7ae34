#include "inference/pipeline/wan_generator.h"

#include <ATen/TensorOperators.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <future>
#include <utility>

#include "core/base/text.h"
#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/estimate.h"
#include "inference/pipeline/model_hash.h"
#include "inference/pipeline/origin_stage.h"
#include "inference/pipeline/prompt_stage.h"
#include "inference/pipeline/resolve_recipe.h"
#include "inference/pipeline/run_keeper.h"
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
    return {};
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
    job.noise = draw_noise(latent_shape(model.info, recipe, core::sampled_frames(recipe)), recipe.seed).to(model.device);
    job.segments =
        prompts.segments(recipe.spans, sampled_frames(recipe), static_cast<int>(model.info.vae.temporal_stride()));
    job.guidance = guidance_of(recipe);
    if (job.guidance.reads_negative()) job.negative = prompts.encode(recipe.negative_prompt);
    job.time_form = model.info.time_form;
    return job;
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

/// After each step: the state on disk, and a preview of the estimated clip.
DenoiseObserver step_observer(const WanModel& model, RunKeeper& keeper, RunProgress& progress)
{
    return [&](const DenoiseStep& step) {
        keeper.after_step(step);
        std::shared_ptr<const std::vector<core::Picture8>> preview;
        if (model.preview) preview = std::make_shared<const std::vector<core::Picture8>>(model.preview->apply(step.clip));
        progress.step(step.index + 1, std::move(preview));
    };
}

core::Error paused(const core::GenerationRequest& request, int steps_done, const core::Recipe& recipe)
{
    request.control->set_paused();
    std::string sentence =
        "The clip was paused after step " + std::to_string(steps_done) + " of " + std::to_string(recipe.steps);
    if (request.checkpoint_file.empty()) return core::make_error(core::ErrorKind::cancelled, sentence + ".");
    return core::make_error(core::ErrorKind::cancelled,
                            sentence + "; it goes on from " + core::in_quotes(request.checkpoint_file.string()) + ".");
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
    const auto stop_after = stop_after_of(request, recipe->steps);
    if (!stop_after) return stop_after.error();
    recipe->stop_after = *stop_after;
    const auto route = request.route ? route_of_recipe(*request.route, request.tiling.value_or("none"))
                                     : choose_route(recipe->frames, recipe->height, recipe->width);
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
        RunProgress report(progress, core::steps_to_sample(*recipe));
        const auto speed = known_speed(*recipe);
        report.expect(sampling_operations(*info, *recipe) / core::steps_to_sample(*recipe) / speed.sampling_flops,
                      decoding_work(*info, *recipe) / speed.decoded_values);
        return run(*info, *std::move(recipe), request, report, stop);
    });
}

core::Result<Denoised> WanGenerator::sample(WanModel& model, core::Recipe& recipe, const core::GenerationRequest& request,
                                            const RunStart& start, RunKeeper& keeper, RunProgress& progress,
                                            const std::stop_token& stop)
{
    auto sampler = Sampler::create(recipe.sampler, recipe.steps, recipe.shift, recipe.seed, left_out_of(recipe));
    if (!sampler) return sampler.error();
    if (start.finished) {
        const auto latents = tensor_of(start.finished->latents).to(model.device);
        const auto end = recipe.stop_after > 0 ? DenoiseEnd::kept : DenoiseEnd::complete;
        return Denoised{latents, latents, *std::move(sampler), end, start.finished->steps_done};
    }
    progress.begin(core::Stage::encoding_text);
    auto job = make_job(model, recipe);
    const ClipShape clip{recipe.width, recipe.height, core::sampled_frames(recipe)};
    if (auto added = add_origin(model, request, job, sampler->sigma()); !added) return added.error();
    if (auto added = add_pictures(model, request, clip, job); !added) return added.error();
    if (start.checkpoint) {
        if (auto on = go_on_from(*start.checkpoint, request.resume_from, left_out_of(recipe), *sampler, job); !on)
            return on.error();
        progress.resume_at(sampler->step_index());
    }
    job.control = request.control.get();
    job.stop_after = recipe.stop_after;
    int done = sampler->step_index();
    job.within_step = [&](double part) { progress.within_step(done, part); };
    progress.begin(core::Stage::sampling);
    const auto observe = step_observer(model, keeper, progress);
    auto denoised = denoise(
        model.experts, *sampler, job,
        [&](const DenoiseStep& step) {
            done = step.index + 1;
            observe(step);
        },
        stop);
    if (denoised && (denoised->end == DenoiseEnd::complete || denoised->end == DenoiseEnd::kept))
        denoised->latents = joined_latents(request, denoised->latents);
    return denoised;
}

core::Result<core::GeneratedClip> WanGenerator::run(const WanModelInfo& info, core::Recipe recipe,
                                                    const core::GenerationRequest& request, RunProgress& progress,
                                                    const std::stop_token& stop)
{
    const c10::InferenceMode inference;
    use_all_cores();
    progress.begin(core::Stage::loading);
    const auto weights = weights_fingerprint(info.parts);
    if (!weights) return weights.error();
    const auto start = start_of(request, info, *weights, recipe);
    if (!start) return start.error();
    // The hash reads all weights; it runs beside the work and is needed only when the recipe is written.
    auto hash = std::async(std::launch::async, [folder = info.folder] { return model_hash(folder); });
    const auto found = loaded(info, recipe);
    if (!found) return found.error();
    WanModel& model = **found;
    progress.watch(model.device);
    if (auto set = set_loras(model, recipe); !set) return set.error();

    RunKeeper keeper(request, recipe, *weights, left_out_of(recipe));
    auto denoised =
        guarded("sampling the clip", [&] { return sample(model, recipe, request, *start, keeper, progress, stop); });
    if (!denoised) {
        keeper.failed();
        return denoised.error();
    }
    if (const auto& unmatched = model.experts.unmatched(); !unmatched.empty())
        recipe.fallbacks.push_back("The LoRAs change " + std::to_string(unmatched.size()) +
                                   " modules that this model hasn't got, such as " + core::in_quotes(unmatched.front()) +
                                   ".");
    auto hashed = hash.get();
    if (!hashed) return hashed.error();
    recipe.model_hash = *std::move(hashed);
    recipe.stop_after = denoised->end == DenoiseEnd::kept ? denoised->steps_done : 0;
    if (auto kept = keeper.ended(*denoised); !kept) return kept.error();
    if (denoised->end == DenoiseEnd::paused) return paused(request, denoised->steps_done, recipe);
    if (denoised->end == DenoiseEnd::stopped || stop.stop_requested()) return cancelled();

    progress.begin(core::Stage::decoding);
    const auto decode_by = [&](DecodeRoute route) { return decode_latents(model.vae, denoised->latents, route); };
    auto decoded = decode_with_fallbacks(decode_by, route_of_recipe(recipe.route, recipe.tiling), recipe.rate, stop);
    if (!decoded) return decoded.error();
    cut_frames(decoded->frames, recipe);
    progress.begin(core::Stage::finishing);
    recipe.route = route_name(decoded->route);
    recipe.tiling = tiling_name(decoded->route);
    recipe.fallbacks.insert(recipe.fallbacks.end(), decoded->fallbacks.begin(), decoded->fallbacks.end());
    progress.finish();
    remember(info, recipe, *start, *denoised, progress);
    return core::GeneratedClip{std::move(decoded->frames), to_latent_clip(denoised->latents, recipe.model_id),
                               std::move(recipe), progress.timings()};
}

void WanGenerator::remember(const WanModelInfo& info, const core::Recipe& recipe, const RunStart& start,
                            const Denoised& denoised, const RunProgress& progress)
{
    MachineSpeed measured;
    const int before = start.checkpoint ? start.checkpoint->saved.steps_done : 0;
    const int steps = start.finished ? 0 : denoised.steps_done - before;
    measured.sampling_flops = sampling_operations(info, recipe) * steps / core::steps_to_sample(recipe) /
                              std::max(1e-3, seconds_of(progress, "sample"));
    measured.decoded_values = decoding_work(info, recipe) / std::max(1e-3, seconds_of(progress, "decode"));
    remember_speed(recipe, measured);
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
        auto decoded = decode_with_fallbacks([&](DecodeRoute route) { return decode_latents(vae, tensor, route); },
                                             route_of_recipe(recipe.route, recipe.tiling), recipe.rate, stop);
        if (!decoded) return decoded.error();
        cut_frames(decoded->frames, recipe);
        return std::move(decoded->frames);
    });
}

core::Result<core::Estimate> WanGenerator::estimate(const core::GenerationRequest& request)
{
    const auto info = info_of(request.model_id);
    if (!info) return info.error();
    const auto recipe = resolve_for(*info, request);
    if (!recipe) return recipe.error();
    return estimate_run(*info, *recipe, known_speed(*recipe), recipe->dtype == "bfloat16");
}

}  // namespace kinora::inference
