#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <opencv2/core/utility.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_codes.h"
#include "inference/training/enhance/enhance_training.h"
#include "inference/training/starter_training.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli train starter --folder ~/starter                 everything from nothing: tokenizer, autoencoder, latents, transformer
  kinora-cli train starter --folder ~/starter --minutes 60    an hour of it; the same command goes on where it stopped
  kinora-cli train starter --folder ~/starter --stage export --model ~/my-starter    the averaged weights as a model folder
  kinora-cli train enhance --folder ~/enhance --minutes 30    the small upscalers and the interpolator, then a table of how good they are
  kinora-cli train enhance --folder ~/enhance --stage report  only the table)";

/// The stages of the enhancers have names of their own, and none of the starter's other choices.
core::Result<void> train_what(const std::string& what, const training::StarterTrainingOptions& options,
                              const training::Say& say, std::stop_token stop)
{
    if (what == "starter") return training::train_starter(options, say, std::move(stop));
    return training::train_enhance({options.folder, options.stage, options.minutes, options.scale}, say, std::move(stop));
}

int train(const std::string& what, const training::StarterTrainingOptions& options, int threads, std::stop_token stop)
{
    if (threads > 0) at::set_num_threads(threads);
    cv::setNumThreads(1);
    const auto say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
    const auto trained = train_what(what, options, say, stop);
    if (!trained) {
        fmt::print(stderr, "kinora-cli: {}\n", trained.error().message);
        return exit_code(trained.error());
    }
    return stop.stop_requested() ? exit_cancelled : exit_done;
}

}  // namespace

void add_train_command(CLI::App& app, Run& run)
{
    CLI::App* command =
        app.add_subcommand("train", "Train the starter model, or the upscalers, on scenes that Kinora draws itself");
    command->footer(k_footer);
    auto options = std::make_shared<training::StarterTrainingOptions>();
    auto threads = std::make_shared<int>(0);
    auto what = std::make_shared<std::string>();
    command->add_option("what", *what, "What to train: starter or enhance")
        ->required()
        ->check(CLI::IsMember({"starter", "enhance"}));
    command->add_option("--folder", options->folder, "Where checkpoints, latents and curves are kept")->required();
    std::vector<std::string> stages = training::starter_stages();
    stages.insert(stages.end(), training::enhance_stages().begin() + 1, training::enhance_stages().end());
    command
        ->add_option("--stage", options->stage,
                     "all; of the starter tokenizer, vae, latents, dit, decoder, draft, probe or export; of the enhancers "
                     "upscalers, interpolator or report")
        ->check(CLI::IsMember(stages));
    std::vector<int> lengths = training::starter_lengths();
    lengths.push_back(0);
    command->add_option("--model", options->model, "Where the model folder is written (stage export)");
    command->add_option("--start-from", options->start_from,
                        "A model folder whose weights to start from instead of at random");
    command
        ->add_option(
            "--keep", options->keep,
            "What of --start-from is kept: all, pictures (only the tokenizer is new), or only the transformer, beside a "
            "new tokenizer and autoencoder")
        ->check(CLI::IsMember({"all", "pictures", "transformer"}));
    command
        ->add_option("--length", options->length,
                     "Draw and train the transformer on clips of so many frames only (0: its whole curriculum)")
        ->check(CLI::IsMember(lengths));
    command->add_option("--minutes", options->minutes, "Stop after so long; the next call goes on");
    command->add_flag("--finish", options->finish, "Go through the transformer's whole curriculum within --minutes");
    command->add_option("--scale", options->scale, "Share of the full training's steps and clips, for a quick trial");
    command->add_option("--threads", *threads, "Threads of the tensor library (0: as many as cores)");
    command->add_flag("--cuda", options->cuda, "Train on the first NVIDIA GPU");
    command->callback([options, threads, what, &run] {
        run = [options, threads, what](std::stop_token stop) { return train(*what, *options, *threads, stop); };
    });
}

}  // namespace kinora::cli
