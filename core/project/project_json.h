#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::core {

/// The version of project.json that this Kinora writes. 2: gaps, transitions, assets and sound tracks, which a Kinora that
/// knows only 1 would lose.
inline constexpr int k_project_format = 2;

/// A project read from JSON and what was noticed on the way.
struct ParsedProject {
    Project project;
    int format = k_project_format;     ///< larger than `k_project_format`: a newer Kinora wrote it; to be opened read-only
    std::vector<std::string> repairs;  ///< sentences: a range that left its media, a selected take that isn't there
};

/// The whole document as JSON, unknown keys included.
[[nodiscard]] nlohmann::json to_json(const Project& project);

/// Reads a document from outside: every type, range and id is checked, paths must stay inside the project folder. `corrupt`
/// names the key that is wrong. Keys this Kinora doesn't know are kept. A file of a newer format is read as far as it is
/// understood.
[[nodiscard]] Result<ParsedProject> project_from_json(const nlohmann::json& json);

/// One shot alone, for the clipboard; the same checks.
[[nodiscard]] nlohmann::json to_json(const Shot& shot);
[[nodiscard]] Result<Shot> shot_from_json(const nlohmann::json& json);

/// True for a relative path of ordinary names (no root, no `..`, no empty or absolute part, no NUL) that stays in its
/// folder.
[[nodiscard]] bool is_safe_relative_path(std::string_view path);

/// True for what an asset's file may be: safe and relative, or absolute without NUL.
[[nodiscard]] bool is_asset_path(std::string_view path);

}  // namespace kinora::core
