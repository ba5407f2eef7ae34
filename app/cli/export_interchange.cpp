#include "app/cli/export_interchange.h"

#ifdef KINORA_HAS_MEDIA

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/export_delivery.h"
#include "core/base/json_text.h"
#include "core/export/interchange_export.h"
#include "core/export/naming.h"
#include "core/export/restore_recipe.h"
#include "core/project/project_store.h"
#include "core/provenance/disclosure.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;
using media::InterchangeFormat;

core::Error wrong(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

std::set<InterchangeFormat> formats_of(const ExportOptions& options)
{
    std::set<InterchangeFormat> formats;
    if (options.otio) formats.insert(InterchangeFormat::otio);
    if (options.otioz) formats.insert(InterchangeFormat::otioz);
    if (options.fcpxml) formats.insert(InterchangeFormat::fcpxml);
    if (options.xmeml) formats.insert(InterchangeFormat::xmeml);
    if (options.edl) formats.insert(InterchangeFormat::edl);
    return formats;
}

/// The first name of which neither a file nor a media folder is there.
fs::path free_stem(const fs::path& folder, const std::string& name, const std::set<InterchangeFormat>& formats)
{
    for (int i = 1;; ++i) {
        fs::path file = folder / (i == 1 ? name : name + " " + std::to_string(i));
        std::error_code unknown;
        bool taken = fs::exists(file.string() + "-media", unknown);
        for (const InterchangeFormat format : formats)
            taken = taken || fs::exists(file.string() + "." + media::extension_of(format), unknown);
        if (!taken) return file;
    }
}

core::Result<std::vector<core::Recipe>> told_recipes(const ExportOptions& options)
{
    std::error_code unknown;
    if (!fs::is_regular_file(options.input / "project.json", unknown) && options.input.filename() != "project.json") {
        auto recipes = media::restore_recipes(options.input);
        if (!recipes && recipes.error().kind == core::ErrorKind::not_found && fs::exists(options.input, unknown))
            return std::vector<core::Recipe>();
        return recipes;
    }
    const auto opened = core::open_project(options.input);
    if (!opened) return opened.error();
    std::vector<const core::Shot*> shots;
    if (options.shots) {
        const auto numbers = parse_shots(*options.shots, static_cast<int>(opened->project.shots.size()));
        if (!numbers) return numbers.error();
        for (const int number : *numbers)
            shots.push_back(&*opened->project.shots[static_cast<std::size_t>(number) - 1]);
    } else {
        for (const auto& shot : opened->project.shots)
            shots.push_back(&*shot);
    }
    return media::recipes_of(shots);
}

}  // namespace

bool wants_interchange(const ExportOptions& options)
{
    return !formats_of(options).empty();
}

core::Result<Exported> export_interchange_files(const core::Project& project, const ExportOptions& options,
                                                const media::ExportServices& services, const fs::path& folder,
                                                ProgressDisplay& display, std::stop_token stop)
{
    if (options.shots || options.range || options.one_file || options.loudness || options.pattern || options.rate)
        return wrong(
            "Files for editing suites hold the whole storyboard at its own rate; leave out --shots, --range, --one-file, "
            "--loudness, --pattern and --fps.");
    media::InterchangeExport job;
    job.formats = formats_of(options);
    if (options.preset) {
        const auto preset = media::find_preset(*options.preset);
        if (!preset) return preset.error();
        job.preset = (*preset)->id;
    } else {
        job.preset = project.settings.export_preset;
    }
    if (options.timecode) {
        job.start = *options.timecode;
        if (options.timecode->find(';') != std::string::npos) job.timecode = core::TimecodeStyle::drop_frame;
    }
    if (options.handles > 0) job.handles = options.handles;
    job.all_takes = !options.selected_takes;
    job.recipe = !options.without_recipe;
    job.overwrite = options.overwrite ? media::OverwritePolicy::replace : media::OverwritePolicy::refuse;
    job.file = options.output.empty() ? free_stem(folder, media::safe_name(project.name), job.formats) : options.output;
    const auto report = [&](int done, int total) { display.show("writing", done, total); };
    const auto written = media::export_interchange(project, job, services, report, std::move(stop));
    if (!written) return written.error();
    Exported exported{{}, job.preset, written->notes};
    for (const fs::path& file : written->files)
        exported.files.push_back({file, 0, project.width, project.height});
    if (!written->media.empty())
        exported.notes.push_back(std::to_string(written->media_files) + " media files are in " + written->media.string() +
                                 ".");
    return exported;
}

media::ProvenanceOptions provenance_of(const ExportOptions& options, media::SoundMixer::Locate locate)
{
    media::ProvenanceOptions provenance;
    provenance.sign = options.sign || !options.sign_key.empty();
    provenance.key = options.sign_key;
    provenance.certificates = options.sign_certificates;
    provenance.locate = std::move(locate);
    return provenance;
}

std::vector<media::Finisher> clip_finishers(const ExportOptions& options, const media::ProvenanceNotes& notes)
{
    const auto recipes = media::restore_recipes(options.input);
    if (!recipes) return {};
    core::Project project;
    project.name = options.input.stem().string();
    std::vector<core::Shot> shots;
    for (const core::Recipe& recipe : *recipes) {
        core::Take take;
        take.id = take.clip = "clip";
        take.recipe = recipe;
        core::Shot shot;
        shot.takes.push_back(std::move(take));
        shot.selected_take = "clip";
        shots.push_back(std::move(shot));
    }
    std::vector<const core::Shot*> shown;
    for (const core::Shot& shot : shots)
        shown.push_back(&shot);
    media::ExportPlan plan;
    plan.recipe = !options.without_recipe;
    return media::provenance_finishers(provenance_of(options, {}), notes)({project, shown, plan, {}});
}

core::Result<std::string> shown_metadata(const ExportOptions& options)
{
    const auto recipes = told_recipes(options);
    if (!recipes) return recipes.error();
    const auto items = options.without_recipe ? std::vector<core::DisclosedItem>() : core::what_is_disclosed(*recipes);
    if (options.json) {
        nlohmann::json out = nlohmann::json::array();
        for (const core::DisclosedItem& item : items)
            out.push_back({{"label", item.label}, {"value", item.value}});
        return core::json_text({{"metadata", std::move(out)}}) + "\n";
    }
    if (items.empty()) return std::string("Nothing about how it was made would be written.\n");
    std::size_t widest = 0;
    for (const core::DisclosedItem& item : items)
        widest = std::max(widest, item.label.size());
    std::string out;
    for (const core::DisclosedItem& item : items)
        out += item.label + std::string(widest + 2 - item.label.size(), ' ') + item.value + "\n";
    return out;
}

}  // namespace kinora::cli

#endif
