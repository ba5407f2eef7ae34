#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exit_codes.h"
#include "app/cli/interrupt.h"
#include "app/cli/program_tree.h"
#include "app/version.h"

#ifdef KINORA_HAS_MEDIA
#include "app/runtime_start.h"
#endif

namespace {

using namespace kinora;

constexpr const char* k_footer = R"(Begin with:
  kinora-cli generate --prompt "a red balloon rises over green hills at sunset, slow pan right" --seed 7 -o clip.mp4
  kinora-cli loop clip.mp4 -o loop.mp4
  kinora-cli export clip.mp4 --preset prores-422-hq -o master.mov
  kinora-cli models list

"kinora-cli generate --help" and so on tell about each command. Progress goes to the standard error, results to the files you
name; --json prints one object on the standard output. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.
Everything runs on this machine; only "models pull" uses the network, when you ask for it.)";

/// CLI11 has a code for every mistake; shells want one.
int parse_failure(const CLI::App& app, const CLI::ParseError& error)
{
    return app.exit(error) == 0 ? cli::exit_done : cli::exit_usage;
}

int run_program(int argc, char** argv)
{
    const std::stop_token stop = cli::stop_on_interrupt();
    CLI::App app("Kinora makes video from words, on this machine.", "kinora-cli");
    app.set_version_flag("--version", [] { return kinora::app::version_text("kinora-cli"); });
    app.require_subcommand(1);
    app.footer(k_footer);
    app.get_formatter()->column_width(34);
    cli::Run run;
    cli::add_generate_command(app, run);
    cli::add_verb_commands(app, run);
    cli::add_models_command(app, run);
    cli::add_export_command(app, run);
    cli::add_project_command(app, run);
#ifdef KINORA_HAS_MEDIA
    cli::add_runtime_command(app, run);
#endif
    cli::add_enhance_command(app, run);
    cli::add_train_command(app, run);
    cli::add_evaluate_command(app, run);
    cli::add_bench_command(app, run);
    if (const auto done = cli::run_packaging_command(app, {argv + 1, argv + argc})) return *done;
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return parse_failure(app, error);
    }
    return run(stop);
}

}  // namespace

int main(int argc, char** argv)
{
    try {
#ifdef KINORA_HAS_MEDIA
        app::start_on_installed_runtime(argv);
        if (!app::runtime_obstacle().empty()) std::fprintf(stderr, "%s\n", app::runtime_obstacle().c_str());
#endif
        return run_program(argc, argv);
    } catch (const std::bad_alloc&) {
        return cli::fail({core::ErrorKind::out_of_memory,
                          "There is not enough memory; close other programs, or ask for a smaller or shorter clip."});
    } catch (const std::exception& error) {
        return cli::fail({core::ErrorKind::internal, std::string("Something unforeseen went wrong: ") + error.what()});
    }
}
