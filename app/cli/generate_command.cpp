#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/generate_options.h"

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
"[0-1s] day [1s-end] night". Ctrl+C stops within a step and keeps the latents; "kinora-cli export" makes a clip of them.)help";

void add_what(CLI::App& command, GenerateOptions& options)
{
    command.add_option("-p,--prompt", options.prompt, "What the clip shows");
    command.add_option("--negative", options.negative_prompt, "What it should not show");
    command.add_option("-m,--model", options.model, "Name or folder of a model (starter); see \"kinora-cli models list\"");
    command.add_option("--size", options.size, "Width x height in pixels, such as 320x192");
    command.add_option("--frames", options.frames, "Length in frames, such as 33");
    command.add_option("--fps", options.rate, "Frames per second, such as 12 or 23.976");
    command.add_option("--steps", options.steps, "Sampling steps");
    command.add_option("--guidance", options.guidance, "How closely to follow the prompt (1: no guidance, twice as fast)");
    command.add_option("--guidance-mode", options.guidance_mode,
                       "How --negative acts: cfg (a second pass), cfg-zero (CFG-Zero*), or nag (within the attention, also "
                       "for models of few steps, without a second pass)");
    command.add_option("--guidance-low", options.guidance_low, "Guidance of the second, low-noise expert of Wan 2.2 A14B");
    command.add_option("--nag-tau", options.nag_tau, "Limit of attention guidance (2.5)");
    command.add_option("--nag-alpha", options.nag_alpha, "Share of attention guidance, 0 to 1 (0.25)");
    command.add_option("--seed", options.seed, "Number that decides the noise; drawn at random and told if not given");
    command.add_option("--sampler", options.sampler,
                       "unipc, euler, dpmpp (DPM++ 2M), lightx2v or fastwan (fixed steps of distilled models)");
    command.add_option("--shift", options.shift, "Shift of the time steps");
    command.add_option("--first-frame", options.first_frame, "Picture that the clip begins with");
    command.add_option("--last-frame", options.last_frame, "Picture that the clip ends with");
    command.add_option(
        "--lora", options.loras,
        "LoRA file, or the name of one in \"kinora-cli models list\", with its weight: style.safetensors:0.8; may "
        "be given several times");
    command.add_option("--lora-high", options.loras_high, "The same, only for the high-noise expert of Wan 2.2 A14B");
    command.add_option("--lora-low", options.loras_low, "The same, only for the low-noise expert of Wan 2.2 A14B");
    command.add_option("--recipe", options.recipe,
                       "Repeat this clip, latents or recipe file; other options change what they name");
}

void add_how(CLI::App& command, GenerateOptions& options)
{
    command.add_option("--device", options.device, "auto, cpu or cuda:0");
    command.add_option("--dtype", options.dtype, "auto, float32 or bfloat16");
    command.add_option("--threads", options.threads, "Threads of the processor (0: one per core)")
        ->check(CLI::Range(0, 1024).description(""));
    command.add_option("--preset", options.preset, "How video is encoded: h264-review for .mp4, prores-422-hq for .mov ...");
    command.add_option("--latents", options.latents, "Keep the latents in this file (.safetensors)");
    command.add_flag("--overwrite", options.overwrite, "Replace files that exist");
    command.add_flag("--json", options.json, "Print one JSON object: output, recipe, timings");
    command.add_flag("-q,--quiet", options.quiet, "No progress, only errors");
    command.add_option("-o,--output", options.output, "clip.mp4, clip.mov, or a folder for PNG pictures")->required();
}

}  // namespace

void add_generate_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("generate", "Make a clip from a prompt");
    command->footer(k_footer);
    auto options = std::make_shared<GenerateOptions>();
    add_what(*command, *options);
    add_how(*command, *options);
    command->callback(
        [options, &run] { run = [options](std::stop_token stop) { return generate(*options, std::move(stop)); }; });
}

}  // namespace kinora::cli
