#pragma once

#include <cstdint>
#include <string>

#include "core/interchange/timeline.h"

namespace kinora::core {

/// Pieces that the readers of timelines share.

/// Longest timeline, clip and offset that is believed, in frames; larger numbers are cut to it.
inline constexpr std::int64_t k_longest_clip = 10'000'000;

/// One line of at most 500 bytes of valid UTF-8 from outside.
[[nodiscard]] std::string clean_text(std::string_view text);

/// A shot that is to be generated: as long as the clip, its prompt the clip's name.
[[nodiscard]] Shot wanted_shot(const std::string& name, std::int64_t frames, FrameRate project_rate);

/// Gives every id that is missing or taken a new one, drops transitions that can't be, puts what is left in order: whatever
/// came from the file, the project keeps the rules of a document afterwards.
void tidy(ImportedTimeline& timeline);

}  // namespace kinora::core
