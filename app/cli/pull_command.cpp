#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exit_codes.h"
#include "app/cli/progress_display.h"
#include "core/base/paths.h"
#include "core/models/catalogue.h"
#include "core/models/download/pull.h"

namespace kinora::cli {
namespace {

using nlohmann::json;

constexpr const char* k_footer = R"(Examples:
  kinora-cli models pull                       what there is, under which licence, from whom
  kinora-cli models pull wan2.1-t2v-1.3b       fetches it; the same command goes on where an earlier one ended
  kinora-cli models pull wan2.2-ti2v-5b --dry-run
Nothing is fetched unless you ask for it with this command. HF_ENDPOINT names another hub or a mirror, HF_TOKEN a token of yours
(it goes to that hub only), https_proxy a proxy. Every file is checked against the hub's own checksum.)";

struct PullOptions {
    std::string model;
    std::string folder;
    int parts = 4;
    bool dry_run = false;
    bool json = false;
    [[nodiscard]] Answer answer() const { return json ? Answer::json : Answer::text; }
};

std::string gigabytes(std::uint64_t bytes)
{
    return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

int list_published(const std::vector<core::PublishedModel>& models, const PullOptions& options)
{
    json all = json::array();
    for (const auto& model : models) {
        if (!options.json) {
            fmt::print("{:<26} {}. {}\n{:<26} {}, {}, {}\n", model.id, model.title, model.about, "", model.format,
                       model.licence, model.source);
            continue;
        }
        all.push_back({{"id", model.id},
                       {"title", model.title},
                       {"kind", model.kind},
                       {"format", model.format},
                       {"licence", model.licence},
                       {"source", model.source},
                       {"about", model.about},
                       {"training_data", model.training_data}});
    }
    if (options.json) print_json({{"models", std::move(all)}});
    return exit_done;
}

void tell_plan(const core::PullPlan& plan)
{
    const core::PublishedModel& model = plan.model;
    say(fmt::format("{}: {}", model.title, model.about));
    say(fmt::format("Licence: {} ({})", model.licence, model.source));
    if (!model.training_data.empty()) say("Training data: " + model.training_data);
    say(fmt::format("{} files, {}, of which {} are to be fetched into {}", plan.files.size(), gigabytes(plan.bytes),
                    gigabytes(plan.missing), core::path_to_utf8(plan.root)));
}

json as_json(const core::PullPlan& plan)
{
    json files = json::array();
    for (const auto& order : plan.files)
        files.push_back({{"repository", order.repository},
                         {"path", order.file.path},
                         {"bytes", order.file.size},
                         {"sha256", order.file.sha256},
                         {"target", core::path_to_utf8(order.target)}});
    return {{"id", plan.model.id},           {"folder", core::path_to_utf8(plan.result)},
            {"licence", plan.model.licence}, {"bytes", plan.bytes},
            {"missing", plan.missing},       {"files", std::move(files)}};
}

/// "checking weights.safetensors (3 of 12)", with a thousand parts for the bar.
void show(ProgressDisplay& display, const core::PullProgress& progress)
{
    const std::string name = core::path_to_utf8(core::path_from_utf8(progress.file).filename());
    const std::string what =
        fmt::format("{} {} ({} of {})", progress.checking ? "checking" : "fetching", name, progress.number, progress.count);
    const double part = progress.total == 0 ? 1.0 : static_cast<double>(progress.done) / static_cast<double>(progress.total);
    display.show(what, static_cast<int>(part * 1000), 1000);
}

/// What isn't found by itself goes into the catalogue, and its names are told.
core::Result<void> make_known(const core::PullPlan& plan, const PullOptions& options)
{
    if (plan.model.is_folder() && options.folder.empty()) {
        say("kinora-cli generate --model " + plan.model.id + " ...");
        return {};
    }
    const auto added = core::Catalogue().add_path(plan.result);
    if (!added) return added.error();
    for (const auto& model : added->models)
        say("kinora-cli generate --model " + model.id + " ...");
    return {};
}

int pull(const PullOptions& options, const std::stop_token& stop)
{
    const auto models = core::published_models();
    if (!models) return fail(models.error(), options.answer());
    if (options.model.empty()) return list_published(*models, options);
    const auto model = core::find_published_model(*models, options.model);
    if (!model) return fail(model.error(), options.answer());
    const core::Hub hub = core::Hub::from_environment();
    core::DownloadOptions how;
    how.parts = options.parts;
    const auto root = options.folder.empty() ? core::default_pull_root() : core::path_from_utf8(options.folder);
    const auto plan = core::plan_pull(hub, *model, root, how, stop);
    if (!plan) return fail(plan.error(), options.answer());
    tell_plan(*plan);
    if (!options.dry_run) {
        ProgressDisplay display(ProgressDisplay::Form::automatic);
        const auto pulled = core::run_pull(
            hub, *plan, how, [&display](const core::PullProgress& progress) { show(display, progress); }, stop);
        display.clear();
        if (!pulled) {
            if (pulled.error().kind == core::ErrorKind::cancelled)
                say("Stopped. What has arrived stays; the same command goes on from there.");
            return fail(pulled.error(), options.answer());
        }
        say("All files are here and whole.");
        if (auto known = make_known(*plan, options); !known) return fail(known.error(), options.answer());
    }
    if (options.json) print_json(as_json(*plan));
    return exit_done;
}

}  // namespace

void add_pull_command(CLI::App& models, Run& run)
{
    auto options = std::make_shared<PullOptions>();
    CLI::App* command = models.add_subcommand("pull", "Fetch a published model; without a name, list them");
    command->footer(k_footer);
    command->add_option("model", options->model, "Name of a published model");
    command->add_option("--folder", options->folder, "Where models go (default: \"models\" in Kinora's data folder)");
    command->add_option("--parts", options->parts, "Connections at the same time")
        ->check(CLI::Range(1, 16))
        ->capture_default_str();
    command->add_flag("--dry-run", options->dry_run, "Say what would be fetched, and fetch nothing");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->callback([options, &run] { run = [options](const std::stop_token& stop) { return pull(*options, stop); }; });
}

}  // namespace kinora::cli
