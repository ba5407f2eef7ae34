#include "inference/pipeline/estimate.h"

namespace kinora::inference {
namespace {

double tokens_of(const WanModelInfo& info, const core::Recipe& recipe)
{
    const auto space = static_cast<double>(info.vae.spatial_stride());
    const double frames = static_cast<double>((sampled_frames(recipe) - 1) / info.vae.temporal_stride() + 1);
    return frames * (recipe.width / space) * (recipe.height / space) / static_cast<double>(info.dit.patch_volume());
}

/// Passes through the transformer in one step: the prompt's and, with guidance, the negative prompt's.
double batch_of(const core::Recipe& recipe)
{
    return recipe.guidance > 1 && recipe.guidance_mode != "nag" ? 2 : 1;
}

}  // namespace

double sampling_operations(const WanModelInfo& info, const core::Recipe& recipe)
{
    const double tokens = tokens_of(info, recipe);
    const auto width = static_cast<double>(info.dit.width());
    const double linears = 6 * width * width + 2 * width * static_cast<double>(info.dit.ffn_dim);
    const double attention = 2 * (tokens + info.capabilities.max_tokens) * width;
    const double layers = static_cast<double>(info.dit.num_layers);
    return 2 * tokens * (linears + attention) * layers * batch_of(recipe) * recipe.steps;
}

double decoding_work(const WanModelInfo& info, const core::Recipe& recipe)
{
    const auto width = static_cast<double>(info.vae.decoder_base_dim);
    return static_cast<double>(recipe.width) * recipe.height * recipe.frames * width * width;
}

}  // namespace kinora::inference
