#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exit_codes.h"
#include "app/runtime_start.h"
#include "core/base/paths.h"
#include "core/runtime/gpu_runtime.h"

namespace kinora::cli {
namespace {

using nlohmann::json;

struct RuntimeOptions {
    std::string id;
    bool json = false;
    [[nodiscard]] Answer answer() const { return json ? Answer::json : Answer::text; }
};

std::string gigabytes(double bytes)
{
    return fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string card_line(const core::GraphicsCard& card)
{
    std::string line = card.name;
    // As cards are sold: a "24 GB" card has 24 times 2³⁰ bytes.
    if (card.memory_gb > 0) line += fmt::format(", {:.0f} GB", card.memory_gb * 1e9 / (1 << 30));
    if (card.capability > 0) line += fmt::format(", compute capability {}.{}", card.capability / 10, card.capability % 10);
    return line + (card.driver.empty() ? ", no driver answers" : ", driver " + card.driver);
}

json as_json(const core::GraphicsCard& card)
{
    return {{"name", card.name},
            {"vendor", card.vendor},
            {"driver", card.driver},
            {"compute_capability", card.capability / 10.0},
            {"memory_gb", card.memory_gb}};
}

int list_runtimes(const RuntimeOptions& options)
{
    const auto places = core::RuntimePlaces::standard();
    const auto cards = core::find_graphics_cards();
    const auto advice = core::advise_gpu_build(cards);
    const auto installed = core::installed_runtimes(places);
    if (options.json) {
        json list = json::array();
        for (const auto& card : cards)
            list.push_back(as_json(card));
        json builds = json::array();
        for (const auto& build : core::gpu_builds())
            builds.push_back(
                {{"id", build.id}, {"title", build.title}, {"about_gb", build.about_gb}, {"driver", build.least_driver}});
        json there = json::array();
        for (const auto& one : installed)
            there.push_back(
                {{"id", one.id}, {"folder", core::path_to_utf8(one.folder)}, {"bytes", one.bytes}, {"used", one.used}});
        print_json({{"cards", list},
                    {"builds", builds},
                    {"fits", advice.build ? json(advice.build->id) : json()},
                    {"reason", advice.reason},
                    {"installed", there},
                    {"active", app::active_runtime()}});
        return exit_done;
    }
    for (const auto& card : cards)
        fmt::print("{}\n", card_line(card));
    fmt::print("{}\n\n", advice.reason);
    for (const auto& build : core::gpu_builds()) {
        fmt::print("{:<12} {}, about {:.1f} GB to download, needs driver {} or newer{}\n", build.id, build.title,
                   build.about_gb, build.least_driver,
                   advice.build && advice.build->id == build.id ? " - fits this machine" : "");
    }
    for (const auto& one : installed)
        fmt::print("Installed: {} ({}){}\n", one.id, gigabytes(static_cast<double>(one.bytes)), one.used ? ", used" : "");
    if (installed.empty()) fmt::print("None is installed; Kinora works on the processor.\n");
    return exit_done;
}

/// Tells an installation in one line that moves.
std::function<void(const core::RuntimeProgress&)> teller()
{
    auto last = std::make_shared<std::chrono::steady_clock::time_point>();
    return [last](const core::RuntimeProgress& now) {
        const auto time = std::chrono::steady_clock::now();
        const bool whole = now.total > 0 && now.done == now.total && !now.unpacking;
        if (!whole && time - *last < std::chrono::seconds(1)) return;
        *last = time;
        if (now.part.empty()) {
            fmt::print(stderr, "Asking how large part {} of {} is\n", now.number, now.count);
            return;
        }
        fmt::print(stderr, "{} of {}: {} {} {:3.0f} %, {} of {} in all\n", now.number, now.count, now.part,
                   now.unpacking ? "unpacked" : "downloaded",
                   now.total == 0 ? 100 : 100 * static_cast<double>(now.done) / static_cast<double>(now.total),
                   gigabytes(static_cast<double>(now.all_done)), gigabytes(static_cast<double>(now.all_total)));
    };
}

int install(const RuntimeOptions& options, const std::stop_token& stop)
{
    const auto advice = core::advise_gpu_build(core::find_graphics_cards());
    const core::GpuBuild* build = core::gpu_build(options.id);
    if (options.id.empty() && advice.build) build = &*advice.build;
    if (!build) {
        return fail(options.id.empty() ? core::make_error(core::ErrorKind::unsupported, advice.reason)
                                       : core::make_error(core::ErrorKind::invalid_argument,
                                                          "There is no runtime \"" + options.id +
                                                              "\"; \"kinora-cli runtime list\" shows those that there are."),
                    options.answer());
    }
    const auto places = core::RuntimePlaces::standard();
    auto parts = core::noted_parts(places, *build);
    if (parts.empty()) {
        fmt::print(stderr, "{}\nAsking pip what {} is made of; then about {:.1f} GB are downloaded.\n", advice.reason,
                   build->title, build->about_gb);
        auto resolved = core::resolve_runtime(*build, stop);
        if (!resolved) return fail(resolved.error(), options.answer());
        parts = *std::move(resolved);
    }
    const auto done = core::install_runtime(places, *build, parts, {}, teller(), stop);
    if (!done) return fail(done.error(), options.answer());
    if (options.json)
        print_json({{"id", done->id}, {"folder", core::path_to_utf8(done->folder)}});
    else
        fmt::print("{} is installed in {} and used from the next start on.\n", build->title,
                   core::path_to_utf8(done->folder));
    return exit_done;
}

int remove(const RuntimeOptions& options)
{
    const auto removed = core::remove_runtime(core::RuntimePlaces::standard(), options.id);
    if (!removed) return fail(removed.error(), options.answer());
    if (options.json)
        print_json({{"removed", options.id}});
    else
        fmt::print("{} is removed.\n", options.id);
    return exit_done;
}

}  // namespace

void add_runtime_command(CLI::App& app, Run& run)
{
    auto options = std::make_shared<RuntimeOptions>();
    auto* runtime = app.add_subcommand("runtime", "Make use of a graphics card: list, install and remove GPU runtimes");
    runtime->require_subcommand(1);
    runtime->footer(R"(Examples:
  kinora-cli runtime list
  kinora-cli runtime install
  kinora-cli runtime install cuda-12.6
  kinora-cli runtime remove cuda-13.0

A runtime is libtorch's build for NVIDIA cards with NVIDIA's libraries, found by pip and put into Kinora's data folder; no
Python environment is touched. A download that was interrupted goes on where it ended. KINORA_RUNTIME=cpu leaves it unused.)");
    auto* list = runtime->add_subcommand("list", "The cards of this machine, what fits them, what is installed");
    auto* add = runtime->add_subcommand("install", "Download and use a runtime");
    add->add_option("runtime", options->id, "Its name; without one, what fits this machine");
    auto* away = runtime->add_subcommand("remove", "Delete a runtime");
    away->add_option("runtime", options->id, "Its name")->required();
    for (auto* command : {list, add, away})
        command->add_flag("--json", options->json, "Print one JSON object");
    list->callback([&run, options] { run = [options](std::stop_token) { return list_runtimes(*options); }; });
    add->callback([&run, options] { run = [options](std::stop_token stop) { return install(*options, stop); }; });
    away->callback([&run, options] { run = [options](std::stop_token) { return remove(*options); }; });
}

}  // namespace kinora::cli
