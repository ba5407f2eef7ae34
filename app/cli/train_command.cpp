#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <opencv2/core/utility.hpp>

#include "app/cli/commands.h"
#include "app/cli/exit_codes.h"
#include "inference/training/starter_training.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli train starter --folder ~/starter                 everything from nothing: tokenizer, autoencoder, latents, transformer
  kinora-cli train starter --folder ~/starter --minutes 60    an hour of it; the same command goes on where it stopped
  kinora-cli train starter --folder ~/starter --stage export --model ~/my-starter    the averaged weights as a model folder)";

int train(const training::StarterTrainingOptions& options, int threads, std::stop_token stop)
{
    if (threads > 0) at::set_num_threads(threads);
    cv::setNumThreads(1);
    const auto say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
    const auto trained = training::train_starter(options, say, stop);
    if (!trained) {
        fmt::print(stderr, "kinora-cli: {}\n", trained.error().message);
        return exit_code(trained.error());
    }
    return stop.stop_requested() ? exit_cancelled : exit_done;
}

}  // namespace

void add_train_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("train", "Train the starter model on scenes that Kinora draws itself");
    command->footer(k_footer);
    auto options = std::make_shared<training::StarterTrainingOptions>();
    auto threads = std::make_shared<int>(0);
    auto what = std::make_shared<std::string>();
    command->add_option("what", *what, "What to train: starter")->required()->check(CLI::IsMember({"starter"}));
    command->add_option("--folder", options->folder, "Where checkpoints, latents and curves are kept")->required();
    command->add_option("--stage", options->stage, "all, tokenizer, vae, latents, dit, decoder, probe or export")
        ->check(CLI::IsMember(training::starter_stages()));
    command->add_option("--model", options->model, "Where the model folder is written (stage export)");
    command->add_option("--start-from", options->start_from,
                        "A model folder whose weights to start from instead of at random");
    command->add_option("--minutes", options->minutes, "Stop after so long; the next call goes on");
    command->add_option("--scale", options->scale, "Share of the full training's steps and clips, for a quick trial");
    command->add_option("--threads", *threads, "Threads of the tensor library (0: as many as cores)");
    command->add_flag("--cuda", options->cuda, "Train on the first NVIDIA GPU");
    command->callback([options, threads, what, &run] {
        run = [options, threads](std::stop_token stop) { return train(*options, *threads, stop); };
    });
}

}  // namespace kinora::cli
