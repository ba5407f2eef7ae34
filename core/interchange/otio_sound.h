#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/interchange/timeline.h"

namespace kinora::core {

/// Reads one sound track of an OTIO timeline, which has `children`, to the end of the project's tracks. Clips get an asset
/// that stands for their file until `settle_timeline` has found it.
void read_sound_track(const nlohmann::json& track, ImportedTimeline& timeline);

}  // namespace kinora::core
