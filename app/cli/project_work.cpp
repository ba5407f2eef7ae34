#include "app/cli/project_work.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/console.h"
#include "app/cli/engine.h"
#include "app/cli/exit_codes.h"
#include "core/base/ids.h"
#include "core/project/project_store.h"
#include "core/project/shot_prompt.h"
#include "core/project/take_edits.h"
#include "core/prompt/wildcards.h"
#include "core/storyboard/edits.h"
#include "inference/pipeline/wan_generator.h"

#ifdef KINORA_HAS_MEDIA
#include "app/cli/progress_display.h"
#include "core/export/take_files.h"
#endif

namespace kinora::cli {

namespace {

struct WorkOptions {
    std::filesystem::path folder;
    std::string prompt;
    std::string model = "starter";
    std::uint64_t seed = 0;
};

int add_shot(const WorkOptions& options)
{
    auto opened = core::open_project(options.folder);
    if (!opened) return fail(opened.error(), Answer::text);
    core::ShotSettings settings;
    settings.model_id = model_id_of(options.model);
    settings.seed = options.seed;
    settings.seed_mode = core::SeedMode::locked;
    const auto at = opened->project.shots.size();
    if (auto added = core::insert_shot(opened->project, at, core::make_shot(options.prompt, settings)); !added)
        return fail(added.error(), Answer::text);
    if (auto saved = opened->store.save(opened->project); !saved) return fail(saved.error(), Answer::text);
    fmt::print("shot {}\n", at + 1);
    return exit_done;
}

#ifdef KINORA_HAS_MEDIA
core::Result<core::Take> render_shot(const core::Shot& shot, const core::Project& project, const core::ProjectStore& store,
                                     inference::WanGenerator& engine, const std::stop_token& stop)
{
    auto model = engine.capabilities(shot.settings.model_id);
    if (!model) return model.error();
    const auto wildcards = core::read_wildcards(core::wildcard_folders(store.folder()));
    auto request = core::shot_request(project, shot, *model, wildcards, shot.settings.seed);
    if (!request) return request.error();
    auto take = store.new_take(core::make_id());
    if (!take) return take;
    auto latents = store.resolve(take->latents);
    if (!latents) return latents.error();
    request->latents_file = *latents;
    ProgressDisplay display(ProgressDisplay::Form::automatic);
    auto clip = engine.generate(
        *request, [&](const core::Progress& progress) { display.show(progress); }, stop);
    if (!clip) return clip.error();
    if (auto saved = media::save_take(*clip, *take, store, stop); !saved) return saved.error();
    return take;
}

int render(const WorkOptions& options, const std::stop_token& stop)
{
    auto opened = core::open_project(options.folder);
    if (!opened) return fail(opened.error(), Answer::text);
    const auto engine = make_engine();
    for (auto& shared : opened->project.shots) {
        if (!shared->takes.empty() || shared->kind == core::ShotKind::gap) continue;
        auto take = render_shot(*shared, opened->project, opened->store, *engine, stop);
        if (!take) return fail(take.error(), Answer::text);
        shared.update([&](core::Shot& shot) { core::add_take(shot, *take, core::Selection::select); });
        // After every shot, so that a stop loses none.
        if (auto saved = opened->store.save(opened->project); !saved) return fail(saved.error(), Answer::text);
        fmt::print("{}: {} frames, seed {}\n", shared->prompt, take->frames, shared->settings.seed);
    }
    return exit_done;
}
#endif

}  // namespace

void add_project_work(CLI::App& project, Run& run)
{
    auto options = std::make_shared<WorkOptions>();
    CLI::App* add = project.add_subcommand("add", "Add a shot at the end");
    add->add_option("folder", options->folder, "The project's folder")->required();
    add->add_option("--prompt", options->prompt, "What the shot shows")->required();
    add->add_option("--seed", options->seed, "Its seed");
    add->add_option("--model", options->model, "The model that makes it")->capture_default_str();
    add->callback([options, &run] { run = [options](const std::stop_token&) { return add_shot(*options); }; });
#ifdef KINORA_HAS_MEDIA
    CLI::App* render_it = project.add_subcommand("render", "Make a take of every shot that has none");
    render_it->add_option("folder", options->folder, "The project's folder")->required();
    render_it->callback(
        [options, &run] { run = [options](const std::stop_token& stop) { return render(*options, stop); }; });
#endif
}

}  // namespace kinora::cli
