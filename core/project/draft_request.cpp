#include "core/project/draft_request.h"

#include <algorithm>
#include <cmath>

namespace kinora::core {
namespace {

/// A shot of more pixels than this many times the model's own is drawn at the model's.
constexpr double k_most_pixels = 1.5;

Error nothing_to_draw()
{
    return make_error(ErrorKind::invalid_argument, "The prompt is empty.");
}

int draft_length(const Shot& shot, const ModelCapabilities& model)
{
    const int wanted = std::min(shot.settings.frames.value_or(model.default_frames), k_draft_frames);
    const int unit = std::max(1, model.frame_multiple);
    return (std::max(1, wanted) - 1) / unit * unit + 1;
}

/// The nearest size that the model takes.
int fitting(double pixels, int unit)
{
    return std::max(1, static_cast<int>(std::lround(pixels / unit))) * unit;
}

void choose_size(GenerationRequest& request, const ModelCapabilities& model)
{
    const double width = request.width.value_or(model.default_width);
    const double height = request.height.value_or(model.default_height);
    const double usual = static_cast<double>(model.default_width) * model.default_height;
    if (width * height <= k_most_pixels * usual) return;
    const double scale = std::sqrt(usual / (width * height));
    const int unit = std::max(1, model.size_multiple);
    request.width = fitting(width * scale, unit);
    request.height = fitting(height * scale, unit);
}

/// Leaves out what is shown behind the draft's end.
void cut(GenerationRequest& request, int frames)
{
    request.frames = frames;
    std::erase_if(request.prompt, [frames](const PromptSpan& span) { return span.first_frame >= frames; });
    for (PromptSpan& span : request.prompt)
        if (span.end_frame > frames) span.end_frame = frames;
    std::erase_if(request.conditioning, [frames](const ConditioningFrame& given) { return given.frame >= frames; });
}

/// The prompt without alternatives; what is wrong in it isn't passed over with those that aren't taken.
Result<std::string> first_variant(const Project& project, const Shot& shot, const ModelCapabilities& model,
                                  const Wildcards& wildcards)
{
    const auto context = prompt_context(project, shot, model, wildcards, shot.settings.seed);
    if (const auto whole = expand_prompt(shot.prompt, context); !whole) return whole.error();
    auto variants = list_variants(shot.prompt, context, 1);
    return variants.empty() ? shot.prompt : std::move(variants.front());
}

}  // namespace

Result<GenerationRequest> draft_request(const Project& project, const Shot& shot, const ModelCapabilities& model,
                                        const Wildcards& wildcards)
{
    if (model.draft.empty()) return make_error(ErrorKind::unsupported, "The model \"" + model.model_id + "\" has no draft.");
    if (shot.prompt.find_first_not_of(" \t\r\n") == std::string::npos) return nothing_to_draw();
    Shot drawn;
    drawn.settings = shot.settings;
    // How it samples and what becomes of it afterwards are the draft's own.
    drawn.settings.steps.reset();
    drawn.settings.guidance.reset();
    drawn.settings.guidance_mode.reset();
    drawn.settings.shift.reset();
    drawn.settings.sampler.reset();
    drawn.settings.enhance = {};
    drawn.settings.loras.insert(drawn.settings.loras.begin(), LoraChoice{.file = model.draft});
    const bool locked = shot.settings.seed_mode == SeedMode::locked;
    auto words = locked ? Result<std::string>(shot.prompt) : first_variant(project, shot, model, wildcards);
    if (!words) return words.error();
    drawn.prompt = *std::move(words);
    auto request = shot_request(project, drawn, model, wildcards, shot.settings.seed);
    if (!request) return request;
    choose_size(*request, model);
    cut(*request, draft_length(shot, model));
    if (request->prompt.empty()) return nothing_to_draw();
    return request;
}

}  // namespace kinora::core
