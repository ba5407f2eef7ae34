#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "inference/training/latent_cache.h"

namespace kinora::training {

/// `latent-statistics.json` in the latents' folder: written once from the longest cache, then the same for every run, since
/// the transformer is trained on latents normalised with it.
[[nodiscard]] core::Result<LatentStatistics> latent_statistics(const std::filesystem::path& folder);

}  // namespace kinora::training
