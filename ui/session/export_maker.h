#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/export/export_plan.h"
#include "core/export/interchange_export.h"
#include "core/jobs/job.h"
#include "core/project/project.h"
#include "core/provenance/disclosure.h"
#include "ui/session/take_maker.h"

namespace kinora::ui {

inline constexpr const char* k_export_kind = "export";

/// What is exported.
enum class ExportScope {
    shot,        ///< the current shot's trimmed take at its own rate
    chosen,      ///< the shots that are chosen on the storyboard
    storyboard,  ///< all shots, or in to out, at the project's rate and size
};

/// Everything the artist chose; kept from one start to the next.
struct ExportChoice {
    ExportScope scope = ExportScope::shot;
    media::Delivery delivery;
    bool file_per_shot = true;  ///< of chosen shots
    int handles = 0;
    std::string pattern = std::string(media::k_default_pattern);
    bool include_recipe = true;                 ///< prompt, seed and model go into the file
    bool sidecar = false;                       ///< and into a .json beside it
    std::set<media::InterchangeFormat> suites;  ///< of the storyboard: files for editing suites instead of one movie
    bool sign = false;                          ///< content credentials, by the user's own key
    friend bool operator==(const ExportChoice&, const ExportChoice&) = default;
};

/// A JSON object, and back; what can't be read is as it was at first.
[[nodiscard]] std::string choice_to_json(const ExportChoice& choice);
[[nodiscard]] ExportChoice choice_from_json(const std::string& text);

/// The choice for these shots: the current one and those chosen on the storyboard.
[[nodiscard]] media::ExportPlan export_plan(const core::Project& project, const ExportChoice& choice,
                                            const std::string& shot, const std::vector<std::string>& chosen);

/// What such an export would tell about how its pictures were made.
[[nodiscard]] std::vector<core::DisclosedItem> told_by_export(const core::Project& project, const ExportChoice& choice,
                                                              const std::string& shot,
                                                              const std::vector<std::string>& chosen);

/// A job that exports into the project's exports folder, with everything it needs: later edits don't change it.
/// `invalid_argument` if there is nothing to export yet, or if the choice is impossible.
[[nodiscard]] core::Result<core::NewJob> export_job(const std::filesystem::path& folder, const core::Project& project,
                                                    const std::string& shot, const std::vector<std::string>& chosen,
                                                    const ExportChoice& choice);

/// Runs such a job. Frames come from the float frames kept with the takes or from their latents, decoded again; where
/// neither is possible, from the clip. The outcome's JSON has `file` (the first), `files` and `notes`.
[[nodiscard]] core::Result<core::JobOutcome> make_export(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                                         const core::ProgressFunction& progress, std::stop_token stop);

}  // namespace kinora::ui
