#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// Edits of many shots, gaps and transitions; like those of `edits.h`: each does its work or returns an error and leaves the
/// project as it was. Ripple delete and reordering of many are `remove_shots` and `move_shots`.

/// Takes the named shots away and leaves gaps of the same length, so that nothing after them moves. Transitions at both
/// sides go with them; gaps that then lie side by side become one. A gap that is named stays.
///
///     | A | B | C |   − B   →   | A |░░░| C |
[[nodiscard]] Result<void> lift_shots(Project& project, const std::vector<std::string>& ids);

/// Puts copies of the named shots, in their order, behind the last of them; gives the new ids.
///
///     | A | B | C |   A, B   →   | A | B | A' | B' | C |
[[nodiscard]] Result<std::vector<std::string>> duplicate_shots(Project& project, const std::vector<std::string>& ids);

/// Puts shots (from a clipboard, from files) before `index`, in their order. Ids that are missing or taken are drawn anew;
/// their assets have to be in the project. Gives the ids they have now.
[[nodiscard]] Result<std::vector<std::string>> insert_shots(Project& project, std::size_t index, std::vector<Shot> shots);

/// Inserts a gap at a project frame, splitting the shot there; what follows moves. Gives the gap's id. `invalid_argument`
/// inside a transition and for a length below 1.
///
///     | A███████ |   at x   →   | A██ |░░░| A'████ |
[[nodiscard]] Result<std::string> insert_gap(Project& project, std::int64_t frame, std::int64_t length);

/// Makes a range of project frames empty; nothing after it moves. Shots that reach into it are cut there (where frames are
/// repeated, at the nearest source frame, and the gap fills what is missing). Beyond the end nothing is added. Gives the
/// gap's id. `invalid_argument` if an end lies inside a transition or the range is empty.
///
///     | A████ | B | C████ |   →   | A██ |░░░░░░░| ██ |
[[nodiscard]] Result<std::string> overwrite_with_gap(Project& project, FrameRange range);

/// Sets the length of a gap or of a still picture in project frames (to the nearest of its own); at least one.
[[nodiscard]] Result<void> set_length(Project& project, std::string_view id, std::int64_t frames);

/// Sets the transition at a shot's start. The length is limited to what both neighbours have now (`Layout` says how it is
/// seen later); gives the length it became. A length of 0 and the kind `cut` mean a cut. `invalid_argument` for the first
/// shot, and where nothing fits.
[[nodiscard]] Result<std::int64_t> set_transition(Project& project, std::string_view id, TransitionKind kind,
                                                  std::int64_t frames);

/// The longest transition of a kind that fits at a shot's start now; 0 for the first shot.
[[nodiscard]] std::int64_t longest_transition(const Project& project, std::string_view id, TransitionKind kind);

/// Changes the project's rate. Sound clips, fades and markers keep their place in time, to the nearest frame.
[[nodiscard]] Result<void> set_project_rate(Project& project, FrameRate rate);

}  // namespace kinora::core
