#include "inference/pipeline/denoise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/where.h>

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

/// Everything about one run that stays the same from step to step.
class Run {
public:
    Run(const WanDit& dit, const DenoiseJob& job) : dit_(dit), job_(job), guided_(job.guidance > 1.0F)
    {
        std::vector<at::Tensor> texts;
        for (const PromptSegment& segment : job.segments)
            texts.push_back(segment.embeddings);
        if (guided_) texts.push_back(job.negative);
        batch_ = static_cast<std::int64_t>(texts.size());
        context_ = dit.make_context(at::cat(texts));
        if (job.clean) mask_ = given_mask(*job.clean).to(job.noise.device());
    }

    /// The latents with the given frames put in.
    [[nodiscard]] at::Tensor blended(const at::Tensor& latents) const
    {
        return mask_.defined() ? at::where(mask_, job_.clean->latents, latents) : latents;
    }

    /// [1] or [1, frames].
    [[nodiscard]] at::Tensor timestep(float value) const
    {
        const auto options = at::TensorOptions().dtype(at::kFloat);
        if (job_.time_form == TimeForm::per_clip) return at::ones({1}, options) * value;
        const auto frames = job_.noise.size(2) / dit_.config().patch_size[0];
        auto times = at::ones({1, frames}, options) * value;
        return mask_.defined() ? times.masked_fill(mask_.view({1, -1}).cpu(), 0.0) : times;
    }

    /// Raw predictions, one per segment, then the negative prompt's: [batch, channels, frames, height, width].
    [[nodiscard]] at::Tensor predict(const at::Tensor& input, const at::Tensor& time) const
    {
        const auto times = time.expand({batch_, time.dim() == 2 ? time.size(1) : -1}).contiguous();
        const auto per_clip = job_.time_form == TimeForm::per_clip;
        const auto flows =
            dit_.forward(input.expand({batch_, -1, -1, -1, -1}), per_clip ? times.view({-1}) : times, context_);
        return flows.to(job_.noise.device(), at::kFloat);
    }

    /// The flow to follow: each segment's own prediction on its frames, guided away from the negative prompt.
    [[nodiscard]] at::Tensor combine(const at::Tensor& flows) const
    {
        std::vector<at::Tensor> parts;
        for (std::size_t index = 0; index < job_.segments.size(); ++index) {
            const PromptSegment& segment = job_.segments[index];
            const auto row = static_cast<std::int64_t>(index);
            parts.push_back(flows.narrow(0, row, 1).narrow(2, segment.first_frame, segment.end_frame - segment.first_frame));
        }
        const auto wanted = parts.size() == 1 ? parts.front() : at::cat(parts, 2);
        if (!guided_) return wanted;
        const auto negative = flows.narrow(0, batch_ - 1, 1);
        return negative + (wanted - negative) * job_.guidance;
    }

private:
    const WanDit& dit_;
    const DenoiseJob& job_;
    bool guided_;
    std::int64_t batch_ = 1;
    WanDitContext context_;
    at::Tensor mask_;
};

}  // namespace

Denoised denoise(const WanDit& dit, Sampler sampler, const DenoiseJob& job, const DenoiseObserver& observer,
                 const std::stop_token& stop)
{
    const Run run(dit, job);
    Denoised result{job.noise, true, 0};
    while (!sampler.finished()) {
        if (stop.stop_requested()) {
            result.complete = false;
            break;
        }
        const auto index = sampler.step_index();
        const float sigma = sampler.sigma();
        const auto input = run.blended(result.latents);
        const auto time = run.timestep(sampler.timestep());
        const auto flows = run.predict(input, time);
        const auto flow = run.combine(flows);
        // The sampler follows its own latents; the given frames are put in only where the model looks, as in the reference.
        const auto next = sampler.step(flow, result.latents);
        if (observer) {
            const auto clip = run.blended(input - flow * sigma);
            observer({index, sampler.schedule().steps(), input, time, flows, clip, next});
        }
        result.latents = next;
        ++result.steps_done;
    }
    result.latents = run.blended(result.latents);
    return result;
}

at::Tensor draw_noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

}  // namespace kinora::inference
