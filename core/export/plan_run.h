#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/export/export_plan.h"
#include "core/export/sequence_export.h"
#include "core/project/project.h"

namespace kinora::media {

/// One file of an export, for those who add to it.
struct ExportedItem {
    const core::Project& project;
    std::vector<const core::Shot*> shots;  ///< what it shows, in order
    const ExportPlan& plan;
    std::string recipe_json;  ///< of the takes of the engine (`core::disclosed_json`); empty where it isn't disclosed
};

/// What an export needs from outside. All may be called on the thread that exports.
struct ExportServices {
    SequenceExport::SourceFor source;  ///< pictures of takes of the engine
    SoundMixer::Locate locate;         ///< where assets' files are
    InBetween in_between;              ///< the engine's frame interpolation; empty: there is none
    /// What is done to the file before it gets its name: XMP, then C2PA. Empty: nothing.
    std::function<std::vector<Finisher>(const ExportedItem&)> finishers;
};

/// Where the files go.
struct ExportPlace {
    std::filesystem::path folder;  ///< names come from the pattern and the project; free ones are found
    std::filesystem::path file;    ///< or this very file (or folder of pictures); not with several files
    OverwritePolicy overwrite = OverwritePolicy::refuse;  ///< of `file`
};

struct ExportOutcome {
    std::vector<WrittenFile> files;
    std::vector<std::string> notes;  ///< sentences: what isn't as one might expect
    std::optional<LoudnessReport> loudness;
};

/// Carries a plan out. Each file is there whole or not at all; those that were finished before an error or a cancel stay.
/// Progress counts the frames of all files. Blocks: call it from a worker.
/// Errors: `invalid_argument` (nothing to export, an impossible delivery), those of `export_clip` and `export_sequence`.
[[nodiscard]] core::Result<ExportOutcome> run_export_plan(const core::Project& project, const ExportPlan& plan,
                                                          const ExportPlace& place, const ExportServices& services,
                                                          const WriteProgress& progress = {}, std::stop_token stop = {});

/// The first file's name without extension, for titles of jobs.
[[nodiscard]] std::string plan_name(const core::Project& project, const ExportPlan& plan);

/// Size and length of what a plan makes, for estimates. 0 frames: there is nothing to export.
struct PlanExtent {
    int width = 0;
    int height = 0;
    std::int64_t frames = 0;
    int files = 0;
    core::FrameRate rate;
    bool sound = false;
};
[[nodiscard]] PlanExtent plan_extent(const core::Project& project, const ExportPlan& plan);

/// About how large all files of a plan become.
[[nodiscard]] std::int64_t plan_bytes(const core::Project& project, const ExportPlan& plan);

}  // namespace kinora::media
