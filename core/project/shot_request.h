#pragma once

#include <vector>

#include "core/generation/request.h"
#include "core/project/project.h"

namespace kinora::core {

/// What the engine is asked for when a take of the shot is made: its settings, its expanded prompt and a seed. References
/// are named by file only; whoever runs the request reads their pictures.
[[nodiscard]] GenerationRequest request_for(const Shot& shot, std::vector<PromptSpan> prompt, std::uint64_t seed);

}  // namespace kinora::core
