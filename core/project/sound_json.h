#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/json_reader.h"
#include "core/project/project.h"

namespace kinora::core {

/// Assets, sound tracks and transitions of a project file; parts of `to_json(Project)` and `project_from_json`. Readers
/// check every type and range through the `JsonReader`; what breaks a rule between values (a fade longer than its clip) is
/// mended by `repair_sound`.
[[nodiscard]] nlohmann::json to_json(const Asset& asset);
[[nodiscard]] nlohmann::json to_json(const SoundTrack& track);
[[nodiscard]] nlohmann::json to_json(const Transition& transition);
void read_asset(JsonReader& reader, Asset& asset);
void read_sound_track(JsonReader& reader, SoundTrack& track);
void read_transition(JsonReader& reader, Transition& transition);

/// "range": [first, end], for shots and sound clips.
void read_range(JsonReader& reader, const char* key, FrameRange& range, std::int64_t most = k_endless);

/// Drops sound clips without a usable asset, moves those that lie over another behind it, shortens fades. Each repair is a
/// sentence.
void repair_sound(Project& project, std::vector<std::string>& repairs);

}  // namespace kinora::core
