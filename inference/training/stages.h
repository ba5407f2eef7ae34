#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::training {

/// Runs the stage `wanted` of a training, or, for "all" (which `stages` begins with), every one in order. A training that
/// was stopped between two is `cancelled`, an unknown stage `invalid_argument`.
[[nodiscard]] core::Result<void> run_stages(const std::vector<std::string>& stages, const std::string& wanted,
                                            const std::function<core::Result<void>(const std::string&)>& run,
                                            const std::stop_token& stop);

}  // namespace kinora::training
