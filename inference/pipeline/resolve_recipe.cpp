#include "inference/pipeline/resolve_recipe.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/text.h"
#include "inference/sampling/sampler.h"

namespace kinora::inference {
namespace {

constexpr int k_largest_side = 4096;

core::Error impossible(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

/// "160 or 192", or one of them where the other isn't possible.
std::string nearest(int below, int above, int least, int most)
{
    if (below < least) return std::to_string(std::max(above, least));
    if (above > most || above == below) return std::to_string(std::min(below, most));
    return std::to_string(below) + " or " + std::to_string(above);
}

core::Result<void> check_side(const char* side, int value, const core::ModelCapabilities& model)
{
    const int step = model.size_multiple;
    const int most = k_largest_side / step * step;
    if (value >= step && value <= most && value % step == 0) return {};
    const int below = std::clamp(value / step * step, step, most);
    const int above = std::clamp(below + (value > below ? step : 0), step, most);
    return impossible("The " + std::string(side) + " " + std::to_string(value) + " isn't possible with " + model.name +
                      ": sides are multiples of " + std::to_string(step) + " up to " + std::to_string(most) + "; try " +
                      nearest(below, above, step, most) + ".");
}

bool is_blank(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](unsigned char character) { return std::isspace(character) != 0; });
}

core::Result<void> check_prompt(const core::GenerationRequest& request, int frames)
{
    const auto blank = [](const core::PromptSpan& span) { return is_blank(span.text); };
    if (std::all_of(request.prompt.begin(), request.prompt.end(), blank))
        return impossible("The prompt is empty; say what the clip should show.");
    for (const core::PromptSpan& span : request.prompt) {
        if (!std::isfinite(span.weight) || std::abs(span.weight) > 100)
            return impossible("The weight of " + core::in_quotes(span.text) + " has to lie between -100 and 100.");
        const int end = span.end_frame < 0 ? frames : span.end_frame;
        if (span.first_frame < 0 || span.first_frame >= end || span.first_frame >= frames)
            return impossible("The time of " + core::in_quotes(span.text) + " lies outside the clip's " +
                              std::to_string(frames) + " frames.");
    }
    return {};
}

core::Result<void> check_references(const core::GenerationRequest& request, const core::ModelCapabilities& model)
{
    if (request.conditioning.empty()) return {};
    if (!model.first_frame && !model.any_frame)
        return core::make_error(
            core::ErrorKind::unsupported,
            model.name + " makes clips from text only; leave the reference picture out or choose another model.");
    for (const core::ConditioningFrame& frame : request.conditioning)
        if (!model.any_frame && frame.frame != 0)
            return core::make_error(core::ErrorKind::unsupported, model.name + " takes a picture as the first frame only.");
    return {};
}

core::Result<void> check_numbers(const core::Recipe& recipe)
{
    if (!std::isfinite(recipe.guidance) || recipe.guidance < 0 || recipe.guidance > 100)
        return impossible("The guidance has to lie between 0 and 100.");
    if (auto sampler = Sampler::create(recipe.sampler, recipe.steps, recipe.shift); !sampler) return sampler.error();
    return {};
}

}  // namespace

core::Result<void> check_size(int width, int height, const core::ModelCapabilities& model)
{
    if (auto checked = check_side("width", width, model); !checked) return checked;
    return check_side("height", height, model);
}

core::Result<void> check_length(int frames, const core::ModelCapabilities& model)
{
    const int step = model.frame_multiple;
    const int most = (model.max_frames - 1) / step * step + 1;
    if (frames >= 1 && frames <= most && (frames - 1) % step == 0) return {};
    const int below = std::clamp((frames - 1) / step * step + 1, 1, most);
    const int above = std::clamp(below + (frames > below ? step : 0), 1, most);
    return impossible("A length of " + std::to_string(frames) + " frames isn't possible with " + model.name +
                      ": lengths are 1 + n x " + std::to_string(step) + " up to " + std::to_string(most) + "; try " +
                      nearest(below, above, 1, most) + ".");
}

core::Result<core::Recipe> resolve_recipe(const core::GenerationRequest& request, const core::ModelCapabilities& model)
{
    core::Recipe recipe;
    recipe.prompt = request.prompt_text;
    recipe.spans = request.prompt;
    if (recipe.prompt.empty())
        for (const core::PromptSpan& span : request.prompt)
            recipe.prompt += span.text;
    recipe.negative_prompt = request.negative_prompt;
    recipe.model_id = model.model_id;
    recipe.width = request.width.value_or(model.default_width);
    recipe.height = request.height.value_or(model.default_height);
    recipe.frames = request.frames.value_or(model.default_frames);
    recipe.rate = request.rate.value_or(model.rate);
    recipe.steps = request.steps.value_or(model.default_steps);
    recipe.guidance = request.guidance.value_or(model.default_guidance);
    recipe.sampler = request.sampler.value_or(model.default_sampler);
    recipe.shift = request.shift.value_or(model.default_shift);
    recipe.seed = request.seed;
    for (const core::ConditioningFrame& frame : request.conditioning)
        recipe.references.push_back({frame.frame, frame.source, frame.sha256});

    if (auto checked = check_size(recipe.width, recipe.height, model); !checked) return checked.error();
    if (auto checked = check_length(recipe.frames, model); !checked) return checked.error();
    if (auto checked = check_numbers(recipe); !checked) return checked.error();
    if (auto checked = check_prompt(request, recipe.frames); !checked) return checked.error();
    if (auto checked = check_references(request, model); !checked) return checked.error();
    if (!request.loras.empty())
        return core::make_error(core::ErrorKind::unsupported, "LoRA files can't be used yet; leave them out.");
    return recipe;
}

}  // namespace kinora::inference
