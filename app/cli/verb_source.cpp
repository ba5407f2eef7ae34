#include "app/cli/verb_source.h"

#include <algorithm>
#include <utility>

#include "app/cli/clip_pictures.h"
#include "app/cli/engine.h"
#include "app/cli/export_options.h"
#include "app/cli/named_clip.h"
#include "app/cli/recipe_source.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/generation/clip_layout_json.h"
#include "core/generation/recipe_json.h"
#include "core/models/catalogue.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"
#ifdef KINORA_HAS_MEDIA
#include "core/media/clip_reader.h"
#endif

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path)
{
    return core::in_quotes(core::path_to_utf8(path));
}

core::Result<SourceClip> from_latents(const fs::path& file)
{
    auto saved = inference::load_latents(file);
    if (!saved) return saved.error();
    auto hash = core::sha256_of_file(file);
    if (!hash) return hash.error();
    SourceClip clip;
    clip.latents = std::make_shared<const core::LatentClip>(std::move(saved->latents));
    clip.file = file;
    clip.sha256 = *std::move(hash);
    clip.width = saved->recipe.width;
    clip.height = saved->recipe.height;
    clip.frames = saved->recipe.frames;
    clip.recipe = std::move(saved->recipe);
    return clip;
}

/// A size that the model can make, near to the clip's own.
int fitted(int side, int multiple)
{
    return std::max(multiple, (side + multiple / 2) / multiple * multiple);
}

#ifdef KINORA_HAS_MEDIA

/// The frames of a clip that are seen at another rate.
core::FrameSequence at_rate(const core::FrameSequence& clip, core::FrameRate rate, int most)
{
    core::FrameSequence seen{0, clip.height, clip.width, rate, {}};
    for (int frame = 0; frame < most; ++frame) {
        const auto from = core::source_frame_at(frame, clip.rate, rate);
        if (from >= clip.frames) break;
        const auto picture = clip.frame(static_cast<int>(from));
        seen.rgb.insert(seen.rgb.end(), picture.begin(), picture.end());
        ++seen.frames;
    }
    return seen;
}

core::Result<SourceClip> from_video(const fs::path& file, const std::string& model_id, inference::WanGenerator& engine)
{
    SourceClip clip;
    if (auto recipe = read_recipe(file)) clip.recipe = *std::move(recipe);
    fs::path beside = file;
    beside.replace_extension(".latents.safetensors");
    std::error_code ignored;
    if (clip.recipe && fs::exists(beside, ignored))
        if (auto exact = from_latents(beside); exact && exact->recipe == clip.recipe) return exact;
    const std::string id = !model_id.empty() ? model_id : clip.recipe ? clip.recipe->model_id : std::string("starter");
    const auto model = engine.capabilities(id);
    if (!model) return model.error();
    auto reader = media::ClipReader::open(file);
    if (!reader) return reader.error();
    const auto& info = (*reader)->info();
    auto frames = (*reader)->frames(0, info.frames);
    if (!frames) return frames.error();
    // Of a clip that was enlarged or interpolated the model sees what it made itself.
    const bool enhanced = clip.recipe && clip.recipe->enhance.wanted();
    if (enhanced) frames = at_rate(*frames, clip.recipe->rate, clip.recipe->frames);
    clip.width = enhanced ? clip.recipe->width : fitted(info.width, model->size_multiple);
    clip.height = enhanced ? clip.recipe->height : fitted(info.height, model->size_multiple);
    auto latents = engine.encode(*frames, id, clip.width, clip.height, {});
    if (!latents) return latents.error();
    auto hash = core::sha256_of_file(file);
    if (!hash) return hash.error();
    clip.latents = std::make_shared<const core::LatentClip>(*std::move(latents));
    clip.file = file;
    clip.sha256 = *std::move(hash);
    clip.frames = frames->frames;
    return clip;
}

#endif

/// One side of a blend: its pictures, and which of them are shown.
struct BlendSide {
    core::FrameSequence frames;
    core::FrameRange shown;
    fs::path file;
    std::string sha256;
};

/// The pictures of a clip: its latents decoded where there are some, else the video's.
core::Result<BlendSide> blend_side(const fs::path& typed, inference::WanGenerator& engine)
{
    const auto named = find_clip(typed);
    if (!named) return named.error();
    BlendSide side;
    side.file = named->best();
    auto frames = read_clip_pictures(side.file, std::nullopt, engine);
    if (!frames) return frames.error();
    side.frames = *std::move(frames);
    const bool fits = named->shown && named->shown->end <= side.frames.frames;
    side.shown = fits ? *named->shown : core::FrameRange{0, side.frames.frames};
    auto hash = core::sha256_of_file(side.file);
    if (!hash) return hash.error();
    side.sha256 = *std::move(hash);
    return side;
}

/// Frames [first, first + count) of a side as pictures that a blend is given at `place`.
core::ConditioningFrame part_of(const BlendSide& side, int first, int count, int place)
{
    auto part = part_of_clip(side.frames, {first, first + count});
    return {place,
            std::make_shared<const core::FrameSequence>(std::move(part)),
            core::path_to_utf8(side.file),
            side.sha256,
            first,
            count};
}

core::Result<void> add_blend(const VerbOptions& verb, const core::ModelCapabilities& model, inference::WanGenerator& engine,
                             core::GenerationRequest& request)
{
    const auto from = blend_side(verb.clip, engine);
    if (!from) return from.error();
    const auto to = blend_side(verb.second, engine);
    if (!to) return to.error();
    const auto plan = core::plan_blend(static_cast<int>(from->shown.length()), static_cast<int>(to->shown.length()), model);
    if (!plan) return plan.error();
    request.frames = plan->frames;
    request.conditioning = {part_of(*from, static_cast<int>(from->shown.end) - plan->before, plan->before, 0),
                            part_of(*to, static_cast<int>(to->shown.first), plan->after, plan->frames - plan->after)};
    return {};
}

