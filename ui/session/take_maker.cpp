#include "ui/session/take_maker.h"

#include <nlohmann/json.hpp>

#include "core/base/paths.h"
#include "core/export/take_files.h"
#include "core/jobs/request_json.h"
#include "core/media/image_reader.h"

namespace kinora::ui {
namespace {

/// The engine's share of the whole job; writing the files takes the rest.
constexpr double k_engine_share = 0.96;

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
    if (const auto saved = media::save_take(*clip, *take, **store, stop); !saved) return saved.error();
    deliver(job, *take);
    return core::JobOutcome{nlohmann::json{{"take", take->id}}.dump()};
}

}  // namespace kinora::ui
