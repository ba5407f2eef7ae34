#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// What became of an imported file on the storyboard.
struct PlacedMedia {
    std::string shot;   ///< id; empty for sound
    std::string sound;  ///< id of the sound clip; empty where it has no sound
};

/// Puts a listed asset onto the storyboard as one edit: a video or a picture as a shot before `index`, a video's own sound
/// beneath it; sound alone at `frame`, on the first track with room. `still_frames` is how long a picture lasts.
[[nodiscard]] Result<PlacedMedia> place_media(Project& project, std::string_view asset_id, std::size_t index,
                                              std::int64_t frame, std::int64_t still_frames = 120);

}  // namespace kinora::core