core::Result<core::Origin> plan_of(const VerbOptions& verb, const SourceClip& clip, const core::ModelCapabilities& model)
{
    const int frames = core::clip_frames(clip.latents->layout, clip.latents->frames, model.frame_multiple);
    const core::VerbSource source{core::path_to_utf8(clip.file), clip.sha256, (frames - 1) / model.frame_multiple + 1};
    switch (verb.verb) {
        case core::Verb::variations:
            return core::plan_remix(verb.verb, source, verb.strength.value_or(core::k_variation_strength), model);
        case core::Verb::recut: {
            const auto keep = parse_range(verb.keep, clip.frames);
            if (!keep) return keep.error();
            return core::plan_recut(source, *keep, model);
        }
        case core::Verb::extend_before:
        case core::Verb::extend_after:
            return core::plan_extend(verb.verb, source, verb.frames, model);
        case core::Verb::loop:
            return core::plan_loop(source, model);
        default:
            return core::plan_remix(core::Verb::remix, source, verb.strength.value_or(core::k_remix_strength), model);
    }
}

/// All that can be used, for saying which model can do what another can't.
std::vector<core::ModelCapabilities> installed_models(inference::WanGenerator& engine)
{
    std::vector<core::ModelCapabilities> models;
    if (const auto entries = core::Catalogue().list())
        for (const auto& entry : *entries)
            if (auto model = engine.capabilities(entry.id)) models.push_back(*std::move(model));
    return models;
}

/// A clip's request without what belongs to that clip alone.
core::Result<core::GenerationRequest> request_of(const core::Recipe& recipe)
{
    core::Recipe plain = recipe;
    plain.references.clear();
    plain.origin.reset();
    plain.stop_after = 0;
    plain.route.clear();
    plain.tiling.clear();
    return core::request_from_recipe(plain);
}

}  // namespace

core::Result<SourceClip> read_source_clip(const fs::path& typed, const std::string& model_id,
                                          inference::WanGenerator& engine)
{
    const auto named = find_clip(typed);
    if (!named) return named.error();
    if (!named->latents.empty()) return from_latents(named->latents);
    const fs::path& file = named->video;
#ifdef KINORA_HAS_MEDIA
    return from_video(file, model_id, engine);
#else
    return core::make_error(core::ErrorKind::unsupported, "This build of Kinora reads no video files such as " +
                                                              quoted(file) + "; give the clip's latents (.safetensors).");
#endif
}

core::Result<std::shared_ptr<const core::LatentClip>> read_origin(const core::Recipe& recipe, const fs::path& beside,
                                                                  inference::WanGenerator& engine)
{
    const fs::path typed = core::path_from_utf8(recipe.origin->source);
    std::error_code ignored;
    auto clip = read_source_clip(fs::exists(typed, ignored) ? typed : beside.parent_path() / typed, recipe.model_id, engine);
    if (!clip) return clip.error();
    if (!recipe.origin->sha256.empty() && clip->sha256 != recipe.origin->sha256)
        return core::make_error(core::ErrorKind::corrupt,
                                "The clip " + core::in_quotes(recipe.origin->source) +
                                    " has changed since this one was made from it, so other frames would come out; put the "
                                    "old file back.");
    return clip->latents;
}

core::Result<core::ConditioningFrame> ending_of(const fs::path& clip, inference::WanGenerator& engine)
{
    const auto side = blend_side(clip, engine);
    if (!side) return side.error();
    if (side->shown.end < 1) return core::make_error(core::ErrorKind::corrupt, quoted(clip) + " has no pictures.");
    return part_of(*side, static_cast<int>(side->shown.end) - 1, 1, 0);
}

core::Result<void> start_from_verb(const GenerateOptions& options, inference::WanGenerator& engine, BuiltRequest& built)
{
    const VerbOptions& verb = *options.verb;
    const std::string asked_model = options.model ? model_id_of(*options.model) : std::string();
    const bool blend = verb.verb == core::Verb::blend;
    SourceClip clip;
    if (blend) {
        const auto named = find_clip(verb.clip);
        if (!named) return named.error();
        if (auto recipe = read_recipe(named->best())) clip.recipe = *std::move(recipe);
    } else {
        auto read = read_source_clip(verb.clip, asked_model, engine);
        if (!read) return read.error();
        clip = *std::move(read);
    }
    if (clip.recipe) {
        auto request = request_of(*clip.recipe);
        if (!request) return request.error();
        built.request = *std::move(request);
    }
    if (!clip.recipe && !options.prompt)
        return core::make_error(core::ErrorKind::invalid_argument,
                                quoted(verb.clip) + " doesn't tell how it was made; say with --prompt what the clip shows.");
    if (!asked_model.empty()) built.request.model_id = asked_model;
    auto model = engine.capabilities(built.request.model_id);
    if (!model) return model.error();
    built.model = *std::move(model);
    if (auto can = core::check_verb(verb.verb, built.model, installed_models(engine)); !can) return can;
    if (blend) return add_blend(verb, built.model, engine, built.request);
    const auto origin = plan_of(verb, clip, built.model);
    if (!origin) return origin.error();
    built.request.width = clip.width;
    built.request.height = clip.height;
    built.request.frames = origin->window;
    built.request.origin = *origin;
    built.request.origin_latents = clip.latents;
    return {};
}

}  // namespace kinora::cli
