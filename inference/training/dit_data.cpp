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

core::Result<DitData> DitData::load(const DitTrainingOptions& options, std::vector<std::int32_t> empty_caption)
{
    DitData data;
    for (const auto& phase : options.phases) {
        if (data.sets_.contains(phase.clip_frames)) continue;
        auto set = load_latents(options.latents, phase.clip_frames);
        if (!set) return set.error();
        if (set->clips() <= 2 * k_validation_clips)
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "there are too few latents of that length to train on");
        data.sets_.emplace(phase.clip_frames, std::move(*set));
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
    return sets_.at(phase.clip_frames).clips() - k_validation_clips;
}

DitBatch DitData::random_batch(const DitPhase& phase, PortableRandom& random) const
{
    const LatentSet& set = sets_.at(phase.clip_frames);
    at::Tensor chosen = at::empty({phase.batch}, at::kLong);
    at::Tensor wording = at::empty({phase.batch}, at::kLong);
    for (int i = 0; i < phase.batch; ++i) {
        chosen[i] = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clips(phase))));
        wording[i] = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(set.tokens.size(1))));
    }
    DitBatch result = batch(phase, chosen, wording);
    for (int i = 0; i < phase.batch; ++i)
        if (random.chance(static_cast<float>(empty_share_))) result.tokens[i].copy_(empty_caption_);
    return result;
}

DitBatch DitData::validation_batch(const DitPhase& phase, int first, int count) const
{
    const at::Tensor chosen = at::arange(count, at::kLong) + clips(phase) + first;
    return batch(phase, chosen, at::zeros({count}, at::kLong));
}

DitBatch DitData::batch(const DitPhase& phase, const at::Tensor& clips, const at::Tensor& captions) const
{
    const LatentSet& set = sets_.at(phase.clip_frames);
    DitBatch result;
    result.clips = (set.latents.index_select(0, clips).narrow(2, 0, phase.latent_frames).to(at::kFloat) - mean_) / std_;
    std::vector<at::Tensor> rows;
    for (std::int64_t i = 0; i < clips.size(0); ++i)
        rows.push_back(set.tokens[clips[i].item<std::int64_t>()][captions[i].item<std::int64_t>()]);
    result.tokens = at::stack(rows).to(at::kLong);
    result.emphasis =
        set.emphasis.index_select(0, clips).narrow(1, 0, phase.latent_frames).to(at::kFloat) * (emphasis_ / 255.0);
    return result;
}

}  // namespace kinora::training
