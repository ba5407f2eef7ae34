#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/generate_arguments.h"
#include "app/cli/generate_options.h"
#include "app/cli/named_clip.h"

namespace kinora::cli {
namespace {

using Options = std::shared_ptr<GenerateOptions>;

/// A command that makes a clip of another. Options beside the verb's own outweigh the clip's recipe.
CLI::App* add_verb(CLI::App& app, Run& run, const Options& options, core::Verb verb, const char* name, const char* text)
{
    CLI::App* command = app.add_subcommand(name, text);
    options->verb = VerbOptions{};
    options->verb->verb = verb;
    command->add_option("clip", options->verb->clip, k_clip_help)->required();
    add_words(*command, *options);
    add_sampling(*command, *options);
    add_how(*command, *options);
    command->callback(
        [options, &run] { run = [options](std::stop_token stop) { return generate(*options, std::move(stop)); }; });
    return command;
}

void add_remixes(CLI::App& app, Run& run)
{
    const auto vary = std::make_shared<GenerateOptions>();
    CLI::App* variations =
        add_verb(app, run, vary, core::Verb::variations, "vary", "Make others of a clip: the same idea, another hand");
    variations->add_option("-n,--count", vary->verb->count, "How many (1); the output's name gets numbers")
        ->check(CLI::Range(1, 100).description(""));
    variations->add_option("--strength", vary->verb->strength, "How far from the clip, above 0 and up to 1 (0.8)");
    const auto remix = std::make_shared<GenerateOptions>();
    CLI::App* command =
        add_verb(app, run, remix, core::Verb::remix, "remix", "Keep a clip's motion and composition, with another --prompt");
    command->add_option("--strength", remix->verb->strength, "How far from the clip, above 0 and up to 1 (0.7)");
    command->footer(R"(Example:
  kinora-cli remix boat.mp4 --prompt "a white sailing boat at night" --strength 0.6 -o night.mp4)");
}

void add_joins(CLI::App& app, Run& run)
{
    const auto recut = std::make_shared<GenerateOptions>();
    add_verb(app, run, recut, core::Verb::recut, "recut", "Keep a part of a clip and make what is before and after it anew")
        ->add_option("--keep", recut->verb->keep, "in:out, frames from 0; out is the frame after the last that is kept")
        ->required();
    const auto extend = std::make_shared<GenerateOptions>();
    CLI::App* longer =
        add_verb(app, run, extend, core::Verb::extend_after, "extend", "Go on from a clip, or make what comes before it");
    longer->add_option("--by", extend->verb->frames, "Frames to add; as many as the model makes well if not given")
        ->check(CLI::Range(1, 4096).description(""));
    longer->add_flag_callback(
        "--before", [extend] { extend->verb->verb = core::Verb::extend_before; }, "Add in front instead of behind");
    longer->footer("A clip can be extended again and again: keep its latents with --latents, and give these.");
    const auto loop = std::make_shared<GenerateOptions>();
    add_verb(app, run, loop, core::Verb::loop, "loop", "Make a clip's end anew so that it leads into its beginning");
    const auto blend = std::make_shared<GenerateOptions>();
    CLI::App* between = add_verb(app, run, blend, core::Verb::blend, "blend", "Make a clip that leads from one to another");
    between->add_option("second", blend->verb->second, std::string("The clip that it leads to. ") + k_clip_help)->required();
    between->footer("The new clip begins with the last frames of the first one and ends with the first of the second.");
}

}  // namespace

void add_verb_commands(CLI::App& app, Run& run)
{
    add_remixes(app, run);
    add_joins(app, run);
}

}  // namespace kinora::cli
