#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/generation/request.h"

namespace kinora::inference {

/// Latents of a take on disk: a safetensors file with one float32 tensor `latents` [channels, frames, height, width] and, in
/// its metadata, the recipe as JSON (`kinora.recipe`), the sampling steps that were done (`kinora.steps_done`) and, where
/// they aren't one piece, how they are decoded (`kinora.layout`). A checkpoint is such a file with more in it.
struct SavedLatents {
    core::LatentClip latents;
    core::Recipe recipe;
    int steps_done = 0;

    /// Whether the sampling was finished, or stopped to be kept; otherwise they are what a cancelled run had reached.
    [[nodiscard]] bool complete() const { return steps_done >= (recipe.stop_after > 0 ? recipe.stop_after : recipe.steps); }
};

/// Writes the file whole or not at all; folders above it are made. `disk_full`, `io`.
[[nodiscard]] core::Result<void> save_latents(const std::filesystem::path& file, const SavedLatents& latents);

/// Reads it. The file is not trusted: shape, type and recipe are checked. `not_found`, `corrupt`.
[[nodiscard]] core::Result<SavedLatents> load_latents(const std::filesystem::path& file);

}  // namespace kinora::inference
