#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/generation/enhancement.h"
#include "core/generation/verbs.h"
#include "core/jobs/job.h"
#include "core/project/project.h"
#include "ui/session/engine.h"
#include "ui/session/take_maker.h"

namespace kinora::ui {

inline constexpr const char* k_enhance_kind = "enhance";

/// A job that makes another take of one, larger or with more frames a second. `verb`: `upscale` or `interpolate`. Of a take
/// that was enhanced before, what was done then is done too, from the clip before it.
[[nodiscard]] core::NewJob enhance_job(const std::filesystem::path& project, const core::Project& document,
                                       const core::Shot& shot, const core::Take& take, core::Verb verb,
                                       const core::Enhancement& enhancement, const std::string& title);

/// Runs such a job: from the take's latents in float where there are some, else from its clip.
[[nodiscard]] core::Result<core::JobOutcome> make_enhanced(const core::Job& job, JobEngine& engine,
                                                           const StoreFor& store_for, const DeliverTake& deliver,
                                                           const core::ProgressFunction& progress, std::stop_token stop);

/// Both at once: what the second asks for outweighs the first.
[[nodiscard]] core::Enhancement merged(core::Enhancement first, const core::Enhancement& second);

/// What a job is told where this Kinora has no networks for it.
[[nodiscard]] core::Error no_enhancer();

}  // namespace kinora::ui
