#include "ui/session/export_maker.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/export/enhanced_source.h"
#include "core/export/naming.h"
#include "core/export/plan_parts.h"
#include "core/export/plan_run.h"
#include "core/export/provenance_finishers.h"
#include "core/project/project_json.h"
#include "ui/session/take_decoder.h"

namespace kinora::ui {
namespace {

using nlohmann::json;

core::Error damaged()
{
    return core::make_error(core::ErrorKind::corrupt, "The export's description is damaged; export again.");
}

const char* scope_id(ExportScope scope)
{
    return scope == ExportScope::storyboard ? "storyboard" : scope == ExportScope::chosen ? "chosen" : "shot";
}

/// The project with nothing in it but the selected takes; the shots stay, because names count them.
core::Project kept_project(const core::Project& project)
{
    core::Project kept = project;
    for (auto& shot : kept.shots) {
        if (shot->takes.size() < 2) continue;
        shot.update([](core::Shot& s) {
            std::erase_if(s.takes, [&](const core::Take& take) { return take.id != s.selected_take; });
        });
    }
    return kept;
}

constexpr media::InterchangeFormat k_suite_formats[] = {media::InterchangeFormat::otio, media::InterchangeFormat::otioz,
                                                        media::InterchangeFormat::fcpxml, media::InterchangeFormat::xmeml,
                                                        media::InterchangeFormat::edl};

json suite_names(const std::set<media::InterchangeFormat>& suites)
{
    json names = json::array();
    for (const media::InterchangeFormat format : suites)
        names.push_back(media::extension_of(format));
    return names;
}

std::set<media::InterchangeFormat> suites_of(const json& names)
{
    std::set<media::InterchangeFormat> suites;
    for (const media::InterchangeFormat format : k_suite_formats)
        if (names.is_array() && std::find(names.begin(), names.end(), media::extension_of(format)) != names.end())
            suites.insert(format);
    return suites;
}

/// A free name for the files for editing suites and their media in a folder.
std::filesystem::path free_suite_stem(const std::filesystem::path& folder, const std::string& name)
{
    for (int i = 1;; ++i) {
        const std::string stem = i == 1 ? name : name + " " + std::to_string(i);
        std::error_code unknown;
        bool taken = std::filesystem::exists(folder / (stem + "-media"), unknown);
        for (const media::InterchangeFormat format : k_suite_formats)
            taken = taken || std::filesystem::exists(folder / (stem + "." + media::extension_of(format)), unknown);
        if (!taken) return folder / stem;
    }
}

}  // namespace

std::string choice_to_json(const ExportChoice& choice)
{
    return core::json_text(json{{"scope", scope_id(choice.scope)},
                                {"delivery", json::parse(media::delivery_to_json(choice.delivery))},
                                {"file_per_shot", choice.file_per_shot},
                                {"handles", choice.handles},
                                {"pattern", choice.pattern},
                                {"recipe", choice.include_recipe},
                                {"sidecar", choice.sidecar},
                                {"suites", suite_names(choice.suites)},
                                {"sign", choice.sign}});
}

ExportChoice choice_from_json(const std::string& text)
{
    ExportChoice choice;
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return choice;
    core::JsonReader reader(object, "");
    std::string scope;
    reader.text("scope", scope, 100);
    reader.truth("file_per_shot", choice.file_per_shot);
    reader.whole("handles", choice.handles, 0, media::k_most_handles);
    reader.text("pattern", choice.pattern, 1000);
    reader.truth("recipe", choice.include_recipe);
    reader.truth("sidecar", choice.sidecar);
    reader.truth("sign", choice.sign);
    if (const json* suites = reader.find("suites")) choice.suites = suites_of(*suites);
    choice.scope = scope == "storyboard" ? ExportScope::storyboard
                   : scope == "chosen"   ? ExportScope::chosen
                                         : ExportScope::shot;
    if (const json* delivery = reader.find("delivery"))
        if (auto read = media::delivery_from_json(core::json_text(*delivery))) choice.delivery = std::move(*read);
    return choice;
}

media::ExportPlan export_plan(const core::Project& project, const ExportChoice& choice, const std::string& shot,
                              const std::vector<std::string>& chosen)
{
    media::ExportPlan plan;
    plan.what = choice.scope == ExportScope::storyboard ? media::ExportWhat::storyboard : media::ExportWhat::shots;
    if (choice.scope == ExportScope::shot) plan.shots = {shot};
    if (choice.scope == ExportScope::chosen) plan.shots = chosen.empty() ? std::vector<std::string>{shot} : chosen;
    if (choice.scope == ExportScope::storyboard) plan.range = project.settings.export_range;
    plan.file_per_shot = choice.file_per_shot;
    plan.handles = choice.scope == ExportScope::storyboard ? 0 : choice.handles;
    plan.pattern = choice.pattern;
    plan.delivery = choice.delivery;
    plan.recipe = choice.include_recipe;
    plan.sidecar = choice.sidecar;
    return plan;
}

std::vector<core::DisclosedItem> told_by_export(const core::Project& project, const ExportChoice& choice,
                                                const std::string& shot, const std::vector<std::string>& chosen)
{
    const media::ExportPlan plan = export_plan(project, choice, shot, chosen);
    std::vector<const core::Shot*> shots;
    for (const auto& one : project.shots) {
        const bool named = std::find(plan.shots.begin(), plan.shots.end(), one->id) != plan.shots.end();
        if (named || plan.what == media::ExportWhat::storyboard) shots.push_back(&*one);
    }
    return core::what_is_disclosed(media::recipes_of(shots));
}

core::Result<core::NewJob> export_job(const std::filesystem::path& folder, const core::Project& project,
                                      const std::string& shot, const std::vector<std::string>& chosen,
                                      const ExportChoice& choice)
{
    const media::ExportPlan plan = export_plan(project, choice, shot, chosen);
    const auto preset = media::find_preset(plan.delivery.preset);
    if (!preset) return preset.error();
    const auto parts = media::plan_parts(project, plan);
    if (!parts) return parts.error();
    for (const media::PlanPart& part : *parts)
        if (auto checked = media::check_delivery(plan.delivery, part.rate); !checked) return checked.error();
    std::string title = parts->front().name;
    if (!(*preset)->encoder.pictures()) title += "." + (*preset)->extension;
    if (parts->size() > 1) title += " and " + std::to_string(parts->size() - 1) + " more";
    const bool suites = choice.scope == ExportScope::storyboard && !choice.suites.empty();
    if (suites) title = plan_name(project, plan) + "." + media::extension_of(*choice.suites.begin());
    const json payload{{"plan", json::parse(media::plan_to_json(plan))},
                       {"project", core::to_json(suites ? project : kept_project(project))},
                       {"suites", suite_names(suites ? choice.suites : std::set<media::InterchangeFormat>())},
                       {"sign", choice.sign}};
    return core::NewJob{k_export_kind, title, core::path_to_utf8(folder), shot, payload.dump()};
}

core::Result<core::JobOutcome> make_export(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                           const core::ProgressFunction& progress, std::stop_token stop)
{
    const auto payload = json::parse(job.payload, nullptr, false);
    if (!payload.is_object() || !payload.contains("project") || !payload.contains("plan")) return damaged();
    const auto parsed = core::project_from_json(payload["project"]);
    if (!parsed || parsed->project.shots.empty()) return damaged();
    const auto plan = media::plan_from_json(core::json_text(payload["plan"]));
    if (!plan) return plan.error();
    const auto store = store_for(core::path_from_utf8(job.project));
    if (!store) return store.error();
    const auto exports = (*store)->exports_dir();
    if (!exports) return exports.error();

    std::vector<std::shared_ptr<media::FrameSource>> opened;
    media::ExportServices services;
    services.source = [&](const core::Shot& shot,
                          const core::Take& take) -> core::Result<std::shared_ptr<media::FrameSource>> {
        auto source = media::frames_of_take(**store, take, decoder_of(engine), engine.enhancer, shot.range.end);
        if (source) opened.push_back(*source);
        return source;
    };
    if (const auto enhancer = engine.enhancer)
        services.in_between = [enhancer](std::span<const float> before, std::span<const float> after, int width, int height,
                                         double phase, std::span<float> out) {
            return enhancer->between(before, after, width, height, phase, out);
        };
    services.locate = [&store](const std::string& file) {
        const auto path = (*store)->locate(file);
        return path ? *path : std::filesystem::path();
    };
    const auto report = [&progress](int done, int total) {
        progress({core::Stage::finishing, done, total, total > 0 ? static_cast<double>(done) / total : 0.0, -1, nullptr});
    };
    media::ProvenanceOptions provenance;
    provenance.sign = payload.value("sign", false);
    provenance.locate = services.locate;
    const auto noticed = std::make_shared<std::vector<std::string>>();
    services.finishers = media::provenance_finishers(provenance, noticed);
    if (const auto suites = suites_of(payload.value("suites", json::array())); !suites.empty()) {
        media::InterchangeExport suite;
        suite.formats = suites;
        suite.file = free_suite_stem(*exports, media::safe_name(parsed->project.name));
        suite.preset = plan->delivery.preset;
        suite.recipe = plan->recipe;
        if (!plan->delivery.timecode.empty()) suite.start = plan->delivery.timecode;
        const auto written = media::export_interchange(parsed->project, suite, services, report, stop);
        if (!written) return written.error();
        json result{{"file", core::path_to_utf8(written->files.front())}, {"files", json::array()}, {"notes", *noticed}};
        for (const std::filesystem::path& file : written->files)
            result["files"].push_back(core::path_to_utf8(file));
        return core::JobOutcome{result.dump()};
    }
    const media::ExportPlace place{*exports, {}, media::OverwritePolicy::refuse};
    const auto outcome = media::run_export_plan(parsed->project, *plan, place, services, report, stop);
    if (!outcome) return outcome.error();
    json result{
        {"file", core::path_to_utf8(outcome->files.front().file)}, {"files", json::array()}, {"notes", outcome->notes}};
    for (const media::WrittenFile& file : outcome->files)
        result["files"].push_back(core::path_to_utf8(file.file));
    for (const auto& source : opened) {
        const std::string note = source->note();
        if (note.empty()) continue;
        result["notes"].push_back(note);
        break;
    }
    for (const std::string& note : *noticed)
        result["notes"].push_back(note);
    return core::JobOutcome{result.dump()};
}

}  // namespace kinora::ui
