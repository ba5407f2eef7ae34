#include "app/cli/export_run.h"

#ifdef KINORA_HAS_MEDIA

#include <nlohmann/json.hpp>

#include "app/cli/engine.h"
#include "app/cli/export_delivery.h"
#include "app/cli/export_interchange.h"
#include "app/cli/in_between.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/export/clip_export.h"
#include "core/export/enhanced_source.h"
#include "core/export/naming.h"
#include "core/export/own_presets.h"
#include "core/export/plan_run.h"
#include "core/media/recipe_metadata.h"
#include "core/project/project_store.h"
#include "core/storyboard/layout.h"
#include "core/time/timecode.h"
#include "inference/enhance/enhance_engine.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

core::Error wrong(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

/// A project that is open, and what its takes' pictures come from.
class ProjectExport {
public:
    ProjectExport(core::OpenedProject opened, const ExportOptions& options, ProgressDisplay& display, std::stop_token stop)
        : project_(std::move(opened.project)),
          store_(std::move(opened.store)),
          options_(options),
          display_(display),
          stop_(std::move(stop)),
          engine_(make_engine())
    {
    }

    core::Result<Exported> run()
    {
        fs::path folder;
        if (options_.output.empty()) {
            const auto exports = store_.exports_dir();
            if (!exports) return exports.error();
            folder = *exports;
        }
        if (wants_interchange(options_))
            return noted(export_interchange_files(project_, options_, services(), folder, display_, stop_));
        auto plan = this->plan();
        if (!plan) return plan.error();
        const bool several = plan->what == media::ExportWhat::shots && plan->file_per_shot && plan->shots.size() > 1;
        const auto place = place_of(options_, plan->delivery, folder, several);
        if (!place) return place.error();
        const auto report = [&](int done, int total) { display_.show("writing", done, total); };
        const auto outcome = media::run_export_plan(project_, *plan, *place, services(), report, stop_);
        if (!outcome) return outcome.error();
        Exported exported{{}, plan->delivery.preset, outcome->notes};
        for (const media::WrittenFile& file : outcome->files)
            exported.files.push_back({file.file, file.frames, file.width, file.height});
        return noted(std::move(exported));
    }

private:
    /// With what sources and finishers have noticed.
    core::Result<Exported> noted(core::Result<Exported> exported) const
    {
        if (!exported) return exported;
        for (const auto& source : sources_)
            if (!source->note().empty()) exported->notes.push_back(source->note());
        exported->notes.insert(exported->notes.end(), provenance_notes_->begin(), provenance_notes_->end());
        return exported;
    }

    core::Result<media::ExportPlan> plan() const
    {
        media::ExportPlan plan;
        plan.recipe = !options_.without_recipe;
        plan.sidecar = options_.sidecar;
        plan.handles = options_.handles;
        plan.file_per_shot = !options_.one_file;
        if (options_.pattern) plan.pattern = *options_.pattern;
        std::int64_t length = core::Layout(project_).total();
        core::FrameRate rate = project_.rate;
        if (options_.shots) {
            const auto numbers = parse_shots(*options_.shots, static_cast<int>(project_.shots.size()));
            if (!numbers) return numbers.error();
            for (const int number : *numbers)
                plan.shots.push_back(project_.shots[static_cast<std::size_t>(number) - 1]->id);
            const core::Take* take = core::selected_take(*project_.shots[static_cast<std::size_t>(numbers->front()) - 1]);
            if (take && take->asset.empty()) rate = take->rate;
            if (take) length = take->frames;
            if (options_.range && numbers->size() > 1) return wrong("--range goes with one shot, or with the storyboard.");
        } else {
            plan.what = media::ExportWhat::storyboard;
            if (length == 0) return wrong("The storyboard is empty; add a shot and generate a take first.");
        }
        if (options_.range) {
            const auto parsed = parse_range(*options_.range, length);
            if (!parsed) return parsed.error();
            plan.range = *parsed;
        }
        auto delivery = delivery_of(options_, project_.settings.export_preset, rate);
        if (!delivery) return delivery.error();
        plan.delivery = std::move(*delivery);
        return plan;
    }

    media::ExportServices services()
    {
        media::ExportServices services;
        services.in_between = in_between();
        services.source = [this](const core::Shot& shot,
                                 const core::Take& take) -> core::Result<std::shared_ptr<media::FrameSource>> {
            auto source = media::frames_of_take(store_, take, decoder(), enhancer_, shot.range.end);
            if (source) sources_.push_back(*source);
            return source;
        };
        // A path that leads out of the project folder names no file.
        services.locate = [this](const std::string& file) {
            const auto path = store_.locate(file);
            return path ? *path : fs::path();
        };
        services.finishers = media::provenance_finishers(provenance_of(options_, services.locate), provenance_notes_);
        return services;
    }

    media::DecodeLatents decoder() const
    {
        return [engine = engine_](const fs::path& file, const core::Take&,
                                  std::stop_token stop) -> core::Result<core::FrameSequence> {
            const auto saved = inference::load_latents(file);
            if (!saved) return saved.error();
            return engine->decode(saved->latents, saved->recipe, std::move(stop));
        };
    }

    core::Project project_;
    core::ProjectStore store_;
    const ExportOptions& options_;
    ProgressDisplay& display_;
    std::stop_token stop_;
    std::shared_ptr<inference::WanGenerator> engine_;
    std::shared_ptr<inference::EnhanceEngine> enhancer_ = std::make_shared<inference::EnhanceEngine>();
    std::vector<std::shared_ptr<media::FrameSource>> sources_;
    media::ProvenanceNotes provenance_notes_ = std::make_shared<std::vector<std::string>>();
};

}  // namespace

