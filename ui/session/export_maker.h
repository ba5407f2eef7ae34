#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/jobs/job.h"
#include "core/project/project.h"
#include "ui/session/take_maker.h"

namespace kinora::ui {

inline constexpr const char* k_export_kind = "export";

/// What is exported: the selected shot's trimmed take at its own rate, or all shots at the project's rate and size.
enum class ExportScope { shot, storyboard };

struct ExportChoice {
    ExportScope scope = ExportScope::shot;
    std::string preset = "prores-422-hq";
    bool include_recipe = true;  ///< prompt, seed and model go into the file
    friend bool operator==(const ExportChoice&, const ExportChoice&) = default;
};

/// A job that exports into the project's exports folder, with everything it needs: later edits don't change it.
/// `invalid_argument` if there is nothing to export yet.
[[nodiscard]] core::Result<core::NewJob> export_job(const std::filesystem::path& folder, const core::Project& project,
                                                    const std::string& shot, const ExportChoice& choice);

/// Runs such a job. Frames come from the takes' latents, decoded again in float; where that isn't possible, from the clip.
/// The outcome's JSON has `file` and, where the clip had to serve, `note`.
[[nodiscard]] core::Result<core::JobOutcome> make_export(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                                         const core::ProgressFunction& progress, std::stop_token stop);

}  // namespace kinora::ui
