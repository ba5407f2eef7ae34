#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// Edits of the storyboard as free functions. The track is magnetic: shots lie end to end, every edit ripples. Each either
/// does its work or returns an error (`not_found`, `invalid_argument`) and leaves the project as it was. Indices count
/// shots; source frames are frames of the shot's selected take. Markers and sounds stay at their project frames. A
/// transition travels with the shot that it leads to; an edit that leaves it less room shortens what is seen of it
/// (`Transition`). Gaps and still pictures have no media to run out of: trims make them as long as asked.

/// Inserts before `index` (clamped to the end). A shot without an id gets one; an id that is taken is refused.
///
///     | A | B |   + X at 1   →   | A | X | B |
[[nodiscard]] Result<void> insert_shot(Project& project, std::size_t index, Shot shot);

/// Ripple delete of all the named shots.
///
///     | A | B | C |   − B   →   | A | C |
[[nodiscard]] Result<void> remove_shots(Project& project, const std::vector<std::string>& ids);

/// Takes the named shots out, in their order, and puts them before what was at `index` before the move (0 … size).
///
///     | A | B | C | D |   {A}, 3   →   | B | C | A | D |
[[nodiscard]] Result<void> move_shots(Project& project, const std::vector<std::string>& ids, std::size_t index);

/// Sets the in point. Limited to the media and to at least one frame before the out point; gives the frame it became (a
/// gap's or a still picture's in may be negative: it grows by that, and begins at 0 again).
///
///     media   ░░░░░░░░░░░░░░        ░░░░░░░░░░░░░░
///     before    |██A███|█B█|        after |█A█|█B█|     in moved right: A is shorter, B follows
[[nodiscard]] Result<std::int64_t> trim_in(Project& project, std::string_view id, std::int64_t first);

/// Sets the out point (half-open: the first frame no longer shown). Limited to the media and to at least one frame after the
/// in point; gives the frame it became.
///
///     before  |██A███|█B█|          after |██A█|█B█|
[[nodiscard]] Result<std::int64_t> trim_out(Project& project, std::string_view id, std::int64_t end);

/// Rolls the cut between a shot and its right neighbour by `delta` project frames: one grows by what the other loses, the
/// total stays. Limited by both media and by the transitions, which keep their lengths; gives the project frames it really
/// moved.
///
///     before  |██A███|█B███|        after |██A█████|█B█|
[[nodiscard]] Result<std::int64_t> roll_cut(Project& project, std::string_view left_id, std::int64_t delta);

/// Slips the media under a shot by `delta` source frames: in and out move together. Gives what it really moved.
///
///     media   ░░░░░░░░░░░░          ░░░░░░░░░░░░
///     before    |A███|              after  |A███|
[[nodiscard]] Result<std::int64_t> slip(Project& project, std::string_view id, std::int64_t delta);

/// Cuts the shot under a project frame in two. Both keep the takes; the second gets a new id, which is given back. With
/// repeated frames the cut falls before the source frame shown there; where a source frame lasts no whole number of project
/// frames (16 fps at 24) the two halves can be one project frame longer than the whole. `invalid_argument` where it would
/// leave a side empty or cut into a transition. The cut has no transition.
///
///     | A███████ |   at x   →   | A██ | A'████ |
[[nodiscard]] Result<std::string> split_at(Project& project, std::int64_t frame);

/// Puts a copy with a new id right behind; gives the id.
///
///     | A | B |   A   →   | A | A' | B |
[[nodiscard]] Result<std::string> duplicate_shot(Project& project, std::string_view id);

/// Ripple trims to the playhead (Q and W): the part of the shot under `frame` before it (or from it on) is taken away.
[[nodiscard]] Result<void> trim_start_to(Project& project, std::int64_t frame);
[[nodiscard]] Result<void> trim_end_to(Project& project, std::int64_t frame);

/// Adds a marker (kept in order), moves or changes one, removes one.
[[nodiscard]] Result<std::string> add_marker(Project& project, std::int64_t frame, std::string note = {});
[[nodiscard]] Result<void> change_marker(Project& project, std::string_view id, std::int64_t frame, std::string note);
[[nodiscard]] Result<void> remove_marker(Project& project, std::string_view id);

}  // namespace kinora::core
