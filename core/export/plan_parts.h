#pragma once

#include <string>
#include <vector>

#include "core/export/plan_run.h"

namespace kinora::media {

/// One file of a plan.
struct PlanPart {
    std::vector<std::size_t> shots;  ///< indices into the project
    bool clip = false;               ///< one take of the engine, in its own size and rate
    core::FrameRange range;          ///< frames of that take, with handles; else project frames of `project`
    core::Project project;           ///< with nothing but what is shown; only the project's own fields for a clip
    core::FrameRate rate;            ///< of the file
    std::int64_t frames = 0;         ///< in the file
    int width = 0;
    int height = 0;
    bool sound = false;
    std::string name;  ///< without extension
    std::vector<std::string> notes;
};

/// Splits a plan into its files. `invalid_argument` where there is nothing to export.
[[nodiscard]] core::Result<std::vector<PlanPart>> plan_parts(const core::Project& project, const ExportPlan& plan);

/// Bytes of the sound of all parts, as the preset encodes it.
[[nodiscard]] std::int64_t plan_sound_bytes(const std::vector<PlanPart>& parts, const Preset& preset);

}  // namespace kinora::media
