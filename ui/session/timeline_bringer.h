#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "core/interchange/timeline.h"
#include "core/project/project_store.h"

namespace kinora::ui {

/// Reads a timeline (`.otio`, `.otioz`, `.edl`) and brings its media into the project's folder; `core::merge_timeline` puts
/// it into the document. An EDL is read at `rate`. Blocks: not for the UI thread.
[[nodiscard]] core::Result<core::ImportedTimeline> bring_timeline(const core::ProjectStore& store,
                                                                  const std::filesystem::path& file, core::FrameRate rate,
                                                                  std::stop_token stop = {});

}  // namespace kinora::ui
