#pragma once

#include <string>
#include <vector>

#include "core/export/interchange_export.h"
#include "core/export/plan_run.h"
#include "core/export/provenance_finishers.h"
#include "core/project/project.h"
#include "tests/media/media_fixtures.h"

namespace kinora::tests {

/// Two shots that dissolve, the first with two takes, and a sound; and what exporting them needs. Takes are numbered clips.
struct Film {
    TemporaryFolder folder;
    core::Project project;
    media::ExportServices services;
    media::ProvenanceNotes notes = std::make_shared<std::vector<std::string>>();

    explicit Film(int width = 128, int height = 64);

    /// A shot with a take for each rate, 24 frames long each, the first one selected.
    void add(const std::string& prompt, const std::vector<core::FrameRate>& rates, core::FrameRange range);
    [[nodiscard]] media::WrittenFile export_first_shot(const std::string& preset, bool recipe = true) const;
    /// Every format for editing suites.
    [[nodiscard]] media::InterchangeExport all() const;
};

}  // namespace kinora::tests
