#include "inference/training/dit_data.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include "inference/training/latent_statistics.h"

namespace kinora::training {

namespace {

// Clips of a shape to train on: the first shape holds those for validation too.
std::int64_t training_clips(const std::vector<LatentSet>& sets, std::size_t shape)
{
    return sets[shape].clips() - (shape == 0 ? k_validation_clips : 0);
}

}  // namespace

core::Result<DitData> DitData::load(const DitTrainingOptions& options, std::vector<std::int32_t> empty_caption)
{
    DitData data;
    for (const auto& phase : options.phases) {
        if (data.sets_.contains(phase.clip_frames)) continue;
        auto sets = load_latents_of_all_shapes(options.latents, phase.clip_frames);
        if (!sets) return sets.error();
        if (sets->front().clips() <= 2 * k_validation_clips)
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "there are too few latents of that length to train on");
        data.sets_.emplace(phase.clip_frames, std::move(*sets));
    }
    auto statistics = latent_statistics(options.latents);
    if (!statistics) return statistics.error();
    data.mean_ = at::tensor(statistics->mean).to(at::kFloat).view({1, -1, 1, 1, 1});
    data.std_ = at::tensor(statistics->std).to(at::kFloat).view({1, -1, 1, 1, 1});
    data.empty_caption_ = at::tensor(empty_caption).to(at::kLong);
    data.emphasis_ = options.subject_emphasis;
    data.empty_share_ = options.empty_captions;
    return data;
}

std::int64_t DitData::clips(const DitPhase& phase) const
{
    std::int64_t sum = -k_validation_clips;
    for (const LatentSet& set : sets_.at(phase.clip_frames))
        sum += set.clips();
    return sum;
}

DitBatch DitData::random_batch(const DitPhase& phase, PortableRandom& random) const
{
    // A shape is as likely as it has clips.
    auto number = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clips(phase))));
    const auto& sets = sets_.at(phase.clip_frames);
    std::size_t shape = 0;
    while (number >= training_clips(sets, shape))
        number -= training_clips(sets, shape++);
    const LatentSet& set = sets[shape];
    at::Tensor chosen = at::empty({phase.batch}, at::kLong);
    at::Tensor wording = at::empty({phase.batch}, at::kLong);
    for (int i = 0; i < phase.batch; ++i) {
        chosen[i] = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(training_clips(sets, shape))));
        wording[i] = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(set.tokens.size(1))));
    }
    DitBatch result = batch(set, phase.latent_frames, chosen, wording);
    for (int i = 0; i < phase.batch; ++i)
        if (random.chance(static_cast<float>(empty_share_))) result.tokens[i].copy_(empty_caption_);
    return result;
}

DitBatch DitData::validation_batch(const DitPhase& phase, int first, int count) const
{
    const auto& sets = sets_.at(phase.clip_frames);
    const at::Tensor chosen = at::arange(count, at::kLong) + training_clips(sets, 0) + first;
    return batch(sets.front(), phase.latent_frames, chosen, at::zeros({count}, at::kLong));
}

DitBatch DitData::batch(const LatentSet& set, int frames, const at::Tensor& clips, const at::Tensor& captions) const
{
    DitBatch result;
    result.clips = (set.latents.index_select(0, clips).narrow(2, 0, frames).to(at::kFloat) - mean_) / std_;
    std::vector<at::Tensor> rows;
    for (std::int64_t i = 0; i < clips.size(0); ++i)
        rows.push_back(set.tokens[clips[i].item<std::int64_t>()][captions[i].item<std::int64_t>()]);
    result.tokens = at::stack(rows).to(at::kLong);
    result.emphasis = set.emphasis.index_select(0, clips).narrow(1, 0, frames).to(at::kFloat) * (emphasis_ / 255.0);
    return result;
}

}  // namespace kinora::training
