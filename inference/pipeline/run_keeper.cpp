#include "inference/pipeline/run_keeper.h"

#include <system_error>
#include <utility>

#include "core/base/text.h"
#include "core/generation/clip_layout_json.h"
#include "inference/pipeline/origin_stage.h"

namespace kinora::inference {
namespace {

constexpr std::chrono::seconds k_interval{1};
/// Writing may take a twentieth of the time at most.
constexpr int k_share = 20;

/// Latents that a run of the same recipe finished.
core::Result<RunStart> finished_start(SavedLatents saved, const WanModelInfo& info, const std::string& weights,
                                      core::Recipe& recipe, const std::filesystem::path& file)
{
    Checkpoint as_checkpoint;
    as_checkpoint.sample = tensor_of(saved.latents);
    as_checkpoint.weights = weights;  // latents files don't tell; what they show doesn't depend on it any more
    as_checkpoint.saved = std::move(saved);
    auto shape = latent_shape(info, recipe, recipe.frames);
    const auto& latents = as_checkpoint.saved.latents;
    const auto stride = static_cast<int>(info.vae.temporal_stride());
    if (auto possible = core::check_layout(latents.layout, latents.frames, stride); !possible) return possible.error();
    // Latents of several stretches are more than the clip is long.
    if (core::clip_frames(latents.layout, latents.frames, stride) == recipe.frames) shape[2] = latents.frames;
    const auto fits = check_checkpoint(as_checkpoint, recipe, weights, shape, file);
    if (!fits) return fits.error();
    return RunStart{std::nullopt, std::move(as_checkpoint.saved)};
}

}  // namespace

core::LatentClip to_latent_clip(const Denoised& denoised, const std::string& model_id)
{
    auto clip = to_latent_clip(denoised.latents, model_id);
    clip.layout = denoised.layout;
    return clip;
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

std::vector<std::int64_t> latent_shape(const WanModelInfo& info, const core::Recipe& recipe, int frames)
{
    const auto space = info.vae.spatial_stride();
    return {1, info.vae.z_dim, (frames - 1) / info.vae.temporal_stride() + 1, recipe.height / space, recipe.width / space};
}

void RunKeeper::after_step(const DenoiseStep& step)
{
    last_step_ = checkpoint_of(step.clip, step.latents, step.sampler, step.cache);
    unwritten_ = keeps();
    const auto now = Clock::now();
    if (!keeps() || now - last_written_ < k_interval || now - last_written_ < cost_ * k_share) return;
    const auto written = save_checkpoint(request_.checkpoint_file, *last_step_);
    unwritten_ = !written.has_value();
    if (!written && !told_) {
        recipe_.fallbacks.push_back("The run was made without checkpoints: " + written.error().message);
        told_ = true;
    }
    last_written_ = Clock::now();
    cost_ = last_written_ - now;
}

core::Result<void> RunKeeper::ended(const Denoised& denoised)
{
    const bool unfinished = denoised.end == DenoiseEnd::stopped || denoised.end == DenoiseEnd::paused;
    unwritten_ = false;
    if (unfinished && keeps()) {
        const auto last = checkpoint_of(denoised.latents, denoised.sample, denoised.sampler, denoised.cache);
        if (auto written = save_checkpoint(request_.checkpoint_file, last); !written) return written;
    }
    const bool same = request_.checkpoint_file == request_.latents_file;
    if (request_.latents_file.empty() || denoised.end == DenoiseEnd::paused || (unfinished && keeps() && same)) return {};
    const auto written = save_latents(
        request_.latents_file, {to_latent_clip(denoised, recipe_.model_id), recipe_, denoised.steps_done + left_out_});
    if (!written) return written;
    std::error_code ignored;
    if (!unfinished && keeps() && !same) std::filesystem::remove(request_.checkpoint_file, ignored);
    return {};
}

void RunKeeper::failed()
{
    if (!unwritten_) return;
    // The failure itself is what the caller hears of.
    unwritten_ = !save_checkpoint(request_.checkpoint_file, *last_step_).has_value();
}

std::optional<Checkpoint> RunKeeper::reached() const
{
    return last_step_;
}

Checkpoint RunKeeper::checkpoint_of(const at::Tensor& clip, const at::Tensor& sample, const Sampler& sampler,
                                    const StepCache& cache) const
{
    const auto latents = to_latent_clip(clip, recipe_.model_id);
    return {{latents, recipe_, sampler.step_index() + left_out_}, sample, sampler.state(), cache.state(), weights_};
}

core::Result<RunStart> start_of(const core::GenerationRequest& request, const WanModelInfo& info, const std::string& weights,
                                core::Recipe& recipe)
{
    const auto& file = request.resume_from;
    if (file.empty()) return RunStart{};
    auto saved = load_latents(file);
    if (!saved) return saved.error();
    if (saved->complete()) return finished_start(*std::move(saved), info, weights, recipe, file);
    auto checkpoint = load_checkpoint(file);
    if (!checkpoint) return checkpoint.error();
    const auto fits =
        check_checkpoint(*checkpoint, recipe, weights, latent_shape(info, recipe, core::sampled_frames(recipe)), file);
    if (!fits) return fits.error();
    return RunStart{*std::move(checkpoint), std::nullopt};
}

core::Result<void> go_on_from(const Checkpoint& checkpoint, const std::filesystem::path& file, int left_out,
                              Sampler& sampler, DenoiseJob& job)
{
    const auto device = job.noise.device();
    auto state = checkpoint.sampler;
    for (auto& [name, tensor] : state.tensors)
        tensor = tensor.to(device);
    state.step_index = checkpoint.saved.steps_done - left_out;
    if (!sampler.restore(state))
        return core::make_error(core::ErrorKind::corrupt, "The run can't go on from " + core::in_quotes(file.string()) +
                                                              ": its state isn't one of the sampler; start the clip anew.");
    job.start = checkpoint.sample.to(device);
    job.start_cache = checkpoint.cache;
    for (auto& [name, tensor] : job.start_cache->tensors)
        tensor = tensor.to(device);
    if (state.step_index > 0) job.start_clip = tensor_of(checkpoint.saved.latents).clone().to(device);
    return {};
}

}  // namespace kinora::inference
