#include "app/cli/request_builder.h"

#include <algorithm>
#include <charconv>
#include <random>

#include "app/cli/engine.h"
#include "app/cli/recipe_source.h"
#include "app/cli/verb_source.h"
#include "core/base/memory_text.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/generation/recipe_json.h"
#include "core/models/catalogue.h"
#include "core/prompt/expand.h"
#include "core/prompt/wildcards.h"
#include "core/time/timecode.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {
namespace {

core::Error wrong(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

std::uint64_t random_seed()
{
    std::random_device source;
    // Nine digits at most: short enough to be copied by hand.
    return std::uniform_int_distribution<std::uint64_t>(0, 999'999'999)(source);
}

/// A recipe's request, with its pictures unless all of them are named anew.
core::Result<void> start_from_recipe(const GenerateOptions& options, inference::WanGenerator& engine, BuiltRequest& built)
{
    auto recipe = read_recipe(options.recipe);
    if (!recipe) return recipe.error();
    const bool first = !options.first_frame.empty() || !options.after.empty();
    const bool last = !options.last_frame.empty();
    std::erase_if(recipe->references, [&](const core::Recipe::Reference& reference) {
        return (first && reference.frame == 0) || (last && reference.frame == -1);
    });
    auto request = core::request_from_recipe(*recipe);
    if (!request) return request.error();
    auto pictures = read_references(*recipe, options.recipe, engine);
    if (!pictures) return pictures.error();
    built.request = *std::move(request);
    built.request.conditioning = *std::move(pictures);
    if (recipe->origin) {
        auto latents = read_origin(*recipe, options.recipe, engine);
        if (!latents) return latents.error();
        built.request.origin_latents = *std::move(latents);
    }
    built.threads = recipe->threads;
    built.model_hash = recipe->model_hash;
    return {};
}

template <typename T, typename Field>
void overlay(const std::optional<T>& option, Field& field)
{
    if (option) field = *option;
}

core::Result<void> overlay_options(const GenerateOptions& options, core::GenerationRequest& request)
{
    overlay(options.prompt, request.prompt_text);
    overlay(options.negative_prompt, request.negative_prompt);
    overlay(options.frames, request.frames);
    overlay(options.steps, request.steps);
    overlay(options.stop_after, request.stop_after);
    overlay(options.step_cache, request.step_cache);
    if (options.memory_limit) {
        const auto limit = core::parse_memory(*options.memory_limit);
        if (!limit) return limit.error();
        request.memory_limit = *limit;
    }
    overlay(options.guidance, request.guidance);
    overlay(options.guidance_mode, request.guidance_mode);
    overlay(options.guidance_low, request.guidance_low);
    overlay(options.nag_tau, request.nag_tau);
    overlay(options.nag_alpha, request.nag_alpha);
    overlay(options.sampler, request.sampler);
    overlay(options.shift, request.shift);
    overlay(options.device, request.device);
    overlay(options.dtype, request.dtype);
    if (options.size || options.frames) {
        // How the recipe's clip was decoded says nothing about one of another size.
        request.route.reset();
        request.tiling.reset();
    }
    if (options.size) {
        const auto size = parse_size(*options.size);
        if (!size) return size.error();
        request.width = size->first;
        request.height = size->second;
    }
    if (options.rate) {
        const auto rate = core::parse_rate(*options.rate);
        if (!rate) return rate.error();
        request.rate = *rate;
    }
    overlay(options.enhance.upscale, request.enhance.upscale);
    overlay(options.enhance.interpolate, request.enhance.interpolate);
    if (options.enhance.upscaler != core::k_own_enhancer) request.enhance.upscaler = options.enhance.upscaler;
    if (options.enhance.interpolator != core::k_own_enhancer) request.enhance.interpolator = options.enhance.interpolator;
    if (options.seed) request.seed = *options.seed;
    // A remix keeps its clip's motion best on that clip's own noise.
    const bool own_noise = options.verb && options.verb->verb == core::Verb::remix && request.seed != 0;
    if (!options.seed && options.recipe.empty() && !own_noise) request.seed = random_seed();
    return {};
}

/// The file and weight that somebody typed as "file:weight"; a name that is no file is looked for among the known LoRAs.
core::Result<core::LoraChoice> parse_lora(const std::string& typed, const std::string& expert)
{
    core::LoraChoice lora;
    lora.expert = expert;
    std::string name = typed;
    if (const auto colon = typed.rfind(':'); colon != std::string::npos) {
        const char* begin = typed.data() + colon + 1;
        const char* end = typed.data() + typed.size();
        const auto [rest, error] = std::from_chars(begin, end, lora.weight);
        if (error == std::errc() && rest == end)
            name = typed.substr(0, colon);
        else
            lora.weight = 1.0F;
    }
    lora.file = core::path_from_utf8(name);
    std::error_code failed;
    if (std::filesystem::is_regular_file(lora.file, failed)) {
        lora.file = std::filesystem::absolute(lora.file, failed).lexically_normal();
        return lora;
    }
    const auto parts = core::Catalogue().parts();
    if (!parts) return parts.error();
    for (const core::DetectedPart& part : *parts) {
        const bool named = part.path.stem().string() == name || part.path.filename().string() == name;
        if (part.kind != core::PartKind::lora || !named) continue;
        lora.file = part.path;
        return lora;
    }
    return core::make_error(core::ErrorKind::not_found,
                            "There is no LoRA " + core::in_quotes(name) +
                                ": it is no file, and \"kinora-cli models list\" shows none of this name.");
}

core::Result<void> add_loras(const GenerateOptions& options, core::GenerationRequest& request)
{
    const std::pair<const std::vector<std::string>&, const char*> lists[] = {
        {options.loras, ""}, {options.loras_high, "high"}, {options.loras_low, "low"}};
    const bool any = !options.loras.empty() || !options.loras_high.empty() || !options.loras_low.empty();
    if (any) request.loras.clear();
    for (const auto& [list, expert] : lists)
        for (const std::string& typed : list) {
            auto lora = parse_lora(typed, expert);
            if (!lora) return lora.error();
            request.loras.push_back(*std::move(lora));
        }
    return {};
}

/// What a model brings for drafts: a LoRA that asks for few steps without guidance.
core::Result<void> add_draft(const GenerateOptions& options, BuiltRequest& built)
{
    if (!options.draft) return {};
    if (built.model.draft.empty())
        return core::make_error(core::ErrorKind::unsupported,
                                "The model " + core::in_quotes(built.request.model_id) +
                                    " has no draft mode; leave out --draft, or ask for fewer --steps.");
    built.request.loras.push_back({.file = built.model.draft});
    return {};
}

core::Result<void> add_pictures(const GenerateOptions& options, inference::WanGenerator& engine,
                                core::GenerationRequest& request)
{
    if (!options.after.empty()) {
        auto ending = ending_of(options.after, engine);
        if (!ending) return ending.error();
        request.conditioning.push_back(*std::move(ending));
    }
    const std::pair<const std::filesystem::path&, int> pictures[] = {{options.first_frame, 0}, {options.last_frame, -1}};
    for (const auto& [file, frame] : pictures) {
        if (file.empty()) continue;
        auto picture = read_reference(file, frame);
        if (!picture) return picture.error();
        request.conditioning.push_back(*std::move(picture));
    }
    return {};
}

core::PromptContext context_of(const BuiltRequest& built)
{
    const core::GenerationRequest& request = built.request;
    core::PromptContext context;
    context.rate = request.rate.value_or(built.model.rate);
    context.frames = std::max(1, request.frames.value_or(built.model.default_frames));
    context.seed = request.seed;
    context.takes_weights = built.model.prompt_weights;
    context.takes_times = built.model.prompt_times;
    context.wildcards = core::read_wildcards({core::data_dir() / "wildcards"}).lines;
    return context;
}

/// A typed negative prompt as plain words: it takes neither weights nor time ranges.
core::Result<void> expand_negative(BuiltRequest& built)
{
    core::PromptContext context = context_of(built);
    context.takes_weights = false;
    context.takes_times = false;
    const auto expanded = core::expand_prompt(built.request.negative_prompt, context);
    if (!expanded) return wrong("In the negative prompt: " + expanded.error().message);
    built.request.negative_prompt = expanded->plain;
    return {};
}

/// The prompt as spans. A recipe's own spans serve as long as nothing that they were made from is changed.
core::Result<void> expand(const GenerateOptions& options, BuiltRequest& built)
{
    core::GenerationRequest& request = built.request;
    if (options.negative_prompt)
        if (auto done = expand_negative(built); !done) return done;
    const bool changed = options.prompt || options.frames || options.rate;
    if (!options.recipe.empty() && !changed && !request.prompt.empty()) return {};
    if (!core::is_valid_utf8(request.prompt_text)) return wrong("The prompt is not valid UTF-8 text.");
    auto expanded = core::expand_prompt(request.prompt_text, context_of(built));
    if (!expanded) return expanded.error();
    if (expanded->spans.empty())
        return wrong(
            "The prompt is empty; say what the clip should show, for example --prompt \"a red balloon over hills\".");
    request.prompt = std::move(expanded->spans);
    return {};
}

}  // namespace

core::Result<std::pair<int, int>> parse_size(const std::string& text)
{
    const auto cross = text.find_first_of("xX");
    std::pair<int, int> size;
    const auto number = [](std::string_view digits, int& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() && value > 0;
    };
    const std::string_view whole = text;
    if (cross == std::string::npos || !number(whole.substr(0, cross), size.first) ||
        !number(whole.substr(cross + 1), size.second))
        return wrong("The size " + core::in_quotes(text) + " isn't width and height in pixels, such as 320x192.");
    return size;
}

core::Result<BuiltRequest> build_request(const GenerateOptions& options, inference::WanGenerator& generator)
{
    if (!options.prompt && options.recipe.empty() && !options.verb)
        return wrong("There is nothing to make: give a --prompt, or a clip to repeat with --recipe.");
    BuiltRequest built;
    if (!options.recipe.empty())
        if (auto started = start_from_recipe(options, generator, built); !started) return started.error();
    if (options.verb)
        if (auto started = start_from_verb(options, generator, built); !started) return started.error();
    if (options.model) built.request.model_id = model_id_of(*options.model);
    if (options.threads > 0) built.threads = options.threads;
    auto model = generator.capabilities(built.request.model_id);
    if (!model) return model.error();
    built.model = *std::move(model);
    if (auto laid = overlay_options(options, built.request); !laid) return laid.error();
    if (auto added = add_loras(options, built.request); !added) return added.error();
    if (auto added = add_draft(options, built); !added) return added.error();
    if (auto expanded = expand(options, built); !expanded) return expanded.error();
    if (auto added = add_pictures(options, generator, built.request); !added) return added.error();
    return built;
}

}  // namespace kinora::cli
