#include "ui/session/export_maker.h"

#include <nlohmann/json.hpp>

#include "core/base/paths.h"
#include "core/export/naming.h"
#include "core/export/sequence_export.h"
#include "core/generation/recipe_json.h"
#include "core/project/project_json.h"
#include "core/storyboard/layout.h"
#include "ui/session/latent_source.h"

namespace kinora::ui {
namespace {

using nlohmann::json;

core::Error damaged()
{
    return core::make_error(core::ErrorKind::corrupt, "The export's description is damaged; export again.");
}

/// A shot with its selected take alone, which is all that an export needs.
json shot_entry(const core::Project& project, const core::Shot& shot)
{
    core::Shot kept = shot;
    std::erase_if(kept.takes, [&](const core::Take& take) { return take.id != shot.selected_take; });
    return {{"shot", core::to_json(kept)}, {"record_frames", core::shot_length(project, shot)}};
}

std::string file_name(const core::Project& project, const core::Shot& shot, std::size_t index, const ExportChoice& choice)
{
    if (choice.scope == ExportScope::storyboard) return media::safe_name(project.name);
    const auto* take = core::selected_take(shot);
    media::NameFields fields;
    fields.project = project.name;
    fields.shot = static_cast<int>(index) + 1;
    fields.take = std::to_string(take->number);
    fields.seed = take->recipe ? take->recipe->seed : 0;
    fields.preset = choice.preset;
    return media::fill_pattern(media::k_default_pattern, fields);
}

struct Part {
    std::shared_ptr<LatentSource> source;
    media::FrameRange range;
    int record_frames = 0;
    std::string recipe;
};

core::Result<Part> part_from(const json& entry, JobEngine& engine, const core::ProjectStore& store)
{
    if (!entry.is_object() || !entry.contains("shot") || !entry.value("record_frames", json()).is_number_integer())
        return damaged();
    const auto shot = core::shot_from_json(entry["shot"]);
    if (!shot) return shot.error();
    Part part;
    part.record_frames = entry["record_frames"].get<int>();
    part.range = {static_cast<int>(shot->range.first), static_cast<int>(shot->range.end)};
    const auto* take = core::selected_take(*shot);
    if (!take) {
        part.range = {0, part.record_frames};
        return part;
    }
    const auto clip = store.resolve(take->clip);
    if (!clip) return clip.error();
    std::filesystem::path latents;
    if (!take->latents.empty()) {
        const auto file = store.resolve(take->latents);
        if (!file) return file.error();
        latents = *file;
    }
    part.source = std::make_shared<LatentSource>(engine, *take, latents, *clip, part.range.end);
    if (take->recipe) part.recipe = core::to_json(*take->recipe).dump();
    return part;
}

core::Result<media::WrittenFile> write(const json& payload, std::vector<Part>& parts, const media::ExportTarget& target,
                                       const media::WriteProgress& report, std::stop_token stop)
{
    if (payload.value("scope", "") == "shot") {
        media::ClipExport job;
        job.source = parts.front().source.get();
        job.range = parts.front().range;
        job.target = target;
        job.target.recipe_json = parts.front().recipe;
        return media::export_clip(job, report, stop);
    }
    media::SequenceExport job;
    for (auto& part : parts)
        job.segments.push_back({part.source, part.range, media::FitMode::cover, part.record_frames});
    job.rate = core::FrameRate(payload["rate"][0].get<std::int64_t>(), payload["rate"][1].get<std::int64_t>());
    job.width = payload["width"].get<int>();
    job.height = payload["height"].get<int>();
    job.target = target;
    return media::export_sequence(job, report, stop);
}

}  // namespace

core::Result<core::NewJob> export_job(const std::filesystem::path& folder, const core::Project& project,
                                      const std::string& shot_id, const ExportChoice& choice)
{
    const auto preset = media::find_preset(choice.preset);
    if (!preset) return preset.error();
    json shots = json::array();
    const auto index = core::find_shot(project, shot_id);
    if (choice.scope == ExportScope::shot) {
        if (!index || !core::selected_take(*project.shots[*index]))
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "This shot has no take yet: generate one, then export it.");
        shots.push_back(shot_entry(project, *project.shots[*index]));
    } else {
        bool any = false;
        for (const auto& shot : project.shots) {
            shots.push_back(shot_entry(project, *shot));
            any = any || core::selected_take(*shot);
        }
        if (!any)
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "The storyboard has no takes yet: generate a shot, then export.");
    }
    const auto exports = folder / "exports";
    const std::string name = file_name(project, index ? *project.shots[*index] : core::Shot(), index.value_or(0), choice);
    const json payload{{"scope", choice.scope == ExportScope::shot ? "shot" : "storyboard"},
                       {"preset", choice.preset},
                       {"name", name},
                       {"recipe", choice.include_recipe},
                       {"rate", {project.rate.numerator, project.rate.denominator}},
                       {"width", project.width},
                       {"height", project.height},
                       {"shots", shots}};
    return core::NewJob{k_export_kind, name + "." + (*preset)->extension, core::path_to_utf8(folder), shot_id,
                        payload.dump()};
}

core::Result<core::JobOutcome> make_export(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                           const core::ProgressFunction& progress, std::stop_token stop)
{
    const auto payload = json::parse(job.payload, nullptr, false);
    if (!payload.is_object() || !payload.value("shots", json()).is_array() || payload["shots"].empty()) return damaged();
    const auto store = store_for(core::path_from_utf8(job.project));
    if (!store) return store.error();
    std::vector<Part> parts;
    for (const auto& entry : payload["shots"]) {
        auto part = part_from(entry, engine, **store);
        if (!part) return part.error();
        parts.push_back(std::move(*part));
    }
    const auto preset = media::find_preset(payload.value("preset", ""));
    if (!preset) return preset.error();
    const auto exports = (*store)->exports_dir();
    if (!exports) return exports.error();
    media::ExportTarget target;
    target.file = media::unique_file(*exports, payload.value("name", "clip"), (*preset)->extension);
    target.preset = (*preset)->id;
    target.disclosure = payload.value("recipe", true) ? media::Disclosure::embed : media::Disclosure::none;
    const auto report = [&progress](int done, int total) {
        progress({core::Stage::finishing, done, total, total > 0 ? static_cast<double>(done) / total : 0.0, -1, nullptr});
    };
    const auto written = write(payload, parts, target, report, stop);
    if (!written) return written.error();
    json result{{"file", core::path_to_utf8(written->file)}, {"frames", written->frames}, {"bytes", written->bytes}};
    for (const auto& part : parts)
        if (part.source && !part.source->note().empty()) result["note"] = part.source->note();
    return core::JobOutcome{result.dump()};
}

}  // namespace kinora::ui
