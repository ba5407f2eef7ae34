#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// How another program ended.
struct ProgramEnd {
    int exit_code = 0;  ///< 128 + the signal's number where one ended it
    std::string out;
    std::string err;
};

/// Runs another program (found in PATH, no shell) with nothing to read, to its end. `environment` holds "NAME=value" pairs
/// that are added to the present ones. `not_found` if there is no such program; `cancelled` if stopped, which ends it. Of
/// either output the first 16 MiB are kept.
[[nodiscard]] Result<ProgramEnd> run_program(const std::vector<std::string>& command,
                                             const std::vector<std::string>& environment = {},
                                             const std::stop_token& stop = {});

}  // namespace kinora::core
