#include "inference/pipeline/denoise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <utility>

#include "inference/models/wan/dit_context.h"

namespace kinora::inference {
namespace {

/// [1, 1, frames, 1, 1] booleans: true where a frame is given.
at::Tensor given_mask(const CleanFrames& clean)
{
    auto mask = at::ones({static_cast<std::int64_t>(clean.given.size())}, at::TensorOptions().dtype(at::kBool));
    for (std::size_t frame = 0; frame < clean.given.size(); ++frame)
        mask[static_cast<std::int64_t>(frame)] = static_cast<bool>(clean.given[frame]);
    return mask.view({1, 1, -1, 1, 1});
}

/// Thrown between two blocks of the model to leave a step.
struct StepLeft {};

/// Whether the run has to end before its next step, and why.
DenoiseEnd end_of(const DenoiseJob& job, int steps_done, bool has_clip, const std::stop_token& stop)
{
    const auto verb = job.control != nullptr ? job.control->verb() : core::RunVerb::go_on;
    if (stop.stop_requested()) return DenoiseEnd::stopped;
    if (verb == core::RunVerb::pause) return DenoiseEnd::paused;
    // There is something to keep only after a step.
    const bool keep = verb == core::RunVerb::stop_and_keep || (job.stop_after > 0 && steps_done >= job.stop_after);
    return keep && has_clip ? DenoiseEnd::kept : DenoiseEnd::complete;
}

/// Everything about one run that stays the same from step to step, and the expert at work.
class Run {
public:
    Run(WanExperts& experts, const DenoiseJob& job) : experts_(experts), job_(job)
    {
        if (job.clean) mask_ = given_mask(*job.clean).to(job.noise.device());
    }

    /// Makes the expert for a time step ready.
    [[nodiscard]] core::Result<void> prepare(float timestep)
    {
        const int expert = experts_.index_at(timestep);
        if (dit_ != nullptr && expert == expert_) return {};
        context_ = {};  // frees the other expert's keys before this one is loaded
        dit_ = nullptr;
        const auto found = experts_.expert(expert);
        if (!found) return found.error();
        dit_ = *found;
        expert_ = expert;
        two_passes_ = job_.guidance.two_passes(expert);
        context_ = make_context();
        return {};
    }

    [[nodiscard]] int expert() const { return expert_; }

    /// The share of a pass that lies before a block.
    [[nodiscard]] double share_before(std::size_t block) const
    {
        return static_cast<double>(block) / static_cast<double>(dit_->config().num_layers);
    }

    /// The latents with the given frames put in.
    [[nodiscard]] at::Tensor blended(const at::Tensor& latents) const
    {
        return mask_.defined() ? at::where(mask_, job_.clean->latents, latents) : latents;
    }

    /// What the model sees of blended latents.
    [[nodiscard]] at::Tensor input(const at::Tensor& latents) const
    {
        return job_.condition.defined() ? at::cat(at::TensorList{latents, job_.condition}, 1) : latents;
    }

    /// [1] or [1, frames].
    [[nodiscard]] at::Tensor timestep(float value) const
    {
        const auto options = at::TensorOptions().dtype(at::kFloat);
        if (job_.time_form == TimeForm::per_clip) return at::ones({1}, options) * value;
        const auto frames = job_.noise.size(2) / dit_->config().patch_size[0];
        auto times = at::ones({1, frames}, options) * value;
        return mask_.defined() ? times.masked_fill(mask_.view({1, -1}).cpu(), 0.0) : times;
    }

    /// Whether the step is one of those that CFG-Zero* leaves out.
    [[nodiscard]] bool is_left_out(int step) const
    {
        return two_passes_ && job_.guidance.mode == GuidanceMode::cfg_zero && step < k_zero_steps;
    }

