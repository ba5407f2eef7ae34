#include "core/export/plan_run.h"

#include <algorithm>
#include <cstdio>

#include "core/export/plan_parts.h"
#include "core/export/provenance_finishers.h"
#include "core/provenance/disclosure.h"

namespace kinora::media {
namespace {

std::string decibels(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string loudness_note(const LoudnessReport& report, std::optional<double> target)
{
    if (report.before.integrated <= -69.9) return "The sound is silent.";
    const std::string now = decibels(report.integrated) + " LUFS, true peak " +
                            decibels(report.before.true_peak + report.integrated - report.before.integrated) + " dBTP";
    if (!target) return "The sound has " + now + ".";
    if (report.held_back)
        return "The sound is normalised to " + now + ": " + decibels(*target) + " LUFS would have clipped its peaks.";
    return "The sound is normalised to " + now + ".";
}

class PlanRun {
public:
    PlanRun(const core::Project& project, const ExportPlan& plan, const ExportPlace& place, const ExportServices& services,
            const WriteProgress& progress, std::stop_token stop)
        : project_(project), plan_(plan), place_(place), services_(services), progress_(progress), stop_(std::move(stop))
    {
    }

    core::Result<ExportOutcome> run(const std::vector<PlanPart>& parts)
    {
        for (const PlanPart& part : parts)
            total_ += static_cast<int>(part.frames);
        for (const PlanPart& part : parts) {
            auto written = part.clip ? clip(part) : sequence(part);
            if (!written) return written.error();
            outcome_.files.push_back(std::move(*written));
            outcome_.notes.insert(outcome_.notes.end(), part.notes.begin(), part.notes.end());
            done_ += static_cast<int>(part.frames);
        }
        return std::move(outcome_);
    }

private:
    core::Result<ExportTarget> target(const PlanPart& part) const
    {
        const auto preset = find_preset(plan_.delivery.preset);
        if (!preset) return preset.error();
        ExportTarget target;
        target.file = place_.file.empty() ? unique_target(place_.folder, part.name, **preset) : place_.file;
        target.overwrite = place_.file.empty() ? OverwritePolicy::refuse : place_.overwrite;
        target.preset = plan_.delivery.preset;
        target.quality = plan_.delivery.quality;
        target.colour = plan_.delivery.colour;
        target.disclosure = !plan_.recipe   ? Disclosure::none
                            : plan_.sidecar ? Disclosure::embed_and_sidecar
                                            : Disclosure::embed;
        const auto timecode = start_timecode(plan_.delivery.timecode, part.rate);
        if (!timecode) return timecode.error();
        if (!timecode->empty()) target.metadata["timecode"] = *timecode;
        target.metadata["title"] = part.name;
        ExportedItem item{project_, {}, plan_, {}};
        for (const std::size_t index : part.shots)
            item.shots.push_back(&*project_.shots[index]);
        if (plan_.recipe) {
            const std::vector<core::Recipe> recipes = recipes_of(item.shots);
            item.recipe_json = core::disclosed_json(recipes);
            const std::string& container = (*preset)->encoder.container;
            // Other containers get them as XMP.
            if (!recipes.empty() && (container == "webm" || container == "mxf"))
                target.metadata.merge(core::iptc_fields(recipes, source_type_of(item.shots)));
        }
        target.recipe_json = item.recipe_json;
        if (services_.finishers) target.finishers = services_.finishers(item);
        return target;
    }

    WriteProgress report() const
    {
        return [this](int done, int) {
            if (progress_) progress_(done_ + done, total_);
        };
    }

    core::Result<WrittenFile> clip(const PlanPart& part)
    {
        const core::Shot& shot = *part.project.shots.front();
        const core::Take* take = core::selected_take(shot);
        if (!take || !services_.source)
            return core::make_error(core::ErrorKind::internal, "Nothing tells where the takes' pictures are.");
        core::Shot whole = shot;
        whole.range = part.range;
        const auto source = services_.source(whole, *take);
        if (!source) return source.error();
        ClipExport job;
        job.source = source->get();
        job.range = part.range;
        job.rate = plan_.delivery.rate;
        job.conform = {plan_.delivery.conform, services_.in_between};
        auto place = target(part);
        if (!place) return place.error();
        job.target = std::move(*place);
        return export_clip(job, report(), stop_);
    }

    core::Result<WrittenFile> sequence(const PlanPart& part)
    {
        SequenceExport job;
        job.project = part.project;
        job.range = part.range;
        job.source = services_.source;
        job.locate = services_.locate;
        job.rate = plan_.delivery.rate;
        job.conform = {plan_.delivery.conform, services_.in_between};
        job.loudness = plan_.delivery.loudness;
        if (job.loudness) {
            job.heard = [this](const LoudnessReport& report) {
                outcome_.loudness = report;
                outcome_.notes.push_back(loudness_note(report, plan_.delivery.loudness));
            };
        }
        auto place = target(part);
        if (!place) return place.error();
        job.target = std::move(*place);
        return export_sequence(job, report(), stop_);
    }

    const core::Project& project_;
    const ExportPlan& plan_;
    const ExportPlace& place_;
    const ExportServices& services_;
    const WriteProgress& progress_;
    std::stop_token stop_;
    ExportOutcome outcome_;
    int done_ = 0;
    int total_ = 0;
};

}  // namespace

core::Result<ExportOutcome> run_export_plan(const core::Project& project, const ExportPlan& plan, const ExportPlace& place,
                                            const ExportServices& services, const WriteProgress& progress,
                                            std::stop_token stop)
{
    const auto parts = plan_parts(project, plan);
    if (!parts) return parts.error();
    if (parts->size() > 1 && !place.file.empty())
        return core::make_error(core::ErrorKind::invalid_argument,
                                "Several files can't have one name: name a folder, or export the shots as one file.");
    for (const PlanPart& part : *parts)
        if (auto checked = check_delivery(plan.delivery, part.rate); !checked) return checked.error();
    PlanRun run(project, plan, place, services, progress, std::move(stop));
    return run.run(*parts);
}

std::string plan_name(const core::Project& project, const ExportPlan& plan)
{
    const auto parts = plan_parts(project, plan);
    return parts ? parts->front().name : safe_name(project.name);
}

PlanExtent plan_extent(const core::Project& project, const ExportPlan& plan)
{
    PlanExtent extent;
    const auto parts = plan_parts(project, plan);
    if (!parts) return extent;
    extent.width = parts->front().width;
    extent.height = parts->front().height;
    extent.rate = parts->front().rate;
    extent.files = static_cast<int>(parts->size());
    for (const PlanPart& part : *parts) {
        extent.frames += part.frames;
        extent.sound = extent.sound || part.sound;
    }
    return extent;
}

std::int64_t plan_bytes(const core::Project& project, const ExportPlan& plan)
{
    const auto preset = find_preset(plan.delivery.preset);
    const auto parts = plan_parts(project, plan);
    if (!preset || !parts) return 0;
    std::int64_t bytes = plan_sound_bytes(*parts, **preset);
    for (const PlanPart& part : *parts)
        bytes += estimate_bytes(**preset, part.width, part.height, static_cast<int>(part.frames), plan.delivery.quality);
    return bytes;
}

}  // namespace kinora::media
