#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/enhance_options.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli enhance clip.mp4 large.mp4 --upscale 1080p                    four times as large, then fitted to 1920x1080
  kinora-cli enhance clip.mp4 smooth.mp4 --interpolate 24                  new frames between the old ones
  kinora-cli enhance clip.mp4 master.mov --upscale 4k --interpolate 23.976 --preset prores-422-hq
  kinora-cli enhance clip.mp4 large.mp4 --upscale 4x --upscaler realesr-animevideov3.pth
  kinora-cli enhance clip.mp4 smooth.mp4 --interpolate 2x --interpolator flownet.pkl

Kinora's own small networks are used unless you name files of your own: ESRGAN, Real-ESRGAN and SRVGG upscalers of x1 to x8,
RIFE 4 interpolators, as .safetensors or .pth, which are read and never executed. Frames are never mixed across a cut. Sound
is kept where the preset's files have sound.)";

}  // namespace

void add_enhance_choice(CLI::App& command, EnhanceChoice& choice)
{
    command.add_option("--upscale", choice.upscale, "Enlarge: 2x, 4x, 720p, 1080p, 1440p, 4k or a size such as 1920x1080");
    command.add_option("--interpolate", choice.interpolate, "Make frames between frames: 2x, 3x, 4x or a rate such as 24");
    command.add_option("--upscaler", choice.upscaler, "Upscaler's file; \"kinora\" is the one that comes with Kinora");
    command.add_option("--interpolator", choice.interpolator, "Interpolator's file; \"kinora\" likewise");
    command
        .add_option("--tile", choice.tile, "Side of the pieces that a frame is enlarged in, in its pixels (0: automatic)")
        ->check(CLI::Range(0, 4096).description(""));
}

void add_enhance_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("enhance", "Enlarge a clip, or give it more frames a second");
    command->footer(k_footer);
    auto options = std::make_shared<EnhanceOptions>();
    command->add_option("input", options->input, "Video file, or a picture")->required();
    command->add_option("output,-o,--output", options->output, "Video file to write, or a folder for PNG pictures")
        ->required();
    add_enhance_choice(*command, options->choice);
    command->add_option("--preset", options->preset, "How to encode, as in \"kinora-cli export --presets\"");
    command->add_option("--device", options->device, "auto, cpu or cuda:0");
    command->add_option("--dtype", options->dtype, "auto, float32 or bfloat16");
    command->add_option("--threads", options->threads, "Cores to use (0: all)")->check(CLI::Range(0, 1024).description(""));
    command->add_flag("--overwrite", options->overwrite, "Replace a file that exists");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->add_flag("-q,--quiet", options->quiet, "No progress, only errors");
    command->callback(
        [options, &run] { run = [options](std::stop_token stop) { return enhance(*options, std::move(stop)); }; });
}

}  // namespace kinora::cli
