#include <ATen/TensorOperators.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "core/base/text.h"
#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/estimate.h"
#include "inference/pipeline/memory_plan.h"
#include "inference/pipeline/model_hash.h"
#include "inference/pipeline/origin_stage.h"
#include "inference/pipeline/prompt_stage.h"
#include "inference/pipeline/run_keeper.h"
#include "inference/pipeline/run_progress.h"
#include "inference/pipeline/tone_anchor.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/pipeline/wan_model.h"
#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"
#include "inference/runtime/fault.h"
#include "inference/runtime/guard.h"
#include "inference/runtime/memory.h"

// One run, from the resolved recipe to the clip: what is done when memory runs out, and what is kept on disk.

namespace kinora::inference {
namespace {

/// Anonymous memory of a process that has loaded nothing yet, libtorch's own and the program's.
constexpr std::int64_t k_process_memory = 200'000'000;

core::Error cancelled()
{
    return core::make_error(core::ErrorKind::cancelled, "The clip was cancelled.");
}

/// Of all times that the run was in the stage.
double seconds_of(const RunProgress& progress, const std::string& stage)
{
    double sum = 0;
    for (const auto& [name, seconds] : progress.timings())
        if (name == stage) sum += seconds;
    return sum;
}

int steps_before(const RunStart& start)
{
    return start.checkpoint ? start.checkpoint->saved.steps_done : 0;
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
    const PromptStage prompts(model.tokenizer, *model.text_encoder);
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
DenoiseObserver step_observer(WanModel& model, RunKeeper& keeper, RunProgress& progress)
{
    return [&model, &keeper, &progress, begun = std::chrono::steady_clock::now()](const DenoiseStep& step) mutable {
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
        keeper.after_step(step);
        progress.step(step.index + 1, model.preview.after_step(step.clip, seconds.count()));
        begun = std::chrono::steady_clock::now();
    };
}

/// Whether something is added to a part of a clip that is kept, instead of leading from one part to another.
bool goes_on_from_one_part(const core::GenerationRequest& request)
{
    return request.origin && !request.origin->loops && request.origin->kept.size() == 1;
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

}  // namespace

core::Result<Denoised> WanGenerator::sample(const RunParts& parts, const RunStart& start, RunKeeper& keeper,
                                            RunProgress& progress, const std::stop_token& stop)
{
    auto& [info, recipe, request, plan] = parts;
    auto sampler = Sampler::create(recipe.sampler, recipe.steps, recipe.shift, recipe.seed, left_out_of(recipe));
    if (!sampler) return sampler.error();
    if (start.finished) {
        const auto latents = tensor_of(start.finished->latents).clone();
        const auto end = recipe.stop_after > 0 ? DenoiseEnd::kept : DenoiseEnd::complete;
        return Denoised{latents,
                        latents,
                        *std::move(sampler),
                        StepCache(StepReuse::off, 0),
                        end,
                        start.finished->steps_done,
                        start.finished->latents.layout};
    }
    pass("loading");
    const auto found = loaded(info, recipe, plan.forms);
    if (!found) return found.error();
    WanModel& model = **found;
    progress.watch(model.device);
    if (const auto& trouble = model.preview.trouble(); !trouble.empty()) {
        const bool told = std::find(recipe.fallbacks.begin(), recipe.fallbacks.end(), trouble) != recipe.fallbacks.end();
        if (!told) recipe.fallbacks.push_back(trouble);
    }
    if (auto set = set_loras(model, recipe); !set) return set.error();
    pass("encoders");
    if (auto ready = model.load_encoders(); !ready) return ready.error();

    progress.begin(core::Stage::encoding_text);
    auto job = make_job(model, recipe);
    const ClipShape clip{recipe.width, recipe.height, core::sampled_frames(recipe)};
    if (auto added = add_origin(model, request, job, sampler->sigma()); !added) return added.error();
    if (auto added = add_pictures(model, request, clip, job); !added) return added.error();
    if (!plan.keep_parts) {
        model.release_encoders();
        release_shared_weights();
        give_back_memory(model.device);
    }
    if (start.checkpoint) {
        if (auto on = go_on_from(*start.checkpoint, request.resume_from, left_out_of(recipe), *sampler, job); !on)
            return on.error();
        progress.resume_at(sampler->step_index());
    }
    if (const auto reuse = step_reuse(recipe.step_cache)) job.reuse = *reuse;  // the recipe was checked
    job.control = request.control.get();
    job.stop_after = recipe.stop_after;
    job.passes_apart = plan.passes_apart;
    int done = sampler->step_index();
    job.within_step = [&](double part) {
        pass("block");
        progress.within_step(done, part);
    };
    progress.begin(core::Stage::sampling);
    pass("transformer");
    const auto observe = step_observer(model, keeper, progress);
    auto denoised = denoise(
        model.experts, *sampler, job,
        [&](const DenoiseStep& step) {
            done = step.index + 1;
            observe(step);
        },
        stop);
    if (denoised && (denoised->end == DenoiseEnd::complete || denoised->end == DenoiseEnd::kept)) {
        if (goes_on_from_one_part(request) && job.clean) denoised->latents = hold_tone(denoised->latents, job.clean->given);
        auto joined = joined_latents(model, request, denoised->latents);
        denoised->latents = std::move(joined.latents);
        denoised->layout = std::move(joined.layout);
    }
    return denoised;
}

core::Result<Denoised> WanGenerator::sample_in_memory(const RunParts& parts, RunStart& start, RunKeeper& keeper,
                                                      const MemoryPlanner& planner, RunProgress& progress,
                                                      const std::stop_token& stop)
{
    auto& [info, recipe, request, plan] = parts;
    while (true) {
        auto denoised = guarded("sampling the clip", [&] { return sample(parts, start, keeper, progress, stop); });
        if (denoised) return denoised;
        keeper.failed();
        if (denoised.error().kind != core::ErrorKind::out_of_memory || stop.stop_requested()) return denoised;
        auto change = planner.tighten(plan);
        if (!change && recipe.device != "cpu") {
            recipe.device = "cpu";
            change = "the clip was made on the processor";
        }
        if (!change) return denoised;
        const auto device = model_ ? model_->device : c10::Device(c10::kCPU);
        unload();
        release_shared_weights();
        give_back_memory(device);
        auto reached = keeper.reached();
        const int step = reached ? reached->saved.steps_done : steps_before(start);
        recipe.fallbacks.push_back("Memory ran out after step " + std::to_string(step) + " of " +
                                   std::to_string(recipe.steps) + ", so " + *change + " from there on.");
        recipe.route = run_route(plan.route, plan.passes_apart);
        if (reached) start.checkpoint = *std::move(reached);
    }
}

core::Result<DecodedClip> WanGenerator::decode_in_memory(const RunParts& parts, const Denoised& denoised,
                                                         RunProgress& progress, const std::stop_token& stop)
{
    auto& [info, recipe, request, plan] = parts;
    const auto found = loaded(info, recipe, plan.forms);
    if (!found) return found.error();
    WanModel& model = **found;
    if (!plan.keep_parts) {
        model.release_encoders();
        model.experts.release();
        release_shared_weights();
        give_back_memory(model.device);
    }
    const auto decode_with = [&](const WanVae& vae, const at::Device& device) {
        return decode_with_fallbacks(
            [&](DecodeRoute route) {
                pass("decoder");
                return decode_clip(vae, denoised.latents.to(device), denoised.layout, route, [&](double part) {
                    if (stop.stop_requested()) throw DecodingLeft();
                    progress.decoded(part);
                });
            },
            plan.route, recipe.rate, stop);
    };
    auto decoded = decode_with(model.vae, model.device);
    if (decoded && traces_ == Traces::kept) model.preview.learn(info, denoised.latents, decoded->frames);
    if (decoded || decoded.error().kind != core::ErrorKind::out_of_memory || model.device.is_cpu()) return decoded;
    const auto vae = load_vae(info, model.dtype, at::kCPU);
    if (!vae) return vae.error();
    decoded = decode_with(*vae, at::kCPU);
    if (decoded)
        decoded->fallbacks.push_back("Memory ran out on " + recipe.device + ", so the clip was decoded on the processor.");
    return decoded;
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
    auto start = start_of(request, info, *weights, recipe);
    if (!start) return start.error();
    const auto planner = MemoryPlanner::create(info, recipe);
    if (!planner) return planner.error();
    auto plan = plan_of(*planner, recipe, request);
    if (!plan) return plan.error();
    recipe.route = run_route(plan->route, plan->passes_apart);
    recipe.tiling = tiling_name(plan->route);
    // The hash reads all weights; it runs beside the work and is needed only when the recipe is written.
    auto hash = std::async(std::launch::async, [folder = info.folder, traces = traces_] {
        return traces == Traces::kept ? model_hash(folder) : core::Result<std::string>(std::string());
    });
    const RunParts parts{info, recipe, request, *plan};
    RunKeeper keeper(request, recipe, *weights, left_out_of(recipe));
    const int begun_at = start->checkpoint ? steps_before(*start) : left_out_of(recipe);
    const auto denoised = sample_in_memory(parts, *start, keeper, *planner, progress, stop);
    if (!denoised) return denoised.error();
    const int steps = start->finished ? 0 : denoised->steps_done + left_out_of(recipe) - begun_at;
    tell_unmatched(recipe);
    auto hashed = hash.get();
    if (!hashed) return hashed.error();
    recipe.model_hash = *std::move(hashed);
    recipe.stop_after = denoised->end == DenoiseEnd::kept ? denoised->steps_done : 0;
    if (auto kept = keeper.ended(*denoised); !kept) return kept.error();
    if (denoised->end == DenoiseEnd::paused) return paused(request, denoised->steps_done, recipe);
    if (denoised->end == DenoiseEnd::stopped || stop.stop_requested()) return cancelled();

    progress.begin(core::Stage::decoding);
    auto decoded = decode_in_memory(parts, *denoised, progress, stop);
    if (!decoded) return decoded.error();
    progress.begin(core::Stage::finishing);
    recipe.route = run_route(decoded->route, plan->passes_apart);
    recipe.tiling = tiling_name(decoded->route);
    recipe.fallbacks.insert(recipe.fallbacks.end(), decoded->fallbacks.begin(), decoded->fallbacks.end());
    progress.finish();
    if (recipe.step_cache == "off") remember(info, recipe, steps, progress);
    return core::GeneratedClip{std::move(decoded->frames), to_latent_clip(*denoised, recipe.model_id), std::move(recipe),
                               progress.timings()};
}

/// What the run of a recipe may take: what the request says, else what is free beside what the process has.
core::Result<MemoryPlan> WanGenerator::plan_of(const MemoryPlanner& planner, const core::Recipe& recipe,
                                               const core::GenerationRequest& request) const
{
    const auto device = choose_device(recipe.device);
    if (!device) return device.error();
    const std::int64_t used = memory_in_use(*device);
    const std::int64_t limit = request.memory_limit > 0 ? request.memory_limit : used + free_memory_of(*device);
    // A model that is kept from the last run is counted with the plan's own parts.
    const std::int64_t base = model_ ? std::min(used, k_process_memory) : used;
    return planner.plan(known_speed(recipe), limit, base, request.tiling.has_value());
}

void WanGenerator::tell_unmatched(core::Recipe& recipe) const
{
    if (!model_ || model_->experts.unmatched().empty()) return;
    const auto& unmatched = model_->experts.unmatched();
    recipe.fallbacks.push_back("The LoRAs change " + std::to_string(unmatched.size()) +
                               " modules that this model hasn't got, such as " + core::in_quotes(unmatched.front()) + ".");
}

void WanGenerator::remember(const WanModelInfo& info, const core::Recipe& recipe, int steps,
                            const RunProgress& progress) const
{
    if (traces_ == Traces::none) return;
    MachineSpeed measured;
    measured.sampling_flops = sampling_operations(info, recipe) * steps / core::steps_to_sample(recipe) /
                              std::max(1e-3, seconds_of(progress, "sample"));
    measured.decoded_values = decoding_work(info, recipe) / std::max(1e-3, seconds_of(progress, "decode"));
    remember_speed(recipe, measured);
}

}  // namespace kinora::inference
