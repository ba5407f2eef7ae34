#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/generate_arguments.h"
#include "app/cli/generate_options.h"
#include "app/cli/named_clip.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"help(Examples:
  kinora-cli generate --prompt "a red balloon rises over green hills at sunset, slow pan right" -o clip.mp4
  kinora-cli generate --prompt "ein blauer Drachen über dem Meer" --seed 7 --frames 49 -o clip.mp4
  kinora-cli generate --prompt "snow falls on a city at night" --preset prores-422-hq -o master.mov
  kinora-cli generate --prompt "a boat drifts left" --first-frame harbour.png -o boat.mp4
  kinora-cli generate --model wan2.1-t2v-14b --lora style.safetensors:0.7 --prompt "a paper boat" -o boat.mp4
  kinora-cli generate --prompt "a lake" --negative "people" --guidance-mode nag -o lake.mp4
  kinora-cli generate --recipe clip.mp4 -o again.mp4               the same frames again, bit for bit
  kinora-cli generate --recipe clip.mp4 --seed 8 -o other.mp4      the same but for the seed
  kinora-cli generate --prompt "a paper plane" -o pictures/        16-bit PNG pictures instead of a video

Prompts may weigh words, "(a red balloon:1.3)", choose by the seed, "{dawn|dusk}", and change in time,
"[0-1s] day [1s-end] night". Ctrl+C stops within a step and keeps the latents; "kinora-cli export" makes a clip of them,
and "kinora-cli generate --resume clip.latents.safetensors -o clip.mp4" goes on to the clip that it would have been.)help";

void add_what(CLI::App& command, GenerateOptions& options)
{
    add_words(command, options);
    command.add_option("--size", options.size, "Width x height in pixels, such as 320x192");
    command.add_option("--frames", options.frames, "Length in frames, such as 33");
    command.add_option("--fps", options.rate, "Frames per second, such as 12 or 23.976");
    auto* first = command.add_option("--first-frame", options.first_frame, "Picture that the clip begins with");
    command.add_option("--after", options.after, std::string("Begin at the last frame of another clip. ") + k_clip_help)
        ->excludes(first);
    command.add_option("--last-frame", options.last_frame, "Picture that the clip ends with");
    add_sampling(command, options);
    auto* recipe = command.add_option("--recipe", options.recipe,
                                      "Repeat this clip, latents or recipe file; other options change what they name");
    command
        .add_option("--resume", options.resume,
                    "Go on from the latents (.latents.safetensors) that a run left when it was stopped, or killed")
        ->excludes(recipe);
    command.add_option("--stop-after", options.stop_after, "Stop after so many of the steps and keep the clip as it is")
        ->check(CLI::Range(1, 1000).description(""));
}

}  // namespace

void add_generate_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("generate", "Make a clip from a prompt");
    command->footer(k_footer);
    auto options = std::make_shared<GenerateOptions>();
    add_what(*command, *options);
    add_how(*command, *options);
    command->callback([options, &run] {
        if (!options->resume.empty()) options->recipe = options->resume;
        run = [options](std::stop_token stop) { return generate(*options, std::move(stop)); };
    });
}

}  // namespace kinora::cli
