#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/export/frame_source.h"
#include "core/generation/enhance.h"
#include "core/generation/request.h"
#include "core/media/video_writer.h"
#include "core/project/project_store.h"

namespace kinora::media {

/// Writes a generated clip as the take's files: `clip.mp4` (preset `take`), `thumbnail.png` and `recipe.json`, at the places
/// that `take` names, and fills in the take's recipe, length, rate, size and time. The latents are the generator's to write,
/// before it decodes. Where the project has room for them (`core/export/kept_frames.h`) the float frames are kept too.
/// Errors: those of the files; then the take's folder may hold some of them.
[[nodiscard]] core::Result<void> save_take(const core::GeneratedClip& clip, core::Take& take,
                                           const core::ProjectStore& store, std::stop_token stop);

/// A clip that becomes a take enlarged or with more frames a second.
struct EnhancedTake {
    FrameSource* source = nullptr;       ///< the clip as it was; not owned
    core::Enhancer* enhancer = nullptr;  ///< not owned
    core::EnhanceRequest request;
    std::optional<core::Recipe> recipe;  ///< that the take gets, with its `enhance`; nothing: of imported media
    std::filesystem::path latents;       ///< of the clip as it was, copied for the take; empty: none, or there already
    SoundFeed sound{};                   ///< of imported media; empty: none
};

/// Writes the same files of such a take, a few frames in memory at a time. Masters make its frames anew from the latents.
[[nodiscard]] core::Result<void> save_enhanced_take(const EnhancedTake& enhanced, core::Take& take,
                                                    const core::ProjectStore& store, const WriteProgress& progress,
                                                    std::stop_token stop);

}  // namespace kinora::media
