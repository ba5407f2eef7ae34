#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/project/project_store.h"

namespace kinora::media {

/// The file of a take's exact frames, beside its clip.
inline constexpr const char* k_kept_frames_name = "frames.kinora";

/// How much room a project gives to the exact frames of its takes, in bytes; 0 (the usual): none are kept, masters are made
/// from the latents, decoded again. Kept in `takes/kept_frames.json`, beside what it rules. `project` is the
/// project's folder.
[[nodiscard]] std::int64_t kept_frames_budget(const std::filesystem::path& project);
/// Sets it and lets go of what doesn't fit any more, the oldest first. Errors: `io`, `disk_full`.
[[nodiscard]] core::Result<void> set_kept_frames_budget(const std::filesystem::path& project, std::int64_t bytes);

/// Bytes of all kept frames. Walks the takes' folders.
[[nodiscard]] std::int64_t kept_frames_bytes(const std::filesystem::path& project);

/// Where a take's frames are kept: `takes/<id>/frames.kinora`, whether they are or not.
[[nodiscard]] core::Result<std::filesystem::path> kept_frames_file(const core::ProjectStore& store, const core::Take& take);

/// Keeps a take's frames if the budget allows it, and lets go of older ones to make room: latents stay, nothing is lost.
/// Frames larger than the whole budget aren't kept. Errors: those of the file; `cancelled`.
[[nodiscard]] core::Result<void> keep_frames(const core::ProjectStore& store, const core::Take& take,
                                             const core::FrameSequence& clip, std::stop_token stop);

}  // namespace kinora::media
