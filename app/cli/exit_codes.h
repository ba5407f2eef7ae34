#pragma once

#include "core/base/error.h"

namespace kinora::cli {

/// What the program returns to the shell.
enum ExitCode : int { exit_done = 0, exit_failed = 1, exit_usage = 2, exit_cancelled = 130 };

/// 130 for a cancelled run, 2 for arguments that can't be, otherwise 1.
[[nodiscard]] inline int exit_code(const core::Error& error)
{
    if (error.kind == core::ErrorKind::cancelled) return exit_cancelled;
    if (error.kind == core::ErrorKind::invalid_argument) return exit_usage;
    return exit_failed;
}

}  // namespace kinora::cli