    /// Raw predictions, the prompt's and the negative prompt's: [1 or 2, channels, frames, height, width].
    [[nodiscard]] at::Tensor predict(const at::Tensor& input, const at::Tensor& time, const BlockHook& before_block) const
    {
        const std::int64_t batch = two_passes_ ? 2 : 1;
        const auto times = time.expand({batch, time.dim() == 2 ? time.size(1) : -1}).contiguous();
        const auto per_clip = job_.time_form == TimeForm::per_clip;
        const auto flows = dit_->forward(input.expand({batch, -1, -1, -1, -1}), per_clip ? times.view({-1}) : times,
                                         context_, {}, before_block);
        return flows.to(job_.noise.device(), at::kFloat);
    }

    /// The flow to follow.
    [[nodiscard]] at::Tensor combine(const at::Tensor& flows) const
    {
        if (!two_passes_) return flows;
        return guided_flow(flows.narrow(0, 0, 1), flows.narrow(0, 1, 1), job_.guidance.mode,
                           job_.guidance.strength_of(expert_));
    }

private:
    /// The context of one text, with the negative prompt behind it where that has a pass of its own.
    [[nodiscard]] WanDitContext context_of(const at::Tensor& text) const
    {
        const auto texts = two_passes_ ? at::cat(at::TensorList{text, job_.negative}) : text;
        return dit_->make_context(texts, job_.image.defined() ? job_.image.repeat({texts.size(0), 1, 1}) : at::Tensor());
    }

    [[nodiscard]] WanDitContext make_context() const
    {
        std::vector<TimedContext> stretches;
        for (const PromptSegment& segment : job_.segments)
            stretches.push_back({context_of(segment.embeddings), segment.first_frame, segment.end_frame});
        auto context = join_in_time(stretches);
        const auto guidance = job_.guidance.attention_of(expert_);
        if (guidance) lead_away(context, dit_->make_context(job_.negative), *guidance);
        return context;
    }

    WanExperts& experts_;
    const DenoiseJob& job_;
    const WanDit* dit_ = nullptr;
    int expert_ = 0;
    bool two_passes_ = false;
    WanDitContext context_;
    at::Tensor mask_;
};

}  // namespace

core::Result<Denoised> denoise(WanExperts& experts, Sampler sampler, const DenoiseJob& job, const DenoiseObserver& observer,
                               const std::stop_token& stop)
{
    Run run(experts, job);
    at::Tensor sample = job.start.defined() ? job.start : job.noise;
    at::Tensor clip = job.start_clip;
    auto end = DenoiseEnd::complete;
    const auto ends = [&] {
        end = end_of(job, sampler.step_index(), clip.defined(), stop);
        return end != DenoiseEnd::complete;
    };
    while (!sampler.finished() && !ends()) {
        const auto index = sampler.step_index();
        const float sigma = sampler.sigma();
        if (auto ready = run.prepare(sampler.timestep()); !ready) return ready.error();
        const auto seen = run.blended(sample);
        const auto input = run.input(seen);
        const auto time = run.timestep(sampler.timestep());
        const bool left_out = run.is_left_out(index);
        const auto before_block = [&](std::size_t block) {
            if (ends()) throw StepLeft();
            if (job.within_step) job.within_step(run.share_before(block));
        };
        at::Tensor flows;
        try {
            flows = left_out ? at::zeros_like(seen) : run.predict(input, time, before_block);
        } catch (const StepLeft&) {
            break;
        }
        const auto flow = left_out ? flows : run.combine(flows);
        // The sampler follows its own latents; the given frames are put in only where the model looks, as in the reference.
        auto next = sampler.step(flow, sample);
        clip = run.blended(seen - flow * sigma);
        if (observer) observer({index, sampler.schedule().steps(), run.expert(), input, time, flows, clip, next, sampler});
        sample = std::move(next);
    }
    const bool complete = end == DenoiseEnd::complete;
    auto latents = complete || !clip.defined() ? run.blended(sample) : clip;
    const int steps_done = sampler.step_index();
    return Denoised{std::move(latents), std::move(sample), std::move(sampler), end, steps_done};
}

at::Tensor draw_noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

}  // namespace kinora::inference
