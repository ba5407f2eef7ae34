#pragma once

#include <vector>

#include "core/export/presets.h"

namespace kinora::media {

/// The table of `presets()`, made.
[[nodiscard]] std::vector<Preset> make_presets();

}  // namespace kinora::media
