#pragma once

#include "app/cli/commands.h"

namespace kinora::cli {

/// `project import`, `missing`, `relink`, `collect`, `disk` and `clean`, below the `project` command.
void add_project_files(CLI::App& project, Run& run);

}  // namespace kinora::cli
