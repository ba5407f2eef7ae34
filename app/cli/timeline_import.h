#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/project_store.h"

namespace kinora::cli {

/// Reads a timeline (`.otio`, `.otioz`, `.edl`) into an open project and saves it: an empty project becomes the timeline's
/// storyboard, otherwise its shots follow the last one. An EDL is read at the project's rate. Gives sentences about what
/// couldn't be taken over.
[[nodiscard]] core::Result<std::vector<std::string>> import_timeline(core::OpenedProject& film,
                                                                     const std::filesystem::path& file,
                                                                     const std::stop_token& stop);

/// Opens the project that files are imported into; where there is none yet and the first file is a timeline, makes it.
[[nodiscard]] core::Result<core::OpenedProject> project_for_import(const std::filesystem::path& folder,
                                                                   const std::vector<std::filesystem::path>& files);

}  // namespace kinora::cli
