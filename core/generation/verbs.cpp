#include "core/generation/verbs.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kinora::core {
namespace {

struct VerbText {
    Verb verb;
    std::string_view name;
    std::string_view can_not;  ///< behind the model's name
};

constexpr std::array<VerbText, 10> k_texts{{
    {Verb::variations, "variations", "can't vary a clip"},
    {Verb::remix, "remix", "can't remix a clip"},
    {Verb::recut, "recut", "can't keep a part of a clip and make the rest anew"},
    {Verb::extend_before, "extend-before", "can't make what comes before a clip"},
    {Verb::extend_after, "extend-after", "can't go on from a clip"},
    {Verb::loop, "loop", "can't lead a clip back to its beginning"},
    {Verb::blend, "blend", "can't lead from one clip to another"},
    {Verb::chain, "chain", "can't begin with a given picture"},
    {Verb::upscale, "upscale", "can't be enlarged"},
    {Verb::interpolate, "interpolate", "can't be interpolated"},
}};

const VerbText& text_of(Verb verb)
{
    return *std::find_if(k_texts.begin(), k_texts.end(), [&](const VerbText& text) { return text.verb == verb; });
}

Error impossible(std::string sentence)
{
    return make_error(ErrorKind::invalid_argument, std::move(sentence));
}

int frames_of_latents(int latents, const ModelCapabilities& model)
{
    return (latents - 1) * model.frame_multiple + 1;
}

int most_latents(const ModelCapabilities& model)
{
    return (model.max_frames - 1) / model.frame_multiple + 1;
}

int usual_latents(const ModelCapabilities& model)
{
    return std::min(most_latents(model), latent_frames_of(model.default_frames, model));
}

Origin origin_of(Verb verb, const VerbSource& source)
{
    Origin origin;
    origin.verb = verb_name(verb);
    origin.source = source.file;
    origin.sha256 = source.sha256;
    return origin;
}

/// The whole source fits in what the model makes at once.
Result<void> check_length(const VerbSource& source, const ModelCapabilities& model)
{
    if (source.latent_frames < 1) return impossible("The clip is empty.");
    if (source.latent_frames <= most_latents(model)) return {};
    return impossible("The clip is longer than the " + std::to_string(model.max_frames) + " frames that " + model.name +
                      " makes at once; split the shot, or extend or loop it instead.");
}

}  // namespace

std::string_view verb_name(Verb verb)
{
    return text_of(verb).name;
}

bool can_do(Verb verb, const ModelCapabilities& model)
{
    switch (verb) {
        case Verb::variations:
        case Verb::remix:
        case Verb::upscale:
        case Verb::interpolate:
            return true;
        case Verb::extend_after:
        case Verb::chain:
            return model.any_frame || model.first_frame;
        case Verb::blend:
            return model.any_frame || (model.first_frame && model.last_frame);
        case Verb::loop:
            return model.any_frame || (model.first_frame && model.last_frame);
        case Verb::recut:
        case Verb::extend_before:
            return model.any_frame;
    }
    return false;
}

Result<void> check_verb(Verb verb, const ModelCapabilities& model, std::span<const ModelCapabilities> installed)
{
    if (can_do(verb, model)) return {};
    std::string able;
    for (const ModelCapabilities& other : installed)
        if (can_do(verb, other)) able += (able.empty() ? "" : ", ") + other.name;
    return make_error(ErrorKind::unsupported, model.name + " " + std::string(text_of(verb).can_not) +
                                                  (able.empty() ? "; none of the installed models can."
                                                                : "; choose a model that can: " + able + "."));
}

int latent_frames_of(int frames, const ModelCapabilities& model)
{
    return frames < 1 ? 0 : (frames - 2 + model.frame_multiple) / model.frame_multiple + 1;
}

Result<Origin> plan_remix(Verb verb, const VerbSource& source, float strength, const ModelCapabilities& model)
{
    if (auto fits = check_length(source, model); !fits) return fits.error();
    if (!(strength > 0.0F) || strength > 1.0F)
        return impossible("The strength has to lie above 0 (nothing changes) and at most at 1 (nothing is left).");
    Origin origin = origin_of(verb, source);
    origin.strength = strength;
    origin.window = frames_of_latents(source.latent_frames, model);
    origin.to = source.latent_frames;
    return origin;
}

