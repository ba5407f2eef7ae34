#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// Edits of assets and sound tracks. Each does its work or returns an error (`not_found`, `invalid_argument`) and leaves the
/// project as it was. Clips never lie over each other: one that is placed or moved onto others goes to the next track below
/// with room there, or to a new one at the end; one that is trimmed stops at its neighbour.

/// Lists an imported file; gives its id. A file with the same sum and size is listed once: the id it has is given.
[[nodiscard]] Result<std::string> add_asset(Project& project, Asset asset);
/// Takes an asset from the list; its file stays. `invalid_argument` while a shot or a sound clip uses it.
[[nodiscard]] Result<void> remove_asset(Project& project, std::string_view asset_id);
[[nodiscard]] bool is_asset_used(const Project& project, std::string_view asset_id);

/// Adds an empty track before `index` (clamped to the end); gives its id. Without a name it is called "Sound 1" and so on.
[[nodiscard]] Result<std::string> add_sound_track(Project& project, std::size_t index = SIZE_MAX, std::string name = {});
/// Removes a track with its clips.
[[nodiscard]] Result<void> remove_sound_track(Project& project, std::string_view track_id);
[[nodiscard]] Result<void> rename_sound_track(Project& project, std::string_view track_id, std::string name);
[[nodiscard]] Result<void> mute_sound_track(Project& project, std::string_view track_id, bool mute);
/// Limited to `k_least_gain_db` … `k_most_gain_db`.
[[nodiscard]] Result<void> set_sound_track_gain(Project& project, std::string_view track_id, float gain_db);

/// Where a clip is.
struct SoundPlace {
    std::size_t track = 0;
    std::size_t clip = 0;
};
[[nodiscard]] std::optional<SoundPlace> find_sound_clip(const Project& project, std::string_view clip_id);
[[nodiscard]] std::optional<std::size_t> find_sound_track(const Project& project, std::string_view track_id);

/// Places an asset's sound (all of it, or `source`) at a project frame; gives the clip's id. An empty or unknown `track_id`
/// means the first track. `invalid_argument` if the asset has no sound there.
[[nodiscard]] Result<std::string> place_sound(Project& project, std::string_view track_id, std::string_view asset_id,
                                              std::int64_t start, std::optional<SampleRange> source = {});
/// Moves a clip in time (not before 0) and to a track (empty: the one it is on); gives the start it got.
[[nodiscard]] Result<std::int64_t> move_sound(Project& project, std::string_view clip_id, std::string_view track_id,
                                              std::int64_t start);
/// Moves many by the same number of frames, as far as none would lie before 0; each stays on its track where it has room.
/// Gives what they moved.
[[nodiscard]] Result<std::int64_t> move_sounds(Project& project, const std::vector<std::string>& clip_ids,
                                               std::int64_t delta);
/// Moves the clip's first frame; what is heard at each moment stays. Limited to its media, its neighbour and one frame
/// before its end; fades are shortened to fit. Gives the frame it became.
[[nodiscard]] Result<std::int64_t> trim_sound_start(Project& project, std::string_view clip_id, std::int64_t frame);
/// The same for its end (half-open).
[[nodiscard]] Result<std::int64_t> trim_sound_end(Project& project, std::string_view clip_id, std::int64_t frame);
/// Plays another part of the media at the same place: both ends move by `samples`, limited to the media. Gives what it
/// moved.
[[nodiscard]] Result<std::int64_t> slip_sound(Project& project, std::string_view clip_id, std::int64_t samples);
/// Cuts a clip at a project frame; the right part gets a new id, which is given. The fade in stays with the left part, the
/// fade out with the right one. `invalid_argument` where a side would be empty.
[[nodiscard]] Result<std::string> split_sound(Project& project, std::string_view clip_id, std::int64_t frame);
/// Fades in project frames, limited to the clip's length together; where both don't fit, the one that wasn't changed gives
/// way.
[[nodiscard]] Result<void> fade_sound(Project& project, std::string_view clip_id, std::int64_t fade_in,
                                      std::int64_t fade_out);
[[nodiscard]] Result<void> set_sound_gain(Project& project, std::string_view clip_id, float gain_db);
[[nodiscard]] Result<void> mute_sound(Project& project, std::string_view clip_id, bool mute);
/// Removes clips; their tracks stay.
[[nodiscard]] Result<void> remove_sounds(Project& project, const std::vector<std::string>& clip_ids);
/// Puts a copy right behind a clip (or on another track with room); gives its id.
[[nodiscard]] Result<std::string> duplicate_sound(Project& project, std::string_view clip_id);

/// Where the last sound ends, in project frames; 0 without sound.
[[nodiscard]] std::int64_t sound_end(const Project& project);

}  // namespace kinora::core
