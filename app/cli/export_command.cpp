#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/export_options.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli export clip.mp4 --preset prores-422-hq -o master.mov          a clip for an editing suite
  kinora-cli export clip.mp4 --range 12:36 --fps 24 --conform blend -o part.mov
  kinora-cli export ~/Videos/Kinora/Film                                   a whole storyboard, into the project's exports folder
  kinora-cli export ~/Videos/Kinora/Film --fps 25 --timecode 01:00:00:00 --loudness -23 -o film.mxf
  kinora-cli export ~/Videos/Kinora/Film --shots 1,3-5 --handles 12 --preset exr-half -o plates/
  kinora-cli export ~/Videos/Kinora/Film --otio --edl -o out/Film           for editing suites, with all media beside it
  kinora-cli export ~/Videos/Kinora/Film --show-metadata                   what the files would tell about how they were made
  kinora-cli export clip.latents.safetensors -o clip.mov                   latents that a cancelled or failed run has kept

Takes are decoded again from their latents, or taken from the float frames kept with them, straight to 10 or 16 bit; the
file's metadata says which. kinora-cli export --presets lists all presets, your own included.)";

}  // namespace

void add_export_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("export", "Export a clip, a shot or a storyboard for an editing suite");
    command->footer(k_footer);
    auto options = std::make_shared<ExportOptions>();
    CLI::Option* input =
        command->add_option("input", options->input, "Folder of a project, video file, or latents (.safetensors)");
    command->add_option("--preset", options->preset, "How to encode: a preset, one of your own, or its .json file");
    command->add_option("--quality", options->quality,
                        "Of presets with a quality setting: their own number, lower is better");
    command->add_option("--range", options->range, "in:out, frames from 0; out is the frame after the last");
    command->add_option("--fps", options->rate, "Conform to this rate: 23.976, 24, 25, 29.97, 30, 50, 59.94, 60 …");
    command->add_option("--conform", options->conform, "How: repeat (and drop) frames, blend them, or interpolate");
    command->add_option("--colour", options->colour, "bt709, p3 or bt2020: converted and tagged");
    command->add_option("--timecode", options->timecode, "Of the first frame: 01:00:00:00, with ; for drop-frame");
    command->add_option("--loudness", options->loudness, "Normalise the sound to so many LUFS: -14, -16, -23");
    command->add_option("--shot,--shots", options->shots, "Only these shots, from 1: 3, 1,4-6 or all; a file each");
    command->add_flag("--one-file", options->one_file, "The shots in one file");
    command->add_option("--handles", options->handles, "Frames before and after each shot's own")
        ->check(CLI::Range(0, 1000));
    command->add_option("--pattern", options->pattern, "File names: {project}_{shot:03}_{take}_{seed}, {preset}");
    command->add_option("-o,--output", options->output, "File to write, or a folder with a / at its end");
    command->add_flag("--no-metadata,--no-recipe", options->without_recipe, "Leave prompt, seed and model out of the file");
    command->add_flag("--show-metadata", options->show_metadata, "List what would be disclosed; export nothing");
    command->add_flag("--sign", options->sign, "Sign with content credentials (C2PA), by Kinora's key of this user");
    CLI::Option* key = command->add_option("--sign-key", options->sign_key, "Sign with your own key, PEM");
    key->needs(command->add_option("--sign-cert", options->sign_certificates, "Its certificates, PEM, its own first"));
    command->add_flag("--otio", options->otio, "OpenTimelineIO, with a folder of media (Resolve, Premiere)");
    command->add_flag("--otioz", options->otioz, "The same as one file");
    command->add_flag("--fcpxml", options->fcpxml, "Final Cut Pro XML 1.10, takes as auditions");
    command->add_flag("--xmeml", options->xmeml, "Final Cut Pro 7 XML (Premiere, Resolve, Kdenlive)");
    command->add_flag("--edl", options->edl, "CMX 3600 edit decision list");
    command->add_flag("--selected-takes", options->selected_takes, "Of these only the takes that are shown");
    command->add_flag("--sidecar", options->sidecar, "Write the recipe into a .json beside the file too");
    command->add_flag("--overwrite", options->overwrite, "Replace a file that exists");
    command->add_flag("--presets", options->list_presets, "List the presets and what they are good for");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->add_flag("-q,--quiet", options->quiet, "No progress, only errors");
    command->callback([input, options, &run] {
        // A list needs nothing to export.
        if (!*input && !options->list_presets) throw CLI::RequiredError("input");
        run = [options](std::stop_token stop) { return export_media(*options, std::move(stop)); };
    });
}

}  // namespace kinora::cli
