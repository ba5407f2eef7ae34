#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// Kinora's own folders below the XDG base directories (https://specifications.freedesktop.org/basedir-spec/). They are not
/// created by these functions; a relative or empty environment variable is ignored, as the specification asks.
[[nodiscard]] std::filesystem::path data_dir();  ///< models, projects: `$XDG_DATA_HOME/kinora`, else `~/.local/share/kinora`
[[nodiscard]] std::filesystem::path config_dir();  ///< preferences: `$XDG_CONFIG_HOME/kinora`, else `~/.config/kinora`
[[nodiscard]] std::filesystem::path
cache_dir();  ///< what can be made again: `$XDG_CACHE_HOME/kinora`, else `~/.cache/kinora`
[[nodiscard]] std::filesystem::path
state_dir();  ///< log, queue, window: `$XDG_STATE_HOME/kinora`, else `~/.local/state/kinora`

/// Where new projects go unless told otherwise: `~/Videos/Kinora` where `~/Videos` exists, else `data_dir()/projects`.
[[nodiscard]] std::filesystem::path default_projects_dir();

/// The folder with Kinora's resources (models/starter, fonts, icons). Looked for in `$KINORA_RESOURCES`, then in
/// `share/kinora` beside the folder of the program, then in the source tree it was built from. `not_found` names all three.
[[nodiscard]] Result<std::filesystem::path> resources_dir();

/// Paths and UTF-8 text, whatever the locale.
[[nodiscard]] std::filesystem::path path_from_utf8(std::string_view text);
[[nodiscard]] std::string path_to_utf8(const std::filesystem::path& path);

}  // namespace kinora::core