core::Result<Exported> export_file(const ExportOptions& options, ProgressDisplay& display, std::stop_token stop)
{
    if (options.shots) return wrong("--shot is for projects; a clip has none.");
    if (wants_interchange(options)) return wrong("Files for editing suites hold storyboards; name a project's folder.");
    if (options.loudness) return wrong("--loudness is for storyboards: a clip is exported without sound.");
    const auto source = media::FileSource::open(options.input);
    if (!source) return source.error();
    const media::SourceInfo info = (*source)->info();
    const auto delivery = delivery_of(options, std::string(media::k_default_preset), info.rate);
    if (!delivery) return delivery.error();
    const auto place = place_of(options, *delivery, options.input.parent_path(), false);
    if (!place) return place.error();
    const auto preset = media::find_preset(delivery->preset);
    if (!preset) return preset.error();
    media::ClipExport job;
    job.source = source->get();
    job.range = core::FrameRange{0, info.frames};
    if (options.range) {
        const auto range = parse_range(*options.range, info.frames);
        if (!range) return range.error();
        job.range = *range;
    }
    job.rate = delivery->rate;
    job.conform = {delivery->conform, in_between()};
    job.target.preset = delivery->preset;
    job.target.quality = delivery->quality;
    job.target.colour = delivery->colour;
    job.target.overwrite = place->overwrite;
    job.target.file =
        place->file.empty()
            ? media::unique_target(place->folder, options.input.stem().string() + "-" + delivery->preset, **preset)
            : place->file;
    const auto timecode = media::start_timecode(delivery->timecode, job.rate.value_or(info.rate));
    if (!timecode) return timecode.error();
    if (!timecode->empty()) job.target.metadata["timecode"] = *timecode;
    if (const auto recipe = media::read_embedded_recipe(options.input)) job.target.recipe_json = *recipe;
    job.target.disclosure = options.without_recipe ? media::Disclosure::none
                            : options.sidecar      ? media::Disclosure::embed_and_sidecar
                                                   : media::Disclosure::embed;
    const auto notes = std::make_shared<std::vector<std::string>>();
    job.target.finishers = clip_finishers(options, notes);
    const auto report = [&](int done, int total) { display.show("writing", done, total); };
    const auto written = media::export_clip(job, report, std::move(stop));
    if (!written) return written.error();
    Exported exported{{{written->file, written->frames, written->width, written->height}}, delivery->preset, *notes};
    const std::string& damage = (*source)->damage();
    if (!damage.empty())
        exported.notes.push_back(core::in_quotes(options.input.filename().string()) + " is damaged: " + damage + ".");
    return exported;
}

core::Result<Exported> export_project(const ExportOptions& options, ProgressDisplay& display, std::stop_token stop)
{
    auto opened = core::open_project(options.input);
    if (!opened) return opened.error();
    ProjectExport job(*std::move(opened), options, display, std::move(stop));
    return job.run();
}

std::string preset_list()
{
    std::string list;
    for (const media::Preset& preset : media::presets()) {
        if (preset.use == media::PresetUse::internal) continue;
        list += preset.id + std::string(preset.id.size() < 18 ? 18 - preset.id.size() : 1, ' ') + preset.description + "\n";
    }
    std::vector<std::string> problems;
    for (const media::OwnPreset& own : media::list_own_presets(media::own_presets_dir(), &problems))
        list += own.name + " (own, " + own.delivery.preset + ")  " + own.description + "\n";
    for (const std::string& problem : problems)
        list += "Note: " + problem + "\n";
    return list;
}

}  // namespace kinora::cli

#endif
