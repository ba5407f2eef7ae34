#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// Starts writing the local log: `state_dir()/kinora.log`, or `file` where given. Rotates at 1 MB and keeps two older files.
/// Nothing leaves the machine. Before this call (and in tests) messages go nowhere. Call it once, from `main`.
Result<void> start_log(std::filesystem::path file = {});

/// One line each, with time and level. Thread-safe, never throw. Prompts don't belong in a log: they can be private.
void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

/// The file in use; empty before `start_log`.
[[nodiscard]] std::filesystem::path log_file();

/// The last `lines` lines of the log, for "Copy diagnostics".
[[nodiscard]] std::string log_tail(int lines = 200);

}  // namespace kinora::core
