#pragma once

#ifdef KINORA_HAS_MEDIA

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/export_options.h"
#include "app/cli/export_run.h"
#include "app/cli/progress_display.h"
#include "core/export/plan_run.h"
#include "core/export/provenance_finishers.h"
#include "core/project/project.h"

namespace kinora::cli {

/// `--otio`, `--fcpxml` and their like.
[[nodiscard]] bool wants_interchange(const ExportOptions& options);

/// The storyboard as files for editing suites, with its media. `folder` is where they go without `--output`.
[[nodiscard]] core::Result<Exported> export_interchange_files(const core::Project& project, const ExportOptions& options,
                                                              const media::ExportServices& services,
                                                              const std::filesystem::path& folder, ProgressDisplay& display,
                                                              std::stop_token stop);

/// What `--sign` and its like ask for; `locate` finds reference pictures.
[[nodiscard]] media::ProvenanceOptions provenance_of(const ExportOptions& options, media::SoundMixer::Locate locate);

/// What is done to a clip that is exported again, by the recipes that it carries.
[[nodiscard]] std::vector<media::Finisher> clip_finishers(const ExportOptions& options, const media::ProvenanceNotes& notes);

/// `--show-metadata`: what an export of the project or the clip would tell, as lines (or JSON); nothing is written.
[[nodiscard]] core::Result<std::string> shown_metadata(const ExportOptions& options);

}  // namespace kinora::cli

#endif
