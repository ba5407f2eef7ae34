#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <opencv2/core/utility.hpp>

#include "app/cli/commands.h"
#include "app/cli/exit_codes.h"
#include "inference/training/starter_evaluation.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli evaluate starter --model resources/models/starter                     figures on the terminal
  kinora-cli evaluate starter --model ~/my-starter --out report --probe-clips 240   with the probe's table and the contact sheet)";

int evaluate(const training::EvaluationOptions& options, std::stop_token stop)
{
    cv::setNumThreads(1);
    const auto say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
    const auto evaluation = training::evaluate_starter(options, say, stop);
    if (!evaluation) {
        fmt::print(stderr, "kinora-cli: {}\n", evaluation.error().message);
        return exit_code(evaluation.error());
    }
    fmt::print("{}", training::evaluation_table(*evaluation));
    return exit_done;
}

}  // namespace

void add_evaluate_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("evaluate", "Measure a starter model: pictures, obedience, speed");
    command->footer(k_footer);
    auto options = std::make_shared<training::EvaluationOptions>();
    auto what = std::make_shared<std::string>();
    command->add_option("what", *what, "What to measure: starter")->required()->check(CLI::IsMember({"starter"}));
    command->add_option("--model", options->model, "The model folder")->required();
    command->add_option("--out", options->output, "Folder for the report and the contact sheet of the fixed prompts");
    command->add_option("--clips", options->clips_per_place, "Unseen clips a place for the autoencoder")
        ->check(CLI::PositiveNumber);
    command->add_option("--probe-clips", options->probe_clips, "Clips to generate and ask the probe about");
    command->add_option("--verb-clips", options->verb_clips, "Drawn clips to extend, loop, re-cut and blend");
    command->add_flag("--draft", options->draft, "Measure the few-step draft instead of the full model");
    command->callback([options, what, &run] { run = [options](std::stop_token stop) { return evaluate(*options, stop); }; });
}

}  // namespace kinora::cli
