#pragma once

#include "app/cli/commands.h"

namespace kinora::cli {

/// `project add` (a shot) and `project render` (takes for the shots that have none), below the `project` command.
void add_project_work(CLI::App& project, Run& run);

}  // namespace kinora::cli
