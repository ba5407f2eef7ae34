#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// Writes the trained starter of a training folder as a model folder in diffusers' layout: averaged weights in 16 bit (norms
/// and tables that the family keeps in float32 stay so), configurations, tokenizer, scheduler, Kinora's defaults and the
/// preview's latent-to-RGB map. `world` is the one that it was trained on. An existing folder's files are replaced; a model
/// card is written by hand.
[[nodiscard]] core::Result<void> export_starter(const std::filesystem::path& training, const std::filesystem::path& model,
                                                World world, const Say& say);

}  // namespace kinora::training
