#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// A file that an imported timeline shows or plays. It belongs to a take or to a sound clip of the timeline's project.
struct TimelineMedia {
    std::string shot;         ///< id; empty for sound
    std::string take;         ///< id of the take that shows it
    std::string sound;        ///< id of the sound clip that plays it
    std::string file;         ///< relative to the timeline's folder: never absolute, never with `..`
    FrameRange shown;         ///< frames of the file, at the project's rate
    std::int64_t sample = 0;  ///< of sound: the sample of the original asset with which the file begins
};

/// What was read from a timeline of another program (or of Kinora's). The project keeps all rules of a document
/// (`check_invariants`); shots without media are to be generated, and their prompt is the clip's name. Takes that the file
/// brings as media aren't in `project` yet: `settle_timeline` looks for the files.
struct ImportedTimeline {
    Project project;
    std::vector<TimelineMedia> media;
    std::vector<std::string> notes;  ///< sentences: what couldn't be taken over
};

/// Largest timelines that are read.
inline constexpr std::uint64_t k_longest_timeline = std::uint64_t{64} << 20U;

/// Reads OpenTimelineIO JSON, schemas of releases 0.12 to 0.18. What Kinora wrote comes back as the same storyboard; a clip
/// that was changed since keeps its prompt and takes and gets the in and out of the file. Errors: `corrupt`, `unsupported`
/// (no timeline in it). `name` is the file, for messages.
[[nodiscard]] Result<ImportedTimeline> read_otio(std::string_view text, std::string_view name);

/// Reads a CMX 3600 edit decision list at a frame rate, which the format doesn't tell.
[[nodiscard]] Result<ImportedTimeline> read_edl(std::string_view text, std::string_view name, FrameRate rate);

/// A link of a timeline as a path below its folder; empty for what leads elsewhere (absolute, `..`, another scheme).
[[nodiscard]] std::string path_of_url(std::string_view url);

}  // namespace kinora::core
