#include "app/cli/verb_source.h"

#include <algorithm>
#include <utility>

#include "app/cli/engine.h"
#include "app/cli/export_options.h"
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
    const auto frames = (*reader)->frames(0, info.frames);
    if (!frames) return frames.error();
    clip.width = fitted(info.width, model->size_multiple);
    clip.height = fitted(info.height, model->size_multiple);
    auto latents = engine.encode(*frames, id, clip.width, clip.height, {});
    if (!latents) return latents.error();
    auto hash = core::sha256_of_file(file);
    if (!hash) return hash.error();
    clip.latents = std::make_shared<const core::LatentClip>(*std::move(latents));
    clip.file = file;
    clip.sha256 = *std::move(hash);
    clip.frames = info.frames;
    return clip;
}

/// Frames [first, first + count) of a clip as a picture that a blend is given at `place`.
core::Result<core::ConditioningFrame> part_of(const fs::path& file, int first, int count, int place)
{
    auto reader = media::ClipReader::open(file);
    if (!reader) return reader.error();
    auto frames = (*reader)->frames(first, count);
    if (!frames) return frames.error();
    auto hash = core::sha256_of_file(file);
    if (!hash) return hash.error();
    return core::ConditioningFrame{place,
                                   std::make_shared<const core::FrameSequence>(*std::move(frames)),
                                   core::path_to_utf8(file),
                                   *std::move(hash),
                                   first,
                                   count};
}

core::Result<int> length_of(const fs::path& file)
{
    const auto reader = media::ClipReader::open(file);
    if (!reader) return reader.error();
    return (*reader)->info().frames;
}

#endif

core::Result<void> add_blend(const VerbOptions& verb, const core::ModelCapabilities& model, core::GenerationRequest& request)
{
#ifdef KINORA_HAS_MEDIA
    const auto before = length_of(verb.clip);
    if (!before) return before.error();
    const auto after = length_of(verb.second);
    if (!after) return after.error();
    const auto plan = core::plan_blend(*before, *after, model);
    if (!plan) return plan.error();
    auto end = part_of(verb.clip, *before - plan->before, plan->before, 0);
    if (!end) return end.error();
    auto start = part_of(verb.second, 0, plan->after, plan->frames - plan->after);
    if (!start) return start.error();
    request.frames = plan->frames;
    request.conditioning = {*std::move(end), *std::move(start)};
    return {};
#else
    return core::make_error(core::ErrorKind::unsupported, "This build of Kinora reads no video files such as " +
                                                              quoted(verb.clip) + ", so it can't blend them.");
#endif
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

core::Result<SourceClip> read_source_clip(const fs::path& file, const std::string& model_id, inference::WanGenerator& engine)
{
    if (file.extension() == ".safetensors") return from_latents(file);
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

core::Result<void> start_from_verb(const GenerateOptions& options, inference::WanGenerator& engine, BuiltRequest& built)
{
    const VerbOptions& verb = *options.verb;
    const std::string asked_model = options.model ? model_id_of(*options.model) : std::string();
    const bool blend = verb.verb == core::Verb::blend;
    SourceClip clip;
    if (blend) {
        if (auto recipe = read_recipe(verb.clip)) clip.recipe = *std::move(recipe);
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
    if (blend) return add_blend(verb, built.model, built.request);
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
