#include "app/cli/export_run.h"

#ifdef KINORA_HAS_MEDIA

#include <nlohmann/json.hpp>

#include "app/cli/clip_output.h"
#include "app/cli/engine.h"
#include "app/cli/take_source.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/export/clip_export.h"
#include "core/export/naming.h"
#include "core/export/sequence_export.h"
#include "core/export/shot_pictures.h"
#include "core/generation/recipe_json.h"
#include "core/media/recipe_metadata.h"
#include "core/project/project_store.h"
#include "core/storyboard/layout.h"
#include "core/time/timecode.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

core::Error wrong(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

/// The target of an export: the file as typed, or a free name of `stem` in `folder`.
core::Result<media::ExportTarget> target_of(const ExportOptions& options, const std::string& preset_by_default,
                                            const fs::path& folder, const std::string& stem)
{
    const Existing existing = options.overwrite ? Existing::replace : Existing::keep;
    fs::path file = options.output;
    std::string preset_id = options.preset.value_or(preset_by_default);
    if (file.empty()) {
        const auto preset = media::find_preset(preset_id);
        if (!preset) return preset.error();
        file = media::unique_file(folder, media::safe_name(stem), (*preset)->extension);
    } else {
        const auto planned = plan_output(file, options.preset, existing);
        if (!planned) return planned.error();
        if (planned->kind != ClipOutput::Kind::video)
            return wrong(core::in_quotes(file.string()) + " is a folder; name a file such as master.mov.");
        preset_id = planned->preset;
    }
    if (auto possible = check_new_file(file, existing); !possible) return possible.error();
    media::ExportTarget target;
    target.file = file;
    target.preset = preset_id;
    target.overwrite = options.overwrite ? media::OverwritePolicy::replace : media::OverwritePolicy::refuse;
    target.disclosure = options.without_recipe ? media::Disclosure::none : media::Disclosure::embed;
    return target;
}

Exported exported_as(const media::WrittenFile& file, const std::string& preset)
{
    return {file.file, preset, file.frames, file.width, file.height, {}};
}

core::Result<Exported> export_clip_of(media::FrameSource& source, core::FrameRange whole, const ExportOptions& options,
                                      const media::ExportTarget& target, ProgressDisplay& display, std::stop_token stop)
{
    media::ClipExport job;
    job.source = &source;
    job.range = whole;
    job.target = target;
    if (options.range) {
        const auto range = parse_range(*options.range, source.info().frames);
        if (!range) return range.error();
        job.range = *range;
    }
    if (options.rate) {
        const auto rate = core::parse_rate(*options.rate);
        if (!rate) return rate.error();
        job.rate = *rate;
    }
    const auto report = [&](int done, int total) { display.show("writing", done, total); };
    const auto written = media::export_clip(job, report, std::move(stop));
    if (!written) return written.error();
    return exported_as(*written, target.preset);
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

    core::Result<Exported> shot(int number)
    {
        if (number < 1 || number > static_cast<int>(project_.shots.size()))
            return wrong("There is no shot " + std::to_string(number) + ": the storyboard has " +
                         std::to_string(project_.shots.size()) + ".");
        const core::Shot& shot = *project_.shots[static_cast<std::size_t>(number) - 1];
        const core::Take* take = core::selected_take(shot);
        if (take == nullptr) return wrong("Shot " + std::to_string(number) + " has no take yet; generate one first.");
        if (take->still) return wrong("Shot " + std::to_string(number) + " is a still picture; export it with --range.");
        auto source = pictures_of(shot, *take);
        if (!source) return source.error();
        media::NameFields fields{project_.name, number, std::to_string(take->number), take->recipe ? take->recipe->seed : 0,
                                 preset()};
        auto target = this->target(media::fill_pattern(media::k_default_pattern, fields));
        if (!target) return target.error();
        if (take->recipe) target->recipe_json = core::json_text(core::to_json(*take->recipe));
        return noted(export_clip_of(**source, shot.range, options_, *target, display_, stop_));
    }

    core::Result<Exported> storyboard()
    {
        const core::Layout layout(project_);
        if (layout.total() == 0) return wrong("The storyboard is empty; add a shot and generate a take first.");
        if (options_.rate) return wrong("A storyboard is exported at its project's rate; --fps is for single clips.");
        core::FrameRange range{0, layout.total()};
        if (options_.range) {
            const auto parsed = parse_range(*options_.range, layout.total());
            if (!parsed) return parsed.error();
            range = *parsed;
        }
        for (const auto& shot : project_.shots)
            if (shot->kind == core::ShotKind::generated && !core::selected_take(*shot))
                notes_.push_back("A shot without a take is black.");
        media::SequenceExport job;
        job.project = project_;
        job.range = range;
        job.source = [this](const core::Shot& shot, const core::Take& take) { return pictures_of(shot, take); };
        job.locate = [this](const std::string& file) { return located(file); };
        const auto target = this->target(project_.name);
        if (!target) return target.error();
        job.target = *target;
        const auto report = [&](int done, int total) { display_.show("writing", done, total); };
        const auto written = media::export_sequence(job, report, stop_);
        if (!written) return written.error();
        return noted(exported_as(*written, target->preset));
    }

private:
    [[nodiscard]] std::string preset() const { return options_.preset.value_or(project_.settings.export_preset); }

    core::Result<media::ExportTarget> target(const std::string& stem) const
    {
        fs::path folder;
        if (options_.output.empty()) {
            const auto exports = store_.exports_dir();
            if (!exports) return exports.error();
            folder = *exports;
        }
        return target_of(options_, preset(), folder, stem);
    }

    core::Result<std::shared_ptr<media::FrameSource>> pictures_of(const core::Shot& shot, const core::Take& take)
    {
        if (const core::Asset* asset = core::find_asset(project_, take.asset))
            return media::source_of_asset(*asset, [this](const std::string& file) { return located(file); });
        auto source = source_of(shot, take);
        if (!source) return source.error();
        return std::shared_ptr<media::FrameSource>(std::move(*source));
    }

    core::Result<std::shared_ptr<TakeSource>> source_of(const core::Shot& shot, const core::Take& take)
    {
        const auto clip = store_.resolve(take.clip);
        if (!clip) return clip.error();
        fs::path latents;
        if (!take.latents.empty()) {
            const auto file = store_.resolve(take.latents);
            if (!file) return file.error();
            latents = *file;
        }
        const auto decode = [this](const fs::path& file, std::stop_token stop) -> core::Result<core::FrameSequence> {
            const auto saved = inference::load_latents(file);
            if (!saved) return saved.error();
            return engine_->decode(saved->latents, saved->recipe, std::move(stop));
        };
        auto source = std::make_shared<TakeSource>(take, latents, *clip, shot.range.end, decode);
        sources_.push_back(source);
        return source;
    }

    /// Where an asset is; a path that leads out of the project folder names no file.
    fs::path located(const std::string& file) const
    {
        const auto path = store_.locate(file);
        return path ? *path : fs::path();
    }

    core::Result<Exported> noted(core::Result<Exported> exported) const
    {
        if (!exported) return exported;
        exported->notes = notes_;
        for (const auto& source : sources_)
            if (!source->note().empty()) exported->notes.push_back(source->note());
        return exported;
    }

    core::Project project_;
    core::ProjectStore store_;
    const ExportOptions& options_;
    ProgressDisplay& display_;
    std::stop_token stop_;
    std::shared_ptr<inference::WanGenerator> engine_;
    std::vector<std::shared_ptr<TakeSource>> sources_;
    std::vector<std::string> notes_;
};

}  // namespace

core::Result<Exported> export_file(const ExportOptions& options, ProgressDisplay& display, std::stop_token stop)
{
    if (options.shot) return wrong("--shot is for projects; a clip has none.");
    const auto source = media::FileSource::open(options.input);
    if (!source) return source.error();
    const std::string preset = options.preset.value_or(std::string(media::k_default_preset));
    auto target = target_of(options, preset, options.input.parent_path(), options.input.stem().string() + "-" + preset);
    if (!target) return target.error();
    if (const auto recipe = media::read_embedded_recipe(options.input)) target->recipe_json = *recipe;
    return export_clip_of(**source, {0, (*source)->info().frames}, options, *target, display, std::move(stop));
}

core::Result<Exported> export_project(const ExportOptions& options, ProgressDisplay& display, std::stop_token stop)
{
    auto opened = core::open_project(options.input);
    if (!opened) return opened.error();
    ProjectExport job(*std::move(opened), options, display, std::move(stop));
    return options.shot ? job.shot(*options.shot) : job.storyboard();
}

}  // namespace kinora::cli

#endif
