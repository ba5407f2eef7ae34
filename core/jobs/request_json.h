#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::core {

/// A request as JSON, for jobs that survive a restart. Unset optionals are left out. Conditioning pictures are kept by their
/// source and hash; whoever runs the job loads them again.
[[nodiscard]] nlohmann::json to_json(const GenerationRequest& request);

/// Reads it back; `corrupt` names the key that is wrong.
[[nodiscard]] Result<GenerationRequest> request_from_json(const nlohmann::json& json);

}  // namespace kinora::core
