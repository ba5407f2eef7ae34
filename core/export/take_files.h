#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "core/project/project_store.h"

namespace kinora::media {

/// Writes a generated clip as the take's files: `clip.mp4` (preset `take`), `thumbnail.png` and `recipe.json`, at the places
/// that `take` names, and fills in the take's recipe, length, rate, size and time. The latents are the generator's to write,
/// before it decodes. Where the project has room for them (`core/export/kept_frames.h`) the float frames are kept too.
/// Errors: those of the files; then the take's folder may hold some of them.
[[nodiscard]] core::Result<void> save_take(const core::GeneratedClip& clip, core::Take& take,
                                           const core::ProjectStore& store, std::stop_token stop);

}  // namespace kinora::media
