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
        contexts_.clear();  // frees the other expert's keys before this one is loaded
        dit_ = nullptr;
        const auto found = experts_.expert(expert);
        if (!found) return found.error();
        dit_ = *found;
        expert_ = expert;
        two_passes_ = job_.guidance.two_passes(expert);
        make_contexts();
        return {};
    }

    /// -1 before the first step.
    [[nodiscard]] int expert() const { return dit_ != nullptr ? expert_ : -1; }

    /// The share of a pass that lies before a block.
    [[nodiscard]] double share_before(std::size_t block) const
    {
        const auto blocks = static_cast<double>(dit_->config().num_layers) * static_cast<double>(contexts_.size());
        return static_cast<double>(block) / blocks;
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
    [[nodiscard]] at::Tensor predict(const at::Tensor& seen, const at::Tensor& step_time,
                                     const BlockHook& before_block) const
    {
        // To a card before its work begins: a copy in the middle of it would wait for what was given to it so far.
        const auto input = seen.to(dit_->device(), dit_->dtype());
        const auto time = step_time.to(dit_->device());
        if (contexts_.size() == 1) return forward(input, time, contexts_.front(), two_passes_ ? 2 : 1, before_block);
        const auto blocks = static_cast<std::size_t>(dit_->config().num_layers);
        const auto prompt = forward(input, time, contexts_[0], 1, before_block);
        const auto second = [&](std::size_t block) { before_block(blocks + block); };
        return at::cat(at::TensorList{prompt, forward(input, time, contexts_[1], 1, second)});
    }

    /// The flow to follow.
    [[nodiscard]] at::Tensor combine(const at::Tensor& flows) const
    {
        if (!two_passes_) return flows;
        return guided_flow(flows.narrow(0, 0, 1), flows.narrow(0, 1, 1), job_.guidance.mode,
                           job_.guidance.strength_of(expert_));
    }

private:
    [[nodiscard]] at::Tensor forward(const at::Tensor& input, const at::Tensor& time, const WanDitContext& context,
                                     std::int64_t batch, const BlockHook& before_block) const
    {
        const auto times = time.expand({batch, time.dim() == 2 ? time.size(1) : -1}).contiguous();
        const auto per_clip = job_.time_form == TimeForm::per_clip;
        const auto flows = dit_->forward(input.expand({batch, -1, -1, -1, -1}), per_clip ? times.view({-1}) : times, context,
                                         {}, before_block);
        return flows.to(job_.noise.device(), at::kFloat);
    }

    /// The context of the texts that `texts_of` makes of each segment of the prompt.
    template <typename TextsOf>
    [[nodiscard]] WanDitContext context_of(const TextsOf& texts_of) const
    {
        std::vector<TimedContext> stretches;
        for (const PromptSegment& segment : job_.segments) {
            const at::Tensor texts = texts_of(segment);
            const auto image = job_.image.defined() ? job_.image.repeat({texts.size(0), 1, 1}) : at::Tensor();
            stretches.push_back({dit_->make_context(texts, image), segment.first_frame, segment.end_frame});
        }
        return join_in_time(stretches);
    }

    /// One for each pass through the model: the prompt with the negative prompt behind it, or both for themselves.
    void make_contexts()
    {
        const auto prompt = [](const PromptSegment& segment) { return segment.embeddings; };
        const auto negative = [&](const PromptSegment&) { return job_.negative; };
        const auto both = [&](const PromptSegment& segment) {
            return at::cat(at::TensorList{segment.embeddings, job_.negative});
        };
        if (two_passes_ && job_.passes_apart) {
            contexts_.push_back(context_of(prompt));
            contexts_.push_back(context_of(negative));
            return;
        }
        contexts_.push_back(two_passes_ ? context_of(both) : context_of(prompt));
        const auto guidance = job_.guidance.attention_of(expert_);
        if (guidance) lead_away(contexts_.front(), dit_->make_context(job_.negative), *guidance);
    }

    WanExperts& experts_;
    const DenoiseJob& job_;
    const WanDit* dit_ = nullptr;
    int expert_ = 0;
    bool two_passes_ = false;
    std::vector<WanDitContext> contexts_;
    at::Tensor mask_;
};

}  // namespace

core::Result<Denoised> denoise(WanExperts& experts, Sampler sampler, const DenoiseJob& job, const DenoiseObserver& observer,
                               const std::stop_token& stop)
{
    Run run(experts, job);
    StepCache cache(job.reuse, sampler.schedule().steps());
    if (job.start_cache && !cache.restore(*job.start_cache))
        return core::make_error(core::ErrorKind::corrupt, "The run can't go on: the state of its step cache is damaged.");
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
        const int worked = run.expert();
        if (auto ready = run.prepare(sampler.timestep()); !ready) return ready.error();
        if (worked >= 0 && worked != run.expert()) cache.forget();
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
            const auto compute = [&] { return run.predict(input, time, before_block); };
            flows = left_out ? at::zeros_like(seen) : cache.predict(index, seen, compute);
        } catch (const StepLeft&) {
            break;
        }
        const auto flow = left_out ? flows : run.combine(flows);
        // The sampler follows its own latents; the given frames are put in only where the model looks, as in the reference.
        auto next = sampler.step(flow, sample);
        clip = run.blended(seen - flow * sigma);
        if (observer)
            observer({index, sampler.schedule().steps(), run.expert(), input, time, flows, clip, next, sampler, cache});
        sample = std::move(next);
    }
    const bool complete = end == DenoiseEnd::complete;
    auto latents = complete || !clip.defined() ? run.blended(sample) : clip;
    const int steps_done = sampler.step_index();
    return Denoised{std::move(latents), std::move(sample), std::move(sampler), std::move(cache), end, steps_done};
}

at::Tensor draw_noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

}  // namespace kinora::inference
