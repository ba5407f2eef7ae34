#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/export_options.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli export clip.mp4 --preset prores-422-hq -o master.mov          a clip for an editing suite
  kinora-cli export clip.mp4 --range 12:36 --fps 24 -o part.mov            frames 12 to 35, repeated to 24 frames per second
  kinora-cli export ~/Videos/Kinora/Film                                   a whole storyboard, into the project's exports folder
  kinora-cli export ~/Videos/Kinora/Film --shot 3 --preset h264-review -o shot3.mp4
  kinora-cli export clip.latents.safetensors -o clip.mov                   latents that a cancelled or failed run has kept

Takes are decoded again from their latents, straight to 10 bit. Presets: prores-422-hq, prores-422, prores-422-lt,
prores-422-proxy, dnxhr-hqx, h264-review, h265-10bit.)";

}  // namespace

void add_export_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("export", "Export a clip, a shot or a storyboard for an editing suite");
    command->footer(k_footer);
    auto options = std::make_shared<ExportOptions>();
    command->add_option("input", options->input, "Folder of a project, video file, or latents (.safetensors)")->required();
    command->add_option("--preset", options->preset, "How to encode; the project's choice or prores-422-hq if not given");
    command->add_option("--range", options->range, "in:out, frames from 0; out is the frame after the last");
    command->add_option("--fps", options->rate, "Conform a clip to this rate by repeating or dropping frames");
    command->add_option("--shot", options->shot, "Only this shot of the storyboard, from 1, at its own rate");
    command->add_option("-o,--output", options->output, "File to write");
    command->add_flag("--no-recipe", options->without_recipe, "Leave prompt, seed and model out of the file");
    command->add_flag("--overwrite", options->overwrite, "Replace a file that exists");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->add_flag("-q,--quiet", options->quiet, "No progress, only errors");
    command->callback(
        [options, &run] { run = [options](std::stop_token stop) { return export_media(*options, std::move(stop)); }; });
}

}  // namespace kinora::cli
