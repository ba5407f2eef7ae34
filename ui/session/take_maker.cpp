#include "ui/session/take_maker.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/export/frame_source.h"
#include "core/export/take_files.h"
#include "core/jobs/request_json.h"
#include "core/media/clip_reader.h"
#include "core/media/image_reader.h"
#include "ui/session/enhance_maker.h"

namespace kinora::ui {
namespace {

/// The engine's share of the whole job; writing the files takes the rest.
constexpr double k_engine_share = 0.96;
/// The same where the finished clip is enlarged or interpolated.
constexpr double k_engine_share_enhanced = 0.7;
constexpr const char* k_checkpoint_file = "checkpoint.safetensors";

/// Pictures of a reference: a picture file, or a stretch of a clip.
core::Result<core::FrameSequence> read_pictures(const std::filesystem::path& file, const core::ConditioningFrame& reference)
{
    if (reference.count <= 1 && reference.source_frame == 0) {
        auto picture = media::read_image(file);
        if (picture) return picture;
    }
    auto reader = media::ClipReader::open(file);
    if (!reader) return reader.error();
    return (*reader)->frames(reference.source_frame, std::max(1, reference.count));
}

/// The latents that a clip is made from: kept ones, or those of a clip's pictures.
core::Result<core::LatentClip> read_origin(const core::GenerationRequest& request, const std::filesystem::path& file,
                                           JobEngine& engine, const std::stop_token& stop)
{
    const bool kept = file.extension() == ".safetensors";
    if (kept && engine.read_latents) return engine.read_latents(file);
    if (kept || !engine.encoder)
        return core::make_error(core::ErrorKind::unsupported, "This engine can't go on from a clip's latents.");
    auto reader = media::ClipReader::open(file, stop);
    if (!reader) return reader.error();
    const auto pictures = (*reader)->frames(0, (*reader)->info().frames, stop);
    if (!pictures) return pictures.error();
    return engine.encoder->encode(*pictures, request.model_id, request.width.value_or((*reader)->info().width),
                                  request.height.value_or((*reader)->info().height), stop);
}

core::Result<core::GenerationRequest> read_request(const core::Job& job, const core::ProjectStore& store, JobEngine& engine,
                                                   const std::stop_token& stop)
{
    auto request = request_of_job(job.payload);
    if (!request) return request.error();
    if (auto read = read_references(*request, store); !read) return read.error();
    if (request->origin) {
        const auto file = store.locate(request->origin->source);
        if (!file) return file.error();
        auto latents = read_origin(*request, *file, engine, stop);
        if (!latents) return latents.error();
        request->origin_latents = std::make_shared<const core::LatentClip>(std::move(*latents));
        if (request->origin->sha256.empty())
            if (auto hash = core::sha256_of_file(*file)) request->origin->sha256 = std::move(*hash);
    }
    return request;
}

/// Where the run keeps its state, and where it goes on from if an earlier one was interrupted.
void keep_state(core::GenerationRequest& request, const std::filesystem::path& latents)
{
    request.latents_file = latents;
    request.checkpoint_file = latents.parent_path() / k_checkpoint_file;
    std::error_code ignored;
    if (std::filesystem::exists(request.checkpoint_file, ignored))
        request.resume_from = request.checkpoint_file;
    else if (std::filesystem::exists(latents, ignored))
        request.resume_from = latents;
}

TakeOrigin origin_of(const std::string& payload)
{
    TakeOrigin origin;
    const auto json = nlohmann::json::parse(payload, nullptr, false);
    if (!json.is_object()) return origin;
    if (const auto verb = json.find("verb"); verb != json.end() && verb->is_string()) origin.verb = verb->get<std::string>();
    if (const auto parents = json.find("parents"); parents != json.end() && parents->is_array())
        for (const auto& id : *parents)
            if (id.is_string()) origin.parents.push_back(id.get<std::string>());
    const auto range = json.find("range");
    if (range != json.end() && range->is_array() && range->size() == 2 && (*range)[0].is_number_integer() &&
        (*range)[1].is_number_integer())
        origin.range = core::FrameRange{(*range)[0].get<std::int64_t>(), (*range)[1].get<std::int64_t>()};
    return origin;
}

/// The finished clip, enlarged and interpolated as its recipe says.
core::Result<void> save_enhanced(core::GeneratedClip clip, core::Take& take, const core::ProjectStore& store,
                                 JobEngine& engine, const core::ProgressFunction& progress, const std::stop_token& stop)
{
    const auto request = core::enhance_request(clip.recipe.enhance);
    if (!request) return request.error();
    media::MemorySource source(std::make_shared<const core::FrameSequence>(std::move(clip.frames)));
    const auto report = [&progress](int done, int total) {
        const double part = total > 0 ? static_cast<double>(done) / total : 0.0;
        const double whole = k_engine_share_enhanced + (1 - k_engine_share_enhanced) * part;
        progress({core::Stage::finishing, done, total, whole, -1, nullptr});
    };
    return media::save_enhanced_take({&source, engine.enhancer.get(), *request, std::move(clip.recipe), {}}, take, store,
                                     report, stop);
}

}  // namespace

core::NewJob generate_job(const std::filesystem::path& project, const core::Shot& shot,
                          const core::GenerationRequest& request, const std::string& title, const TakeOrigin& origin)
{
    nlohmann::json payload{{"request", core::to_json(request)}};
    if (!origin.verb.empty()) payload["verb"] = origin.verb;
    if (!origin.parents.empty()) payload["parents"] = origin.parents;
    if (origin.range) payload["range"] = {origin.range->first, origin.range->end};
    return {k_generate_kind, title, core::path_to_utf8(project), shot.id, payload.dump()};
}

core::Result<core::GenerationRequest> request_of_job(const std::string& payload)
{
    const auto json = nlohmann::json::parse(payload, nullptr, false);
    if (!json.is_object() || !json.contains("request"))
        return core::make_error(core::ErrorKind::corrupt, "The job's description is damaged; generate the shot again.");
    return core::request_from_json(json["request"]);
}

core::Result<void> read_references(core::GenerationRequest& request, const core::ProjectStore& store)
{
    for (auto& reference : request.conditioning) {
        const auto file = store.locate(reference.source);
        if (!file) return file.error();
        auto pictures = read_pictures(*file, reference);
        if (!pictures) return pictures.error();
        reference.pictures = std::make_shared<const core::FrameSequence>(std::move(*pictures));
    }
    return {};
}

std::string with_request(const std::string& payload, const core::GenerationRequest& request)
{
    auto json = nlohmann::json::parse(payload, nullptr, false);
    if (!json.is_object()) json = nlohmann::json::object();
    json["request"] = core::to_json(request);
    return json.dump();
}

core::Result<core::JobOutcome> make_take(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                         const DeliverTake& deliver, const std::shared_ptr<core::RunControl>& control,
                                         const core::ProgressFunction& progress, std::stop_token stop)
{
    const auto store = store_for(core::path_from_utf8(job.project));
    if (!store) return store.error();
    auto request = read_request(job, **store, engine, stop);
    if (!request) return request.error();
    auto take = (*store)->new_take(job.id);
    if (!take) return take.error();
    const auto latents = (*store)->resolve(take->latents);
    if (!latents) return latents.error();
    keep_state(*request, *latents);
    request->control = control;
    if (request->device == "auto" && !engine.device.empty()) request->device = engine.device;

    const bool enhances = request->enhance.wanted();
    if (enhances && !engine.enhancer) return no_enhancer();
    const double share = enhances ? k_engine_share_enhanced : k_engine_share;
    const auto scaled = [&progress, share](const core::Progress& report) {
        core::Progress whole = report;
        whole.fraction *= share;
        progress(whole);
    };
    auto clip = engine.generator->generate(*request, scaled, stop);
    const bool useless =
        !clip && !request->resume_from.empty() && !stop.stop_requested() &&
        (clip.error().kind == core::ErrorKind::corrupt || clip.error().kind == core::ErrorKind::invalid_argument);
    if (useless) {
        // What an earlier run left doesn't belong to this one any more (the job was edited, the file was damaged).
        std::error_code ignored;
        std::filesystem::remove(request->resume_from, ignored);
        request->resume_from.clear();
        clip = engine.generator->generate(*request, scaled, stop);
    }
    if (!clip) return clip.error();
    const bool whole_run = request->resume_from.empty() && clip->recipe.stop_after == 0;
    progress({core::Stage::finishing, 0, 1, share, -1, nullptr});
    const auto saved = enhances ? save_enhanced(std::move(*clip), *take, **store, engine, progress, stop)
                                : media::save_take(*clip, *take, **store, stop);
    if (!saved) return saved.error();
    auto origin = origin_of(job.payload);
    take->verb = std::move(origin.verb);
    take->parents = std::move(origin.parents);
    deliver(job, {*take, origin.range});
    return core::JobOutcome{nlohmann::json{{"take", take->id}, {"whole_run", whole_run}}.dump()};
}

}  // namespace kinora::ui
