#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/interchange/timeline.h"
#include "core/project/project_store.h"

namespace kinora::core {

/// Looks at a media file: `media::describe_media`, or a test's.
using DescribeMedia = std::function<Result<Asset>(const std::filesystem::path& file, std::stop_token stop)>;

/// Brings the media of an imported timeline into a project folder. Takes whose own files are there stay as they are; for
/// others the file that the timeline names below `folder` is copied into media/ and becomes an asset that the take shows; a
/// take without any file is dropped, a shot without takes is to be generated. Links that lead out of `folder` count as
/// missing. Copies files: not for the UI thread. Errors: `disk_full`, `io`, `cancelled`, `unsupported` (read-only project).
[[nodiscard]] Result<ImportedTimeline> settle_timeline(ImportedTimeline timeline, const std::filesystem::path& folder,
                                                       const ProjectStore& store, const DescribeMedia& describe,
                                                       const std::stop_token& stop = {});

/// Puts a settled timeline into a project, as one edit: an empty project takes over its rate, size, shots, sound, markers
/// and variables; otherwise its shots follow the last one, its sounds and markers with them. Ids that are taken are drawn
/// anew. Gives the ids of the new shots.
[[nodiscard]] Result<std::vector<std::string>> merge_timeline(Project& project, const Project& imported);

/// Reads `.otio`, `.otioz` or `.edl`. The media of an OTIOZ are unpacked into `unpacked`, an empty folder, which is then the
/// timeline's folder. `rate` is an EDL's. Errors: those of the readers.
struct OpenedTimeline {
    ImportedTimeline timeline;
    std::filesystem::path folder;
};
[[nodiscard]] Result<OpenedTimeline> open_timeline(const std::filesystem::path& file, FrameRate rate,
                                                   const std::filesystem::path& unpacked, const std::stop_token& stop = {});

/// True for a name that `open_timeline` reads.
[[nodiscard]] bool is_timeline(const std::filesystem::path& file);

}  // namespace kinora::core
