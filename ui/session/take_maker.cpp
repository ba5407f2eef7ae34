#include "ui/session/take_maker.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/paths.h"
#include "core/export/clip_export.h"
#include "core/generation/picture_file.h"
#include "core/generation/recipe_json.h"
#include "core/jobs/request_json.h"
#include "core/media/image_reader.h"
#include "core/media/thumbnails.h"

namespace kinora::ui {
namespace {

/// The engine's share of the whole job; writing the files takes the rest.
constexpr double k_engine_share = 0.96;

std::int64_t now_seconds()
{
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

core::Result<core::GenerationRequest> read_request(const core::Job& job, const core::ProjectStore& store)
{
    const auto json = nlohmann::json::parse(job.payload, nullptr, false);
    if (!json.is_object() || !json.contains("request"))
        return core::make_error(core::ErrorKind::corrupt, "The job's description is damaged; generate the shot again.");
    auto request = core::request_from_json(json["request"]);
    if (!request) return request.error();
    for (auto& reference : request->conditioning) {
        const auto file = store.resolve(reference.source);
        if (!file) return file.error();
        auto picture = media::read_image(*file);
        if (!picture) return picture.error();
        reference.pictures = std::make_shared<const core::FrameSequence>(std::move(*picture));
    }
    return request;
}

core::Result<void> write_clip_file(const core::GeneratedClip& clip, const std::filesystem::path& file, std::stop_token stop)
{
    media::ExportTarget target;
    target.file = file;
    target.preset = std::string(media::k_take_preset);
    target.overwrite = media::OverwritePolicy::replace;
    target.recipe_json = core::to_json(clip.recipe).dump();
    const auto written = media::export_frames(clip.frames, target, {}, stop);
    return written ? core::Result<void>() : core::Result<void>(written.error());
}

core::Result<void> write_thumbnail(const core::FrameSequence& frames, const std::filesystem::path& file)
{
    const auto small = media::shrink(core::to_picture8(frames, frames.frames / 3), 320, 320);
    return small ? core::write_png(file, *small) : core::Result<void>(small.error());
}

/// Clip, thumbnail and recipe of a take, at the places it names.
core::Result<void> save_take(const core::GeneratedClip& clip, core::Take& take, const core::ProjectStore& store,
                             std::stop_token stop)
{
    const auto clip_file = store.resolve(take.clip);
    const auto thumbnail_file = store.resolve(take.thumbnail);
    if (!clip_file || !thumbnail_file) return clip_file ? thumbnail_file.error() : clip_file.error();
    if (const auto written = write_clip_file(clip, *clip_file, stop); !written) return written.error();
    if (const auto written = write_thumbnail(clip.frames, *thumbnail_file); !written) return written.error();
    take.recipe = clip.recipe;
    take.frames = clip.frames.frames;
    take.rate = clip.frames.rate;
    take.width = clip.frames.width;
    take.height = clip.frames.height;
    take.created = now_seconds();
    return store.write_recipe(take);
}

}  // namespace

core::NewJob generate_job(const std::filesystem::path& project, const core::Shot& shot,
                          const core::GenerationRequest& request, const std::string& title)
{
    return {k_generate_kind, title, core::path_to_utf8(project), shot.id,
            nlohmann::json{{"request", core::to_json(request)}}.dump()};
}

core::Result<core::JobOutcome> make_take(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                         const DeliverTake& deliver, const core::ProgressFunction& progress,
                                         std::stop_token stop)
{
    const auto store = store_for(core::path_from_utf8(job.project));
    if (!store) return store.error();
    auto request = read_request(job, **store);
    if (!request) return request.error();
    auto take = (*store)->new_take(job.id);
    if (!take) return take.error();
    const auto latents = (*store)->resolve(take->latents);
    if (!latents) return latents.error();
    request->latents_file = *latents;

    const auto scaled = [&progress](const core::Progress& report) {
        core::Progress whole = report;
        whole.fraction *= k_engine_share;
        progress(whole);
    };
    const auto clip = engine.generator->generate(*request, scaled, stop);
    if (!clip) return clip.error();
    progress({core::Stage::finishing, 0, 1, k_engine_share, -1, nullptr});
    if (const auto saved = save_take(*clip, *take, **store, stop); !saved) return saved.error();
    deliver(job, *take);
    return core::JobOutcome{nlohmann::json{{"take", take->id}}.dump()};
}

}  // namespace kinora::ui
