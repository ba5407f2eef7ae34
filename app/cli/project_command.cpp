#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exit_codes.h"
#include "app/cli/project_files.h"
#include "app/cli/project_work.h"
#include "app/cli/request_builder.h"
#include "core/base/paths.h"
#include "core/project/project_json.h"
#include "core/project/project_store.h"
#include "core/storyboard/layout.h"
#include "core/time/timecode.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli project new ~/Videos/Kinora/Film --fps 25 --size 1920x1080
  kinora-cli project show ~/Videos/Kinora/Film
  kinora-cli project add ~/Videos/Kinora/Film --prompt "the sea at night" --seed 3
  kinora-cli project render ~/Videos/Kinora/Film    a take for every shot that has none
  kinora-cli project import ~/Videos/Kinora/Film beach.mov logo.png song.wav
  kinora-cli project relink ~/Videos/Kinora/Film /media/disk    files that moved, found again by their content
  kinora-cli project clean ~/Videos/Kinora/Film     what could go; with --yes it goes
  kinora-cli export ~/Videos/Kinora/Film            the storyboard as one file)";

struct ProjectOptions {
    std::filesystem::path folder;
    std::string name;
    std::string rate = "24";
    std::string size = "1920x1080";
    bool json = false;
};

int make(const ProjectOptions& options)
{
    const Answer answer = options.json ? Answer::json : Answer::text;
    core::NewProject project;
    const auto folder = options.folder.has_filename() ? options.folder : options.folder.parent_path();
    project.name = options.name.empty() ? core::path_to_utf8(folder.filename()) : options.name;
    const auto rate = core::parse_rate(options.rate);
    if (!rate) return fail(rate.error(), answer);
    const auto size = parse_size(options.size);
    if (!size) return fail(size.error(), answer);
    project.rate = *rate;
    project.width = size->first;
    project.height = size->second;
    const auto made = core::create_project(folder, project);
    if (!made) return fail(made.error(), answer);
    if (options.json) {
        print_json({{"folder", core::path_to_utf8(made->store.folder())}, {"name", project.name}});
    } else {
        fmt::print("{}\n", core::path_to_utf8(made->store.folder()));
    }
    return exit_done;
}

void print_table(const core::Project& project)
{
    const core::Layout layout(project);
    fmt::print("{}: {} shots, {} at {} fps, {}x{}\n", project.name, project.shots.size(),
               core::duration_text(layout.total(), project.rate), core::rate_text(project.rate), project.width,
               project.height);
    for (std::size_t i = 0; i < layout.size(); ++i) {
        const core::Shot& shot = *project.shots[i];
        const core::Take* take = core::selected_take(shot);
        const std::string shown = shot.kind == core::ShotKind::gap ? "gap"
                                  : take == nullptr                ? "no take"
                                  : !take->asset.empty()           ? "imported"
                                                                   : fmt::format("take {}", take->number);
        fmt::print("{:>4}  {}  {:>4} frames  {}{}  {}\n", i + 1, core::timecode(layout.start(i), project.rate),
                   layout.range(i).length(), shown,
                   shot.takes.size() > 1 ? fmt::format(" of {}", shot.takes.size()) : std::string(),
                   shot.name.empty() ? shot.prompt : shot.name);
    }
}

int show(const ProjectOptions& options)
{
    const auto opened = core::open_project(options.folder);
    if (!opened) return fail(opened.error(), options.json ? Answer::json : Answer::text);
    if (options.json) {
        print_json(core::to_json(opened->project));
    } else {
        print_table(opened->project);
    }
    return exit_done;
}

}  // namespace

void add_project_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("project", "Make a project or look into one");
    command->footer(k_footer);
    command->require_subcommand(1);
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* make_it = command->add_subcommand("new", "Make an empty project");
    make_it->add_option("folder", options->folder, "Where: a folder that isn't there yet")->required();
    make_it->add_option("--name", options->name, "Its name (the folder's)");
    make_it->add_option("--fps", options->rate, "Frames per second of the storyboard")->capture_default_str();
    make_it->add_option("--size", options->size, "Width x height of the storyboard")->capture_default_str();
    make_it->add_flag("--json", options->json, "Print one JSON object");
    make_it->callback([options, &run] { run = [options](const std::stop_token&) { return make(*options); }; });
    CLI::App* show_it = command->add_subcommand("show", "List the shots of a project");
    show_it->add_option("folder", options->folder, "The project's folder")->required();
    show_it->add_flag("--json", options->json, "Print the whole document as one JSON object");
    add_project_work(*command, run);
    add_project_files(*command, run);
    show_it->callback([options, &run] { run = [options](const std::stop_token&) { return show(*options); }; });
}

}  // namespace kinora::cli
