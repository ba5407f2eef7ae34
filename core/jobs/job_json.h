#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace kinora::core {

/// The queue's file. Progress isn't kept; a running job is written as waiting, because that is what it is after a restart.
[[nodiscard]] std::string jobs_to_text(const std::vector<Job>& jobs);

/// Reads it back; `corrupt` or `unsupported` names the reason. `what` names the file in messages.
[[nodiscard]] Result<std::vector<Job>> jobs_from_text(std::string_view text, std::string_view what);

}  // namespace kinora::core
