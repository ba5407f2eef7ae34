#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "core/export/clip_export.h"
#include "core/export/export_run.h"
#include "core/generation/enhance.h"

namespace kinora::media {

/// A clip that is enhanced on its way into a file: neither of both is ever in memory as a whole, whatever its length.
struct EnhancedExport {
    core::Enhancer* enhancer = nullptr;  ///< not owned, outlives the call
    core::EnhanceRequest request;
    FrameSource* source = nullptr;  ///< not owned; its float frames go through the networks and to the encoder as they are
    SoundFeed sound;                ///< for the whole length; empty: none
    ExportTarget target;
};

/// The sound of a clip's file, for as long as it is held; empty where the file has none that can be read.
[[nodiscard]] SoundFeed sound_of(const std::filesystem::path& file, const std::stop_token& stop);

/// Blocks: call it from a worker. Errors: those of the enhancer, the source and `VideoWriter`; `cancelled` leaves nothing
/// behind.
[[nodiscard]] core::Result<WrittenFile> export_enhanced(const EnhancedExport& job, const WriteProgress& progress = {},
                                                        std::stop_token stop = {});

}  // namespace kinora::media