Result<Origin> plan_recut(const VerbSource& source, FrameRange keep, const ModelCapabilities& model)
{
    if (auto fits = check_length(source, model); !fits) return fits.error();
    const int stride = model.frame_multiple;
    // Latent frame k > 0 holds the frames 1 + (k - 1) * stride up to k * stride.
    const int first = keep.first <= 0 ? 0 : static_cast<int>((keep.first - 1 + stride - 1) / stride) + 1;
    const int end = std::min(source.latent_frames, static_cast<int>((keep.end - 1) / stride) + 1);
    if (keep.end < 1 || end <= first)
        return impossible("The kept range is too short: keep at least " + std::to_string(2 * stride) + " frames.");
    if (first == 0 && end >= source.latent_frames)
        return impossible("Everything would be kept; set the in or out point of what is to stay first.");
    Origin origin = origin_of(Verb::recut, source);
    origin.kept = {{first, end - first, first}};
    origin.window = frames_of_latents(source.latent_frames, model);
    origin.to = source.latent_frames;
    if (first == 0) return origin;
    const int kept_from = frames_of_latents(first, model);
    const int kept_to = frames_of_latents(end, model);
    origin.parts = {{true, 0, kept_from}, {false, kept_from, kept_to}};
    if (kept_to < origin.window) origin.parts.push_back({true, kept_to, origin.window});
    return origin;
}

Result<Origin> plan_extend(Verb verb, const VerbSource& source, int frames, const ModelCapabilities& model)
{
    if (source.latent_frames < 1) return impossible("The clip is empty.");
    const int stride = model.frame_multiple;
    const int usual = usual_latents(model);
    const bool after = verb == Verb::extend_after;
    const int wanted = frames > 0 ? (frames + stride - 1) / stride : std::max(1, usual / 2);
    // In front one more is made: a clip's first latent frame holds a single picture, which is left out.
    const int made = after ? wanted : wanted + 1;
    const int available = after ? source.latent_frames : source.latent_frames - 1;
    if (available < 1) return impossible("The clip is a single picture; give the shot that picture as its first frame.");
    const int least_window = made + 1;
    if (least_window > most_latents(model))
        return impossible(model.name + " adds up to " + std::to_string((most_latents(model) - (after ? 1 : 2)) * stride) +
                          " frames at once; add fewer, and extend the result again.");
    const int context_wanted = model.any_frame ? std::max(1, usual - made) : 1;
    const int context = std::min({available, context_wanted, most_latents(model) - made});
    Origin origin = origin_of(verb, source);
    origin.window = frames_of_latents(context + made, model);
    if (after) {
        origin.kept = {{source.latent_frames - context, context, 0}};
        origin.head = source.latent_frames;
        origin.from = context;
        origin.to = context + made;
    } else {
        origin.kept = {{0, context, made}};
        origin.to = made;
        origin.parts = {{true, 1, frames_of_latents(made, model)},
                        {false, 0, frames_of_latents(source.latent_frames, model)}};
    }
    return origin;
}

Result<Origin> plan_loop(const VerbSource& source, const ModelCapabilities& model)
{
    constexpr int k_least = 4;
    if (source.latent_frames < k_least)
        return impossible("The clip is too short for a loop; it needs at least " +
                          std::to_string(frames_of_latents(k_least, model)) + " frames.");
    const int usual = std::max(k_least, usual_latents(model));
    Origin origin = origin_of(Verb::loop, source);
    origin.loops = true;
    if (!model.any_frame) {
        // From the last picture back to the first, which this model can only do in a clip of its own.
        const int frames = frames_of_latents(usual, model);
        origin.kept = {{source.latent_frames - 1, 1, 0}, {0, 1, usual - 1}};
        origin.window = frames;
        origin.to = usual;
        origin.parts = {{false, 0, frames_of_latents(source.latent_frames, model)}, {true, 1, frames - 1}};
        return origin;
    }
    // Behind what is made stands the clip's beginning, so that the motion leads into it.
    const int goal = source.latent_frames >= 6 ? 2 : 1;
    const int made = std::clamp((source.latent_frames - 1) / 2, 2, std::max(2, usual / 2));
    const int kept = source.latent_frames - made;
    const int context = std::clamp(usual - made - goal, 1, kept);
    origin.kept = {{kept - context, context, 0}, {0, goal, context + made}};
    origin.window = frames_of_latents(context + made + goal, model);
    origin.head = kept;
    origin.from = context;
    origin.to = context + made;
    origin.parts = {{false, 0, frames_of_latents(kept, model)},
                    {true, frames_of_latents(context, model), frames_of_latents(context + made, model)}};
    return origin;
}

Result<BlendPlan> plan_blend(int frames_before, int frames_after, const ModelCapabilities& model)
{
    if (frames_before < 1 || frames_after < 1) return impossible("A blend needs a clip on either side.");
    const int stride = model.frame_multiple;
    const int usual = usual_latents(model);
    BlendPlan plan;
    plan.frames = frames_of_latents(usual, model);
    if (!model.any_frame) {
        plan.before = plan.after = 1;
        return plan;
    }
    const int side = std::max(1, usual / 4);
    plan.before = 1 + std::min((frames_before - 1) / stride, side - 1) * stride;
    plan.after = std::min(std::max(frames_after / stride, 1), side) * stride;
    return plan;
}

}  // namespace kinora::core
