#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/engine.h"
#include "app/cli/exit_codes.h"
#include "core/base/paths.h"
#include "core/models/catalogue.h"
#include "core/time/timecode.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {

namespace {

using nlohmann::json;

constexpr const char* k_footer = R"(Examples:
  kinora-cli models list
  kinora-cli models inspect starter                      parts, sizes, licence and what its author says
  kinora-cli models add ~/models/Wan2.2-TI2V-5B-Diffusers
Models are folders in the diffusers layout (model_index.json, transformer, vae, text_encoder, tokenizer, scheduler). Adding one
copies nothing: it stays where it is.)";

struct ModelsOptions {
    std::string model;
    bool json = false;
    [[nodiscard]] Answer answer() const { return json ? Answer::json : Answer::text; }
};

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

std::string size_text(std::uint64_t bytes)
{
    return bytes < 1'000'000'000 ? fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6)
                                 : fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

json as_json(const core::ModelCapabilities& model)
{
    return {{"width", model.default_width},
            {"height", model.default_height},
            {"size_multiple", model.size_multiple},
            {"frames", model.default_frames},
            {"frame_multiple", model.frame_multiple},
            {"max_frames", model.max_frames},
            {"rate", core::rate_text(model.rate)},
            {"steps", model.default_steps},
            {"guidance", model.default_guidance},
            {"shift", model.default_shift},
            {"sampler", model.default_sampler},
            {"first_frame", model.first_frame},
            {"any_frame", model.any_frame}};
}

json as_json(const core::ModelFolder& folder)
{
    json parts = json::array();
    for (const core::ModelPart& part : folder.parts)
        parts.push_back({{"name", part.name},
                         {"class", part.class_name},
                         {"bytes", part.bytes},
                         {"parameters", part.parameters},
                         {"types", part.types}});
    return {{"name", folder.name},
            {"folder", core::path_to_utf8(folder.path)},
            {"pipeline", folder.pipeline},
            {"bytes", folder.bytes()},
            {"parameters", folder.parameters()},
            {"licence", folder.card.license},
            {"card", folder.card.text},
            {"parts", std::move(parts)}};
}

std::string default_clip(const core::ModelCapabilities& model)
{
    return fmt::format("{}x{}, {} frames, {} fps", model.default_width, model.default_height, model.default_frames,
                       core::rate_text(model.rate));
}

int list(const ModelsOptions& options)
{
    const auto entries = core::Catalogue().list();
    if (!entries) return fail(entries.error(), options.answer());
    const auto engine = make_engine();
    json all = json::array();
    for (const core::CatalogueEntry& entry : *entries) {
        const auto folder = core::inspect_model_folder(entry.folder);
        const auto model = engine->capabilities(entry.id);
        const std::string problem = !folder ? folder.error().message : !model ? model.error().message : std::string();
        if (!options.json) {
            fmt::print("{:<20} {}\n", entry.id,
                       problem.empty()
                           ? fmt::format("{}  {}  {}  ({})", default_clip(*model), size_text(folder->bytes()),
                                         folder->card.license.empty() ? "licence not told" : folder->card.license.c_str(),
                                         origin_name(entry.origin))
                           : "can't be used: " + problem);
            continue;
        }
        json object{{"id", entry.id}, {"folder", core::path_to_utf8(entry.folder)}, {"origin", origin_name(entry.origin)}};
        if (folder) object.update({{"name", folder->name}, {"bytes", folder->bytes()}, {"licence", folder->card.license}});
        if (model) object["takes"] = as_json(*model);
        if (!problem.empty()) object["problem"] = problem;
        all.push_back(std::move(object));
    }
    if (options.json) print_json({{"models", std::move(all)}});
    if (!options.json && entries->empty())
        fmt::print("No model is installed; add one with \"kinora-cli models add FOLDER\".\n");
    return exit_done;
}

void print_folder(const core::ModelFolder& folder)
{
    fmt::print("{}\n  {}\n  {}, {}, {:.1f} million parameters\n", folder.name, core::path_to_utf8(folder.path),
               folder.pipeline, size_text(folder.bytes()), static_cast<double>(folder.parameters()) / 1e6);
    for (const core::ModelPart& part : folder.parts)
        fmt::print("  {:<16} {:<26} {:>9}  {}\n", part.name, part.class_name, size_text(part.bytes),
                   fmt::join(part.types, ", "));
    fmt::print("  Licence: {}\n", folder.card.license.empty() ? "not told" : folder.card.license);
    if (!folder.card.text.empty()) fmt::print("\n{}\n", folder.card.text);
}

int inspect(const ModelsOptions& options)
{
    const std::string id = model_id_of(options.model);
    const auto path = find_model(id);
    if (!path) return fail(path.error(), options.answer());
    const auto folder = core::inspect_model_folder(*path);
    if (!folder) return fail(folder.error(), options.answer());
    const auto model = make_engine()->capabilities(id);
    if (options.json) {
        json object = as_json(*folder);
        if (model) object["takes"] = as_json(*model);
        if (!model) object["problem"] = model.error().message;
        print_json(object);
        return exit_done;
    }
    print_folder(*folder);
    if (model) {
        fmt::print("  Clips: {}; sides multiples of {}, up to {} frames (1 + n x {})\n", default_clip(*model),
                   model->size_multiple, model->max_frames, model->frame_multiple);
    } else {
        fmt::print("  Can't be used: {}\n", model.error().message);
    }
    return exit_done;
}

int add(const ModelsOptions& options)
{
    const auto entry = core::Catalogue().add(core::path_from_utf8(options.model));
    if (!entry) return fail(entry.error(), options.answer());
    if (options.json) {
        print_json({{"id", entry->id}, {"folder", core::path_to_utf8(entry->folder)}});
    } else {
        fmt::print("{} is ready: kinora-cli generate --model {} ...\n", core::path_to_utf8(entry->folder), entry->id);
    }
    return exit_done;
}

void add_action(CLI::App& command, Run& run, const char* name, const char* what, const char* argument,
                int (*action)(const ModelsOptions&))
{
    auto options = std::make_shared<ModelsOptions>();
    CLI::App* sub = command.add_subcommand(name, what);
    if (argument != nullptr) sub->add_option("model", options->model, argument)->required();
    sub->add_flag("--json", options->json, "Print one JSON object");
    sub->callback([options, action, &run] { run = [options, action](const std::stop_token&) { return action(*options); }; });
}

}  // namespace

void add_models_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("models", "List, inspect and add models");
    command->footer(k_footer);
    command->require_subcommand(1);
    add_action(*command, run, "list", "Models on this machine", nullptr, list);
    add_action(*command, run, "inspect", "Look into a model", "Name or folder of a model", inspect);
    add_action(*command, run, "add", "Make a model known by name, where it lies", "Folder of a model", add);
}

}  // namespace kinora::cli
