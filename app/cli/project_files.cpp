#include "app/cli/project_files.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/exit_codes.h"
#include "core/base/paths.h"
#include "core/project/clean_up.h"
#include "core/project/project_files.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/media_edits.h"
#include "core/storyboard/sound_edits.h"

#ifdef KINORA_HAS_MEDIA
#include "app/cli/timeline_import.h"
#include "core/export/restore_recipe.h"
#include "core/interchange/timeline_settle.h"
#include "core/media/import_media.h"
#endif

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

struct FileOptions {
    fs::path folder;
    fs::path search;
    std::vector<fs::path> files;
    bool link = false;
    bool yes = false;
    bool takes = false;
    bool latents = false;
    bool media = false;
    bool json = false;
    [[nodiscard]] Answer answer() const { return json ? Answer::json : Answer::text; }
};

std::string size_text(std::uint64_t bytes)
{
    if (bytes < 1'000'000) return fmt::format("{:.0f} kB", static_cast<double>(bytes) / 1e3);
    if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
    return fmt::format("{:.2f} GB", static_cast<double>(bytes) / 1e9);
}

#ifdef KINORA_HAS_MEDIA
/// Pictures go to the end of the storyboard, a video's sound beneath them; sound alone from the start on.
core::Result<void> import_one(core::OpenedProject& film, const fs::path& file, bool link, const std::stop_token& stop)
{
    if (core::is_timeline(file)) {
        const auto notes = import_timeline(film, file, stop);
        if (!notes) return notes.error();
        for (const std::string& note : *notes)
            say("Note: " + note);
        return {};
    }
    std::string damage;
    auto asset = media::describe_media(file, stop, &damage);
    if (!asset) return asset.error();
    if (!damage.empty()) say("Note: " + damage);
    if (!link) {
        auto gathered = core::gather_file(film.store, file, {}, stop);
        if (!gathered) return gathered.error();
        asset->file = std::move(*gathered);
    }
    core::Project next = film.project;
    const auto id = core::add_asset(next, *asset);
    if (!id) return id.error();
    const auto placed = core::place_media(next, *id, next.shots.size(), 0);
    if (!placed) return placed.error();
    // What Kinora has exported comes back with its prompt and settings.
    const auto shot = core::find_shot(next, placed->shot);
    const auto recipes = media::restore_recipes(file);
    if (shot && recipes && recipes->size() == 1)
        next.shots[*shot].update([&](core::Shot& shown) { core::take_over_recipe(shown, recipes->front()); });
    if (auto saved = film.store.save(next); !saved) return saved;
    film.project = std::move(next);
    return {};
}

int import_files(const FileOptions& options, const std::stop_token& stop)
{
    auto film = project_for_import(options.folder, options.files);
    if (!film) return fail(film.error(), options.answer());
    for (const fs::path& file : options.files) {
        // Each is saved by itself, so that a stop or a bad file loses none of those before it.
        if (auto imported = import_one(*film, file, options.link, stop); !imported)
            return fail(imported.error(), options.answer());
        if (!options.json) fmt::print("{}\n", core::path_to_utf8(file));
    }
    if (options.json) print_json({{"imported", options.files.size()}});
    return exit_done;
}

/// Puts a found file in the place of the one that is missing.
core::Result<void> link(core::OpenedProject& film, const core::FoundFile& found, const std::stop_token& stop)
{
    if (!found.missing.take_id.empty()) {
        const auto& shot = film.project.shots[*core::find_shot(film.project, found.missing.shot_id)];
        return core::restore_clip(film.store, *core::find_take(*shot, found.missing.take_id), found.file, stop);
    }
    const auto replacement = media::describe_media(found.file, stop);
    if (!replacement) return replacement.error();
    auto linked = core::relinked(film.project, found.missing.asset_id, *replacement);
    if (!linked) return linked.error();
    for (auto& asset : film.project.assets)
        if (asset->id == found.missing.asset_id) asset = *linked;
    return film.store.save(film.project);
}

int relink(const FileOptions& options, const std::stop_token& stop)
{
    auto film = core::open_project(options.folder);
    if (!film) return fail(film.error(), options.answer());
    const auto missing = core::missing_files(film->store, film->project);
    const auto found = core::find_missing(missing, options.search, stop);
    if (!found) return fail(found.error(), options.answer());
    for (const core::FoundFile& file : *found) {
        if (auto linked = link(*film, file, stop); !linked) return fail(linked.error(), options.answer());
        if (!options.json) fmt::print("{} is {}\n", file.missing.name, core::path_to_utf8(file.file));
    }
    const std::size_t left = missing.size() - found->size();
    if (options.json) print_json({{"found", found->size()}, {"missing", left}});
    if (!options.json && left > 0) say(fmt::format("{} files are still missing.", left));
    return exit_done;
}
#endif

int list_missing(const FileOptions& options)
{
    const auto film = core::open_project(options.folder);
    if (!film) return fail(film.error(), options.answer());
    nlohmann::json list = nlohmann::json::array();
    for (const core::MissingFile& file : core::missing_files(film->store, film->project)) {
        if (!options.json) fmt::print("{}  {}\n", file.name, file.file);
        list.push_back({{"name", file.name}, {"file", file.file}, {"asset", file.asset_id}, {"take", file.take_id}});
    }
    if (options.json) print_json({{"missing", std::move(list)}});
    return exit_done;
}

