#include "core/project/shot_prompt.h"

#include <utility>

#include "core/project/shot_request.h"

namespace kinora::core {

PromptContext prompt_context(const Project& project, const Shot& shot, const ModelCapabilities& model,
                             const Wildcards& wildcards, std::uint64_t seed)
{
    PromptContext context;
    context.rate = shot.settings.rate.value_or(model.rate);
    context.frames = shot.settings.frames.value_or(model.default_frames);
    context.seed = seed;
    context.variables = project.settings.variables;
    context.wildcards = wildcards.lines;
    context.common = project.settings.common_prompt;
    context.takes_weights = model.prompt_weights;
    context.takes_times = model.prompt_times;
    return context;
}

PromptContext negative_prompt_context(const Project& project, const Shot& shot, const ModelCapabilities& model,
                                      const Wildcards& wildcards, std::uint64_t seed)
{
    PromptContext context = prompt_context(project, shot, model, wildcards, seed);
    context.common = project.settings.common_negative_prompt;
    context.takes_weights = false;
    context.takes_times = false;
    return context;
}

Result<GenerationRequest> shot_request(const Project& project, const Shot& shot, const ModelCapabilities& model,
                                       const Wildcards& wildcards, std::uint64_t seed)
{
    auto prompt = expand_prompt(shot.prompt, prompt_context(project, shot, model, wildcards, seed));
    if (!prompt) return prompt.error();
    const auto negative =
        expand_prompt(shot.negative_prompt, negative_prompt_context(project, shot, model, wildcards, seed));
    if (!negative) return make_error(ErrorKind::invalid_argument, "In the negative prompt: " + negative.error().message);
    GenerationRequest request = request_for(shot, std::move(prompt->spans), seed);
    request.negative_prompt = negative->plain;
    return request;
}

}  // namespace kinora::core
