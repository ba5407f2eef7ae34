#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// Edits of the cast-and-style page: the variables (`$hero`) and the prompts that all shots share. They leave the project as
/// it was where they fail.

/// Adds or changes a variable. `invalid_argument` if the name can't be one.
[[nodiscard]] Result<void> set_variable(Project& project, std::string_view name, std::string text);

/// Renames a variable and every use of it: in prompts and negative prompts of all shots, in the project-wide ones and in
/// other variables. `already_exists` if another one has that name, `not_found` if there is no `from`.
[[nodiscard]] Result<void> rename_variable(Project& project, std::string_view from, std::string_view to);

/// Removes a variable; its uses stay as typed, and are underlined from then on.
[[nodiscard]] Result<void> remove_variable(Project& project, std::string_view name);

/// The prompts that are added to every shot's.
[[nodiscard]] Result<void> set_common_prompt(Project& project, std::string text);
[[nodiscard]] Result<void> set_common_negative_prompt(Project& project, std::string text);

/// How many shots use a variable, directly or through others; all of them if the project-wide prompt does.
[[nodiscard]] std::size_t shots_using(const Project& project, std::string_view name);

/// A name that no variable has yet: "name", "name_2", "name_3" …
[[nodiscard]] std::string free_variable_name(const Project& project, std::string_view name);

}  // namespace kinora::core
