#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "core/project/project.h"
#include "core/prompt/expand.h"
#include "core/prompt/wildcards.h"

namespace kinora::core {

/// What a shot's prompt is expanded with: the clip's length, the model's abilities, the cast-and-style page, the artist's
/// wildcards and a seed.
[[nodiscard]] PromptContext prompt_context(const Project& project, const Shot& shot, const ModelCapabilities& model,
                                           const Wildcards& wildcards, std::uint64_t seed);

/// The same for its negative prompt, which takes neither weights nor time ranges.
[[nodiscard]] PromptContext negative_prompt_context(const Project& project, const Shot& shot, const ModelCapabilities& model,
                                                    const Wildcards& wildcards, std::uint64_t seed);

/// What the engine is asked for when a take of the shot is made: prompts expanded, so that no bracket of the grammar reaches
/// a model. `invalid_argument` with the first thing that is wrong in a prompt.
[[nodiscard]] Result<GenerationRequest> shot_request(const Project& project, const Shot& shot,
                                                     const ModelCapabilities& model, const Wildcards& wildcards,
                                                     std::uint64_t seed);

}  // namespace kinora::core
