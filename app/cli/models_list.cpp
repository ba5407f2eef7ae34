#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/engine.h"
#include "app/cli/exit_codes.h"
#include "app/cli/models_actions.h"
#include "app/cli/models_json.h"
#include "core/base/paths.h"
#include "core/models/model_summary.h"
#include "core/time/timecode.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {
namespace {

using nlohmann::json;

std::string clip_of(const core::ModelCapabilities& model)
{
    return fmt::format("{}x{}, {} frames, {} fps", model.default_width, model.default_height, model.default_frames,
                       core::rate_text(model.rate));
}

/// A model's summary, and what the engine makes of it where it is complete.
struct Listed {
    core::CatalogueEntry entry;
    core::ModelSummary summary;
    std::optional<core::ModelCapabilities> takes;
};

std::vector<Listed> look_at(const std::vector<core::CatalogueEntry>& entries)
{
    const auto engine = make_engine();
    std::vector<Listed> models;
    for (const core::CatalogueEntry& entry : entries) {
        Listed one{entry, core::summarise_model(entry), {}};
        if (one.summary.missing.empty()) {
            auto takes = engine->capabilities(entry.id);
            if (takes)
                one.takes = *std::move(takes);
            else
                one.summary.missing.push_back(takes.error().message);
        }
        models.push_back(std::move(one));
    }
    return models;
}

void print(const Listed& model)
{
    const core::ModelSummary& summary = model.summary;
    std::string facts = summary.variant.empty() && model.takes ? model.takes->variant : summary.variant;
    for (const std::string& fact : {summary.precision, size_text(summary.bytes),
                                    summary.licence.empty() ? std::string("licence not told") : summary.licence,
                                    model.takes ? clip_of(*model.takes) : std::string()})
        if (!fact.empty()) facts += (facts.empty() ? "" : ", ") + fact;
    fmt::print("{:<24} {} ({})\n", model.entry.id, facts, origin_name(model.entry.origin));
    for (const std::string& note : summary.notes)
        fmt::print("    {}\n", note);
    for (const std::string& problem : summary.missing)
        fmt::print("    Can't be used: {}\n", problem);
    if (!summary.training_data.empty()) fmt::print("    Training data, says its author: {}\n", summary.training_data);
}

void print_loras(const std::vector<core::DetectedPart>& parts)
{
    bool first = true;
    for (const core::DetectedPart& part : parts) {
        if (part.kind != core::PartKind::lora) continue;
        if (first) fmt::print("\nLoRAs (for --lora):\n");
        first = false;
        fmt::print("{:<24} {}, {}, {}{}\n", part.path.stem().string(), part.variant, part.precision, size_text(part.bytes),
                   part.licence.empty() ? "" : ", " + part.licence);
    }
}

}  // namespace

int list_models(const ModelsOptions& options)
{
    const core::Catalogue catalogue;
    const auto entries = catalogue.list();
    if (!entries) return fail(entries.error(), options.answer());
    const auto parts = catalogue.parts();
    const auto models = look_at(*entries);
    if (options.json) {
        json all = json::array();
        for (const Listed& model : models) {
            json object = as_json(model.entry, model.summary);
            if (model.takes) object["takes"] = as_json(*model.takes);
            all.push_back(std::move(object));
        }
        json files = json::array();
        if (parts)
            for (const core::DetectedPart& part : *parts)
                files.push_back(as_json(part));
        print_json({{"models", std::move(all)}, {"parts", std::move(files)}});
        return exit_done;
    }
    for (const Listed& model : models)
        print(model);
    if (parts) print_loras(*parts);
    if (entries->empty()) fmt::print("No model is installed; add one with \"kinora-cli models add PATH\".\n");
    return exit_done;
}

int add_model(const ModelsOptions& options)
{
    const auto added = core::Catalogue().add_path(core::path_from_utf8(options.model));
    if (!added) return fail(added.error(), options.answer());
    if (options.json) {
        json models = json::array();
        for (const core::CatalogueEntry& entry : added->models)
            models.push_back(as_json(entry, core::summarise_model(entry)));
        json parts = json::array();
        for (const core::DetectedPart& part : added->parts)
            parts.push_back(as_json(part));
        json object{{"models", std::move(models)}, {"parts", std::move(parts)}};
        if (!added->models.empty()) {
            object["id"] = added->models.front().id;
            object["folder"] = core::path_to_utf8(added->models.front().folder);
        }
        print_json(object);
        return exit_done;
    }
    for (const core::CatalogueEntry& entry : added->models) {
        const auto summary = core::summarise_model(entry);
        const auto& place = entry.composed ? entry.composed->transformer.path : entry.folder;
        if (summary.missing.empty())
            fmt::print("{} is ready: kinora-cli generate --model {} ...\n", core::path_to_utf8(place), entry.id);
        for (const std::string& note : summary.notes)
            fmt::print("    {}\n", note);
        for (const std::string& problem : summary.missing)
            fmt::print("{} can't be used yet: {}\n", core::path_to_utf8(place), problem);
    }
    for (const core::DetectedPart& part : added->parts)
        if (part.kind != core::PartKind::transformer)
            fmt::print("{} is known: {}, {}\n", core::path_to_utf8(part.path), part.variant, part.precision);
    return exit_done;
}

int remove_model(const ModelsOptions& options)
{
    if (auto removed = core::Catalogue().remove(options.model); !removed) return fail(removed.error(), options.answer());
    if (options.json)
        print_json({{"removed", options.model}});
    else
        fmt::print("{} is out of the list; its files are where they were.\n", options.model);
    return exit_done;
}

std::string size_text(std::uint64_t bytes)
{
    return bytes < 1'000'000'000 ? fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6)
                                 : fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

const char* origin_name(core::ModelOrigin origin)
{
    switch (origin) {
        case core::ModelOrigin::built_in:
            return "built in";
        case core::ModelOrigin::user_data:
            return "user's folder";
        case core::ModelOrigin::added:
            break;
    }
    return "added";
}

}  // namespace kinora::cli
