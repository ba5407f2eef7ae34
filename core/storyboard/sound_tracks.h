#pragma once

#include <cstdint>
#include <string_view>

#include "core/project/project.h"

namespace kinora::core {

/// Helpers shared by the sound edits.

/// Puts a clip onto the first track from `track` downwards that has room for it, or onto a new one at the end.
void put_on_free_track(Project& project, std::size_t track, SoundClip clip);

/// Shortens fades to the clip's length; where both don't fit, `fade_out` gives way.
void fit_fades(SoundClip& clip, FrameRate project_rate);

/// A new empty track with the next free name.
[[nodiscard]] SoundTrack new_track(const Project& project);

/// The first project frame that begins at a sample or later.
[[nodiscard]] std::int64_t frame_from_sample(std::int64_t sample, FrameRate project_rate);

}  // namespace kinora::core
