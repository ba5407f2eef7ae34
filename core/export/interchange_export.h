#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/export/plan_run.h"
#include "core/interchange/cut.h"

namespace kinora::media {

/// Files for editing suites.
enum class InterchangeFormat { otio, otioz, fcpxml, xmeml, edl };

/// "otio", "otioz", "fcpxml", "xml", "edl".
[[nodiscard]] std::string extension_of(InterchangeFormat format);

/// A storyboard for an editing suite: one file a format, and a folder of media beside them that all of them name.
///
///     Film.otio  Film.fcpxml  Film.xml  Film.edl
///     Film-media/001_harbour_take1.mov  …  sound_sea.wav
struct InterchangeExport {
    std::set<InterchangeFormat> formats{InterchangeFormat::otio};
    std::filesystem::path file;  ///< "out/Film": the formats' endings are put to it (one of them is taken away first)
    std::string preset = std::string(k_default_preset);  ///< of the media: a movie preset
    std::int64_t handles = 24;                           ///< project frames
    std::string start = "01:00:00:00";
    core::TimecodeStyle timecode = core::TimecodeStyle::non_drop;
    bool all_takes = true;  ///< in OTIO and FCPXML; the others know one
    bool recipe = true;     ///< prompts, seeds and models are written
    OverwritePolicy overwrite = OverwritePolicy::refuse;
};

struct InterchangeOutcome {
    std::vector<std::filesystem::path> files;
    std::filesystem::path media;  ///< the folder; empty if all media are in an OTIOZ
    int media_files = 0;
    std::vector<std::string> notes;
};

/// Renders every take that is named, at the project's rate, from the best frames there are, and writes the files. All or
/// nothing: until everything is there, nothing stands under its name. Blocks: call it from a worker. Progress counts frames.
/// Errors: `invalid_argument` (empty storyboard, a preset of single pictures), `already_exists`, those of `export_clip`.
[[nodiscard]] core::Result<InterchangeOutcome> export_interchange(const core::Project& project, const InterchangeExport& job,
                                                                  const ExportServices& services,
                                                                  const WriteProgress& progress = {},
                                                                  std::stop_token stop = {});

}  // namespace kinora::media