int collect(const FileOptions& options, const std::stop_token& stop)
{
    auto film = core::open_project(options.folder);
    if (!film) return fail(film.error(), options.answer());
    const auto collected = core::collect(film->store, film->project, {}, stop);
    if (!collected) return fail(collected.error(), options.answer());
    for (auto& asset : film->project.assets) {
        const auto file = collected->files.find(asset->id);
        if (file != collected->files.end()) asset.update([&](core::Asset& a) { a.file = file->second; });
    }
    if (auto saved = film->store.save(film->project); !saved) return fail(saved.error(), options.answer());
    for (const core::Error& problem : collected->problems)
        say(problem.message);
    if (options.json)
        print_json({{"collected", collected->files.size()}, {"problems", collected->problems.size()}});
    else
        fmt::print("{} files gathered.\n", collected->files.size());
    return collected->problems.empty() ? exit_done : exit_failed;
}

int disk(const FileOptions& options)
{
    const auto film = core::open_project(options.folder);
    if (!film) return fail(film.error(), options.answer());
    const core::DiskUse use = core::disk_use_by_category(film->store);
    const std::vector<std::pair<const char*, std::uint64_t>> rows = {
        {"clips", use.clips},     {"latents", use.latents}, {"media", use.media},  {"exports", use.exports},
        {"backups", use.backups}, {"other", use.other},     {"total", use.total()}};
    nlohmann::json object = nlohmann::json::object();
    for (const auto& [name, bytes] : rows) {
        if (!options.json) fmt::print("{:<8} {:>10}\n", name, size_text(bytes));
        object[name] = bytes;
    }
    if (options.json) print_json(object);
    return exit_done;
}

int clean(const FileOptions& options)
{
    auto film = core::open_project(options.folder);
    if (!film) return fail(film.error(), options.answer());
    core::CleanUpOptions wanted;
    if (options.takes) wanted.kinds.insert(core::CleanUpKind::take);
    if (options.latents) wanted.kinds.insert(core::CleanUpKind::latents);
    if (options.media) wanted.kinds.insert(core::CleanUpKind::media);
    core::Document document(film->project);
    const auto plan = core::plan_clean_up(film->store, document, wanted);
    std::uint64_t bytes = 0;
    nlohmann::json list = nlohmann::json::array();
    for (const core::CleanUpItem& item : plan) {
        bytes += item.bytes;
        list.push_back({{"path", item.path}, {"bytes", item.bytes}});
        if (!options.json) fmt::print("{:>10}  {}\n", size_text(item.bytes), item.path);
    }
    if (options.yes) {
        core::apply_clean_up(document, plan);
        if (auto saved = film->store.save(document.project()); !saved) return fail(saved.error(), options.answer());
        if (auto removed = core::remove_files(film->store, plan); !removed) return fail(removed.error(), options.answer());
    }
    if (options.json)
        print_json({{"items", std::move(list)}, {"bytes", bytes}, {"removed", options.yes}});
    else
        say(fmt::format("{} in {} places {}.", size_text(bytes), plan.size(),
                        options.yes ? "removed" : "could go; --yes removes them"));
    return exit_done;
}

}  // namespace

void add_project_files(CLI::App& project, Run& run)
{
    auto options = std::make_shared<FileOptions>();
    const auto add = [&](const char* name, const char* what,
                         std::function<int(const FileOptions&, const std::stop_token&)> work) {
        CLI::App* command = project.add_subcommand(name, what);
        command->add_option("folder", options->folder, "The project's folder")->required();
        command->add_flag("--json", options->json, "Print one JSON object");
        command->callback([options, &run, work = std::move(work)] {
            run = [options, work](const std::stop_token& stop) { return work(*options, stop); };
        });
        return command;
    };
#ifdef KINORA_HAS_MEDIA
    CLI::App* import_it = add("import", "Bring videos, pictures and sound into a project", import_files);
    import_it->add_option("files", options->files, "Pictures go to the end of the storyboard, sound onto a free track")
        ->required();
    import_it->add_flag("--link", options->link, "Leave the files where they are");
    CLI::App* find = add("relink", "Find missing files again in a folder, by name and content", relink);
    find->add_option("search", options->search, "Where to look, with everything below")->required();
#endif
    add("missing", "List files that the project uses and that aren't there",
        [](const FileOptions& o, const std::stop_token&) { return list_missing(o); });
    add("collect", "Copy every file from outside into the project, so that it can be moved as a whole", collect);
    add("disk", "Show how much room the project takes, and for what",
        [](const FileOptions& o, const std::stop_token&) { return disk(o); });
    CLI::App* clean_it =
        add("clean", "Show what could be removed: lost takes and half-written files; never starred or used takes",
            [](const FileOptions& o, const std::stop_token&) { return clean(o); });
    clean_it->add_flag("--takes", options->takes, "Also takes that are neither selected nor starred");
    clean_it->add_flag("--latents", options->latents, "Also the latents of such takes");
    clean_it->add_flag("--media", options->media, "Also imported files that nothing uses");
    clean_it->add_flag("--yes", options->yes, "Remove them");
}

}  // namespace kinora::cli
