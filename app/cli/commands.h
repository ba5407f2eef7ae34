#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <stop_token>

namespace kinora::cli {

/// Runs a parsed command; the return value is the program's.
using Run = std::function<int(std::stop_token)>;

/// Each adds its subcommand with options, help and examples to `app`, and sets `run` when that subcommand is chosen.
void add_generate_command(CLI::App& app, Run& run);
/// vary, remix, recut, extend, loop and blend.
void add_verb_commands(CLI::App& app, Run& run);
void add_models_command(CLI::App& app, Run& run);
/// Adds "pull" to the command "models".
void add_pull_command(CLI::App& models, Run& run);
void add_export_command(CLI::App& app, Run& run);
void add_project_command(CLI::App& app, Run& run);
#ifdef KINORA_HAS_MEDIA
/// list, install and remove GPU runtimes.
void add_runtime_command(CLI::App& app, Run& run);
#endif
/// Enlarging and interpolating any clip.
void add_enhance_command(CLI::App& app, Run& run);
void add_bench_command(CLI::App& app, Run& run);
void add_train_command(CLI::App& app, Run& run);
void add_evaluate_command(CLI::App& app, Run& run);

}  // namespace kinora::cli
