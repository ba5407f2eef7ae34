#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/project/project.h"
#include "core/storyboard/layout.h"

namespace kinora::core {

/// Project frames that a drag sticks to: starts and ends of shots and of sound clips (but `except`, the one that is
/// dragged), markers, the playhead where given, and 0. Ascending, each once.
[[nodiscard]] std::vector<std::int64_t> snap_points(const Project& project, const Layout& layout,
                                                    std::optional<std::int64_t> playhead = {}, std::string_view except = {});

/// The nearest point within `tolerance` frames (of two as near the earlier); nothing otherwise. The interface turns about
/// 10 pixels into frames. `points` ascending.
[[nodiscard]] std::optional<std::int64_t> snap(std::int64_t frame, const std::vector<std::int64_t>& points,
                                               std::int64_t tolerance);

}  // namespace kinora::core
