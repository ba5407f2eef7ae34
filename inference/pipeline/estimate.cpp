#include "inference/pipeline/estimate.h"

#include <algorithm>
#include <filesystem>

#include "core/models/model_files.h"

namespace kinora::inference {
namespace {

double bytes_of(const std::filesystem::path& file)
{
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    return failed ? 0.0 : static_cast<double>(size);
}

double bytes_of_part(const std::filesystem::path& part)
{
    if (!std::filesystem::is_directory(part)) return bytes_of(part);
    const auto files = core::find_weight_files(part);
    double bytes = 0;
    if (files)
        for (const auto& file : files->files)
            bytes += bytes_of(file);
    return bytes;
}

/// Of two experts one is in memory at a time.
double weights_bytes(const WanParts& parts)
{
    double bytes = 0;
    for (const auto& part : parts.with_weights())
        if (part != parts.transformer_2) bytes += bytes_of_part(part);
    return bytes;
}

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

core::Estimate estimate_run(const WanModelInfo& info, const core::Recipe& recipe, const MachineSpeed& speed, bool bfloat16)
{
    const double bytes = bfloat16 ? 2 : 4;
    const double tokens = tokens_of(info, recipe) * batch_of(recipe);
    const double step = tokens * (6 * static_cast<double>(info.dit.width()) + static_cast<double>(info.dit.ffn_dim)) * bytes;
    const double pixels = static_cast<double>(recipe.width) * recipe.height * recipe.frames;
    const double decoder = pixels * (3 * static_cast<double>(info.vae.decoder_base_dim) * bytes + 24);
    core::Estimate estimate;
    estimate.seconds =
        sampling_operations(info, recipe) / speed.sampling_flops + decoding_work(info, recipe) / speed.decoded_values;
    estimate.peak_bytes = static_cast<std::int64_t>(weights_bytes(info.parts) + std::max(step, decoder));
    return estimate;
}

}  // namespace kinora::inference
