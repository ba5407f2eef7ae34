#include "ui/session/enhance_maker.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/export/enhanced_export.h"
#include "core/export/enhanced_source.h"
#include "core/export/take_files.h"
#include "core/generation/enhance.h"
#include "core/generation/enhancement_json.h"
#include "core/generation/recipe_json.h"
#include "core/time/timecode.h"
#include "ui/session/take_decoder.h"

namespace kinora::ui {
namespace {

using nlohmann::json;

/// What a job knows of the take that it works on.
struct Wanted {
    core::Take source;
    std::string file;  ///< its pictures
    core::Enhancement enhancement;
    std::string verb;
};

core::Error damaged()
{
    return core::make_error(core::ErrorKind::corrupt, "The job's description is damaged; choose the verb again.");
}

core::Result<Wanted> read_wanted(const std::string& payload)
{
    const auto object = json::parse(payload, nullptr, false);
    if (!object.is_object() || !object.contains("enhance")) return damaged();
    auto enhancement = core::enhancement_from_json(object["enhance"]);
    if (!enhancement) return enhancement.error();
    Wanted wanted;
    wanted.enhancement = std::move(*enhancement);
    core::JsonReader reader(object, "");
    reader.text("verb", wanted.verb, 100);
    reader.text("take", wanted.source.id, 100);
    reader.text("file", wanted.file, 4096);
    reader.text("latents", wanted.source.latents, 4096);
    reader.whole("frames", wanted.source.frames, 1, 1'000'000'000);
    reader.rate("rate", wanted.source.rate);
    reader.whole("width", wanted.source.width, 1, 1 << 16);
    reader.whole("height", wanted.source.height, 1, 1 << 16);
    if (!reader.error().empty()) return damaged();
    wanted.source.clip = wanted.file;
    if (const auto found = object.find("recipe"); found != object.end()) {
        auto recipe = core::recipe_from_json(*found);
        if (!recipe) return recipe.error();
        wanted.source.recipe = std::move(*recipe);
    }
    return wanted;
}

/// The clip to begin with, and what is to be done to it.
struct Begin {
    std::shared_ptr<media::FrameSource> source;
    core::Enhancement enhancement;
    media::SoundFeed sound{};
};

core::Result<Begin> begin_of(const Wanted& wanted, const core::ProjectStore& store, JobEngine& engine,
                             const std::stop_token& stop)
{
    const auto decode = decoder_of(engine);
    if (auto before = media::frames_before_enhancing(store, wanted.source, decode))
        return Begin{std::move(before), merged(wanted.source.recipe->enhance, wanted.enhancement)};
    const bool plain = wanted.source.recipe && !wanted.source.recipe->enhance.wanted();
    if (plain) {
        auto own = media::TakeSource::of(store, wanted.source, decode, wanted.source.frames);
        if (!own) return own.error();
        return Begin{std::move(*own), wanted.enhancement};
    }
    const auto file = store.locate(wanted.file);
    if (!file) return file.error();
    auto clip = media::FileSource::open(*file);
    if (!clip) return clip.error();
    return Begin{std::move(*clip), wanted.enhancement, media::sound_of(*file, stop)};
}

}  // namespace

core::Error no_enhancer()
{
    return core::make_error(core::ErrorKind::unsupported,
                            "This Kinora has no networks that enlarge clips or make frames between frames; install it "
                            "with its resources.");
}

core::Enhancement merged(core::Enhancement first, const core::Enhancement& second)
{
    if (!second.upscale.empty()) {
        first.upscale = second.upscale;
        first.upscaler = second.upscaler;
    }
    if (!second.interpolate.empty()) {
        first.interpolate = second.interpolate;
        first.interpolator = second.interpolator;
    }
    return first;
}

core::NewJob enhance_job(const std::filesystem::path& project, const core::Project& document, const core::Shot& shot,
                         const core::Take& take, core::Verb verb, const core::Enhancement& enhancement,
                         const std::string& title)
{
    json payload{{"enhance", core::to_json(enhancement)},   {"verb", core::verb_name(verb)}, {"take", take.id},
                 {"file", core::clip_file(document, take)}, {"latents", take.latents},       {"frames", take.frames},
                 {"rate", core::rate_fraction(take.rate)},  {"width", take.width},           {"height", take.height}};
    if (take.recipe) payload["recipe"] = core::to_json(*take.recipe);
    return {k_enhance_kind, title, core::path_to_utf8(project), shot.id, payload.dump()};
}

core::Result<core::JobOutcome> make_enhanced(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                             const DeliverTake& deliver, const core::ProgressFunction& progress,
                                             std::stop_token stop)
{
    if (!engine.enhancer) return no_enhancer();
    const auto wanted = read_wanted(job.payload);
    if (!wanted) return wanted.error();
    const auto store = store_for(core::path_from_utf8(job.project));
    if (!store) return store.error();
    const auto begin = begin_of(*wanted, **store, engine, stop);
    if (!begin) return begin.error();
    const auto request = core::enhance_request(begin->enhancement);
    if (!request) return request.error();
    auto take = (*store)->new_take(job.id);
    if (!take) return take.error();

    media::EnhancedTake enhanced{begin->source.get(), engine.enhancer.get(), *request, wanted->source.recipe, {},
                                 begin->sound};
    if (enhanced.recipe) enhanced.recipe->enhance = merged(enhanced.recipe->enhance, wanted->enhancement);
    if (!wanted->source.latents.empty()) {
        const auto latents = (*store)->resolve(wanted->source.latents);
        std::error_code ignored;
        if (latents && std::filesystem::is_regular_file(*latents, ignored)) enhanced.latents = *latents;
    }
    const auto report = [&progress](int done, int total) {
        progress({core::Stage::finishing, done, total, total > 0 ? static_cast<double>(done) / total : 0.0, -1, nullptr});
    };
    if (auto saved = media::save_enhanced_take(enhanced, *take, **store, report, stop); !saved) return saved.error();
    take->verb = wanted->verb;
    take->parents = {wanted->source.id};
    deliver(job, {*take, core::FrameRange{0, take->frames}});
    return core::JobOutcome{json{{"take", take->id}}.dump()};
}

}  // namespace kinora::ui
