#include "inference/pipeline/resolve_recipe.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/text.h"
#include "core/generation/guidance.h"
#include "inference/pipeline/guidance.h"
#include "inference/sampling/sampler.h"
#include "inference/sampling/step_cache.h"

namespace kinora::inference {
namespace {

constexpr int k_largest_side = 4096;

core::Error impossible(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

int largest_side(const core::ModelCapabilities& model)
{
    return k_largest_side / model.size_multiple * model.size_multiple;
}

/// `value`, or the multiple of `step` plus `offset` that is nearest to it, of at least `least`.
int nearest(int value, int step, int offset, int least)
{
    return std::max(least, (value - offset + step / 2) / step * step + offset);
}

core::Error side_error(const char* side, int value, const core::ModelCapabilities& model)
{
    return impossible("The " + std::string(side) + " " + std::to_string(value) + " isn't possible with " + model.name +
                      ": sides are multiples of " + std::to_string(model.size_multiple) + " up to " +
                      std::to_string(largest_side(model)) + ".");
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

core::Error wrong_model(std::string sentence)
{
    return core::make_error(core::ErrorKind::unsupported, std::move(sentence));
}

core::Result<void> check_references(const core::GenerationRequest& request, const core::ModelCapabilities& model, int frames)
{
    constexpr const char* from_first = "Wan 2.1 and Wan 2.2 A14B image-to-video, and Wan 2.2 TI2V, begin with a picture";
    constexpr const char* to_last = "Wan 2.1 first-and-last-frame and Wan 2.2 A14B image-to-video also end with one";
    bool first = false;
    bool last = false;
    for (const core::ConditioningFrame& frame : request.conditioning) {
        const bool at_end = frame.frame == -1 || (frame.frame == frames - 1 && frames > 1);
        (at_end ? last : first) |= at_end || frame.frame == 0;
        if (!model.first_frame && !model.any_frame)
            return wrong_model(model.name +
                               " makes clips from text only; leave the reference picture out, or choose another "
                               "model: " +
                               from_first + ".");
        if (model.any_frame || frame.frame == 0) continue;
        if (!model.last_frame) return wrong_model(model.name + " takes a picture as the first frame only; " + to_last + ".");
        if (!at_end) return wrong_model(model.name + " takes pictures as the first and the last frame only.");
    }
    if (request.origin)
        for (const core::KeptLatents& part : request.origin->kept)
            (part.place == 0 ? first : last) = true;
    if (model.needs_first_frame && !first)
        return wrong_model(model.name +
                           " makes clips from a picture; give it a first frame, or choose a model that makes them "
                           "from text alone, such as Wan text-to-video or Wan 2.2 TI2V.");
    if (model.needs_last_frame && !last)
        return wrong_model(model.name +
                           " goes from a first to a last frame; give it a last frame too, or choose a model that "
                           "needs none, such as Wan image-to-video.");
    return {};
}

core::Result<void> check_numbers(const core::Recipe& recipe)
{
    const auto possible = [](float value, float least, float most) {
        return std::isfinite(value) && value >= least && value <= most;
    };
    if (auto mode = guidance_mode(recipe.guidance_mode); !mode) return mode.error();
    if (auto reuse = step_reuse(recipe.step_cache); !reuse) return reuse.error();
    if (!possible(recipe.guidance, 0, 100) || !possible(recipe.guidance_low, 0, 100))
        return impossible("The guidance has to lie between 0 and 100.");
    if (!possible(recipe.nag_tau, 1, 100)) return impossible("The tau of attention guidance has to lie between 1 and 100.");
    if (!possible(recipe.nag_alpha, 0, 1)) return impossible("The alpha of attention guidance has to lie between 0 and 1.");
    if (auto sampler = Sampler::create(recipe.sampler, recipe.steps, recipe.shift); !sampler) return sampler.error();
    return {};
}

/// The files are there, and the experts are ones there can be; what is in them is found when they are loaded.
core::Result<void> check_loras(const core::GenerationRequest& request)
{
    for (const core::LoraChoice& lora : request.loras) {
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(lora.file, ignored))
            return core::make_error(core::ErrorKind::not_found,
                                    "There is no LoRA file " + core::in_quotes(lora.file.string()) +
                                        "; \"kinora-cli models list\" shows those that are known.");
        if (!lora.expert.empty() && lora.expert != "high" && lora.expert != "low")
            return impossible("A LoRA acts on the \"high\" or \"low\" noise expert, not on " + core::in_quotes(lora.expert) +
                              ".");
        if (!std::isfinite(lora.weight)) return impossible("The weight of a LoRA has to be a number.");
    }
    return {};
}

/// Guidance as asked for, else the model's own; each mode has a scale of its own.
void resolve_guidance(const core::GenerationRequest& request, const core::ModelCapabilities& model, core::Recipe& recipe)
{
    const AttentionGuidance usual;
    static_assert(AttentionGuidance{}.scale == static_cast<double>(core::k_attention_guidance));
    recipe.guidance_mode = request.guidance_mode.value_or("cfg");
    const bool nag = recipe.guidance_mode == "nag";
    // Distilled models took the guidance in; a second pass would spoil them.
    const bool distilled = fixed_steps(request.sampler.value_or(model.default_sampler)).has_value();
    const float of_mode = distilled && !nag ? 1.0F : core::usual_guidance(model, recipe.guidance_mode);
    recipe.guidance = request.guidance.value_or(of_mode);
    const bool own_low = !nag && !distilled && !request.guidance && model.default_guidance_low > 0;
    recipe.guidance_low = request.guidance_low.value_or(own_low ? model.default_guidance_low : recipe.guidance);
    recipe.nag_tau = request.nag_tau.value_or(static_cast<float>(usual.tau));
    recipe.nag_alpha = request.nag_alpha.value_or(static_cast<float>(usual.alpha));
}

/// A clip that is joined from more than what is sampled is as long as all of it.
core::Result<void> resolve_origin(const core::GenerationRequest& request, const core::ModelCapabilities& model,
                                  core::Recipe& recipe)
{
    if (!request.origin) return {};
    const core::Origin& origin = *request.origin;
    if (!request.origin_latents)
        return core::make_error(core::ErrorKind::not_found,
                                "The latents of " + core::in_quotes(origin.source) + " are missing.");
    if (recipe.frames != origin.window || (origin.strength < 1.0F && !origin.kept.empty()))
        return impossible("What the clip is to be made from doesn't fit the model " + model.name + ".");
    recipe.frames = core::joined_frames(origin, model.frame_multiple);
    recipe.origin = origin;
    if (recipe.frames < 1) return impossible("Nothing would be left of the clip.");
    return {};
}

}  // namespace

core::Result<void> fit_size(core::Recipe& recipe, const core::ModelCapabilities& model)
{
    const int most = largest_side(model);
    if (recipe.width < 1 || recipe.width > most) return side_error("width", recipe.width, model);
    if (recipe.height < 1 || recipe.height > most) return side_error("height", recipe.height, model);
    const int step = model.size_multiple;
    const int width = nearest(recipe.width, step, 0, step);
    const int height = nearest(recipe.height, step, 0, step);
    if (width == recipe.width && height == recipe.height) return {};
    const auto text = [](int w, int h) { return std::to_string(w) + "x" + std::to_string(h); };
    recipe.fallbacks.push_back("The size is " + text(width, height) + " instead of " + text(recipe.width, recipe.height) +
                               ", since " + model.name + " makes pictures whose sides are multiples of " +
                               std::to_string(step) + ".");
    recipe.width = width;
    recipe.height = height;
    return {};
}

core::Result<void> fit_length(core::Recipe& recipe, const core::ModelCapabilities& model)
{
    const int step = model.frame_multiple;
    const int most = (model.max_frames - 1) / step * step + 1;
    if (recipe.frames < 1 || recipe.frames > most)
        return impossible("A length of " + std::to_string(recipe.frames) + " frames isn't possible with " + model.name +
                          ": lengths are 1 + n x " + std::to_string(step) + " up to " + std::to_string(most) + "; try " +
                          std::to_string(recipe.frames < 1 ? 1 : most) + ".");
    const int frames = std::min(most, nearest(recipe.frames, step, 1, 1));
    if (frames == recipe.frames) return {};
    recipe.fallbacks.push_back("The length is " + std::to_string(frames) + " frames instead of " +
                               std::to_string(recipe.frames) + ", since " + model.name + " makes clips of 1 + n x " +
                               std::to_string(step) + " frames.");
    recipe.frames = frames;
    return {};
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
    recipe.frames = request.origin ? request.origin->window : request.frames.value_or(model.default_frames);
    recipe.rate = request.rate.value_or(model.rate);
    const auto fixed = fixed_steps(request.sampler.value_or(model.default_sampler));
    recipe.steps = request.steps.value_or(fixed.value_or(model.default_steps));
    resolve_guidance(request, model, recipe);
    recipe.sampler = request.sampler.value_or(model.default_sampler);
    recipe.shift = request.shift.value_or(model.default_shift);
    recipe.seed = request.seed;
    recipe.step_cache = request.step_cache.value_or("off");
    recipe.enhance = request.enhance;
    for (const core::ConditioningFrame& frame : request.conditioning)
        recipe.references.push_back({frame.frame, frame.source, frame.sha256, frame.source_frame, frame.count});

    if (auto checked = fit_size(recipe, model); !checked) return checked.error();
    if (auto checked = fit_length(recipe, model); !checked) return checked.error();
    if (auto checked = check_numbers(recipe); !checked) return checked.error();
    if (auto checked = check_prompt(request, recipe.frames); !checked) return checked.error();
    if (auto checked = check_references(request, model, recipe.frames); !checked) return checked.error();
    if (auto checked = check_loras(request); !checked) return checked.error();
    recipe.loras = request.loras;
    if (auto joined = resolve_origin(request, model, recipe); !joined) return joined.error();
    return recipe;
}

}  // namespace kinora::inference
