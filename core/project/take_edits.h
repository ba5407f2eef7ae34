#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// Edits inside one shot. All return `not_found` if shot or take isn't there and leave the project as it was.

/// What happens to the shot's in and out when another take is selected: a range over the whole old take covers the whole new
/// one, another keeps its place in time as far as the new take is long enough.
[[nodiscard]] FrameRange range_for_source(FrameRange range, ShotSource from, ShotSource to);

/// Adds a take (its `number` is set to the next free one), and selects it if `select` or if it is the first. A gap becomes
/// an ordinary shot.
enum class Selection { keep, select };
void add_take(Shot& shot, Take take, Selection selection);

[[nodiscard]] Result<void> select_take(Project& project, std::string_view shot_id, std::string_view take_id);
[[nodiscard]] Result<void> star_take(Project& project, std::string_view shot_id, std::string_view take_id, bool starred);
/// Takes it from the list only: its files stay until a clean-up, so that undo brings it back. If it was selected, the newest
/// other one is.
[[nodiscard]] Result<void> remove_take(Project& project, std::string_view shot_id, std::string_view take_id);

[[nodiscard]] Result<void> set_prompt(Project& project, std::string_view shot_id, std::string prompt);
[[nodiscard]] Result<void> set_negative_prompt(Project& project, std::string_view shot_id, std::string prompt);
[[nodiscard]] Result<void> rename_shot(Project& project, std::string_view shot_id, std::string name);
/// A shot without a take follows the planned length with its range.
[[nodiscard]] Result<void> set_settings(Project& project, std::string_view shot_id, ShotSettings settings);

/// The settings that a take was made with, for "use these settings"; the shot's own where the take was imported.
[[nodiscard]] ShotSettings settings_of_take(const Shot& shot, const Take& take);

/// An imported clip that tells how it was made: its selected take gets the recipe, the shot prompts and settings, so that it
/// can be generated again. Nothing happens without a selected take.
void take_over_recipe(Shot& shot, const Recipe& recipe);

}  // namespace kinora::core
