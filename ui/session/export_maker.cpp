#include "ui/session/export_maker.h"

#include <algorithm>
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

/// The project with nothing in it but what the export shows: the selected takes, and of a single shot only that.
core::Project kept_project(const core::Project& project, const std::string& shot_id, ExportScope scope)
{
    core::Project kept = project;
    if (scope == ExportScope::shot) {
        std::erase_if(kept.shots, [&](const auto& shot) { return shot->id != shot_id; });
        kept.sound_tracks.clear();
        kept.settings.export_range.reset();
    }
    for (auto& shot : kept.shots) {
        if (shot->takes.size() < 2) continue;
        shot.update([](core::Shot& s) {
            std::erase_if(s.takes, [&](const core::Take& take) { return take.id != s.selected_take; });
        });
    }
    return kept;
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

/// Opens the takes of an export in their turn and remembers those that had to be taken from their clips.
class TakePictures {
public:
    TakePictures(JobEngine& engine, const core::ProjectStore& store) : engine_(engine), store_(store) {}

    core::Result<std::shared_ptr<media::FrameSource>> open(const core::Shot& shot, const core::Take& take)
    {
        const auto clip = store_.resolve(take.clip);
        if (!clip) return clip.error();
        std::filesystem::path latents;
        if (!take.latents.empty()) {
            const auto file = store_.resolve(take.latents);
            if (!file) return file.error();
            latents = *file;
        }
        auto source = std::make_shared<LatentSource>(engine_, take, latents, *clip, static_cast<int>(shot.range.end));
        opened_.push_back(source);
        return std::shared_ptr<media::FrameSource>(std::move(source));
    }

    [[nodiscard]] std::string note() const
    {
        for (const auto& source : opened_)
            if (!source->note().empty()) return source->note();
        return {};
    }

private:
    JobEngine& engine_;
    const core::ProjectStore& store_;
    std::vector<std::shared_ptr<LatentSource>> opened_;
};

core::Result<media::WrittenFile> write_shot(const core::Project& project, TakePictures& pictures,
                                            const media::ExportTarget& target, const media::WriteProgress& report,
                                            std::stop_token stop)
{
    const core::Shot& shot = *project.shots.front();
    const core::Take* take = core::selected_take(shot);
    if (!take) return damaged();
    const auto source = pictures.open(shot, *take);
    if (!source) return source.error();
    media::ClipExport job;
    job.source = source->get();
    job.range = shot.range;
    job.target = target;
    if (take->recipe) job.target.recipe_json = core::to_json(*take->recipe).dump();
    return media::export_clip(job, report, std::move(stop));
}

core::Result<media::WrittenFile> write_storyboard(core::Project project, TakePictures& pictures,
                                                  const core::ProjectStore& store, const media::ExportTarget& target,
                                                  const media::WriteProgress& report, std::stop_token stop)
{
    media::SequenceExport job;
    job.project = std::move(project);
    job.source = [&](const core::Shot& shot, const core::Take& take) { return pictures.open(shot, take); };
    job.locate = [&store](const std::string& file) {
        const auto path = store.locate(file);
        return path ? *path : std::filesystem::path();
    };
    // In and out set on the timeline; where nothing is between them any more, everything is exported.
    const core::FrameRange all{0, core::total_duration(job.project)};
    const core::FrameRange part = core::intersection(job.project.settings.export_range.value_or(all), all);
    if (!part.empty()) job.range = part;
    job.target = target;
    return media::export_sequence(job, report, std::move(stop));
}

}  // namespace

core::Result<core::NewJob> export_job(const std::filesystem::path& folder, const core::Project& project,
                                      const std::string& shot_id, const ExportChoice& choice)
{
    const auto preset = media::find_preset(choice.preset);
    if (!preset) return preset.error();
    const auto index = core::find_shot(project, shot_id);
    if (choice.scope == ExportScope::shot) {
        if (!index || !core::selected_take(*project.shots[*index]))
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "This shot has no take yet: generate one, then export it.");
    } else {
        const auto has_take = [](const auto& shot) { return core::selected_take(*shot) != nullptr; };
        if (std::none_of(project.shots.begin(), project.shots.end(), has_take))
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "The storyboard has no takes yet: generate a shot, then export.");
    }
    const auto exports = folder / "exports";
    const std::string name = file_name(project, index ? *project.shots[*index] : core::Shot(), index.value_or(0), choice);
    const json payload{{"scope", choice.scope == ExportScope::shot ? "shot" : "storyboard"},
                       {"preset", choice.preset},
                       {"name", name},
                       {"recipe", choice.include_recipe},
                       {"project", core::to_json(kept_project(project, shot_id, choice.scope))}};
    return core::NewJob{k_export_kind, name + "." + (*preset)->extension, core::path_to_utf8(folder), shot_id,
                        payload.dump()};
}

core::Result<core::JobOutcome> make_export(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                           const core::ProgressFunction& progress, std::stop_token stop)
{
    const auto payload = json::parse(job.payload, nullptr, false);
    if (!payload.is_object() || !payload.contains("project")) return damaged();
    const auto parsed = core::project_from_json(payload["project"]);
    if (!parsed || parsed->project.shots.empty()) return damaged();
    const auto store = store_for(core::path_from_utf8(job.project));
    if (!store) return store.error();
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
    TakePictures pictures(engine, **store);
    // An imported shot or a still picture goes the storyboard's way: it is conformed like everything else.
    const core::Take* take = core::selected_take(*parsed->project.shots.front());
    const bool own_rate = payload.value("scope", "") == "shot" && take && take->asset.empty();
    const auto written = own_rate ? write_shot(parsed->project, pictures, target, report, stop)
                                  : write_storyboard(parsed->project, pictures, **store, target, report, stop);
    if (!written) return written.error();
    json result{{"file", core::path_to_utf8(written->file)}, {"frames", written->frames}, {"bytes", written->bytes}};
    if (const std::string note = pictures.note(); !note.empty()) result["note"] = note;
    return core::JobOutcome{result.dump()};
}

}  // namespace kinora::ui
