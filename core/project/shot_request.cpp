#include "core/project/shot_request.h"

#include <utility>

namespace kinora::core {

GenerationRequest request_for(const Shot& shot, std::vector<PromptSpan> prompt, std::uint64_t seed)
{
    const ShotSettings& settings = shot.settings;
    GenerationRequest request;
    request.prompt = std::move(prompt);
    request.prompt_text = shot.prompt;
    request.negative_prompt = shot.negative_prompt;
    request.model_id = settings.model_id;
    request.width = settings.width;
    request.height = settings.height;
    request.frames = settings.frames;
    request.rate = settings.rate;
    request.steps = settings.steps;
    request.guidance = settings.guidance;
    request.guidance_mode = settings.guidance_mode;
    request.sampler = settings.sampler;
    request.shift = settings.shift;
    request.seed = seed;
    request.loras = settings.loras;
    request.enhance = settings.enhance;
    for (const auto& reference : settings.references)
        request.conditioning.push_back({reference.frame, nullptr, reference.file, reference.sha256});
    return request;
}

}  // namespace kinora::core
