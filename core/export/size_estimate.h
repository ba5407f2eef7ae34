#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/export/export_plan.h"
#include "core/export/frame_source.h"
#include "core/export/presets.h"
#include "core/project/project.h"

namespace kinora::media {

/// What is measured.
struct SizeQuestion {
    FrameSource* source = nullptr;  ///< pictures of the kind that will be exported; not owned
    FrameRange range;               ///< of the source
    const Preset* preset = nullptr;
    ColourSpace colour = ColourSpace::bt709;
    std::optional<int> quality;
    core::FrameRate rate{24};  ///< of the file
    std::int64_t frames = 0;   ///< in the file
    int stretches = 2;         ///< how many stretches of 96 are encoded of a long file whose pictures lean on each other
};

/// How large a file becomes, by encoding a few of its own pictures and throwing them away: single ones where each stands for
/// itself, stretches of 96 where pictures lean on each other. Within 30 % of what comes out, whatever is seen. `cancelled`,
/// or what the source and the encoder say.
[[nodiscard]] core::Result<std::int64_t> measure_bytes(const SizeQuestion& question, const std::stop_token& stop);

/// The same for a whole plan: up to five of its takes are measured and stand for all of it, by their exact frames where
/// these are kept beside the clip, else by the clip. `clip_of` gives the file with a take's pictures. `not_found` if none of
/// them can be read.
[[nodiscard]] core::Result<std::int64_t> measure_plan_bytes(
    const core::Project& project, const ExportPlan& plan,
    const std::function<std::filesystem::path(const core::Take& take)>& clip_of, const std::stop_token& stop);

}  // namespace kinora::media
