#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/clip_output.h"
#include "app/cli/console.h"
#include "app/cli/cut.h"
#include "app/cli/engine.h"
#include "app/cli/exit_codes.h"
#include "app/cli/export_interchange.h"
#include "app/cli/export_options.h"
#include "app/cli/export_run.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"
#ifdef KINORA_HAS_MEDIA
#include "core/export/naming.h"
#include "core/export/presets.h"
#endif

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

bool is_project(const fs::path& path)
{
    std::error_code ignored;
    return path.filename() == "project.json" || fs::exists(path / "project.json", ignored);
}

/// Beside the latents, under their name without its endings; a folder of pictures where this build writes no video.
core::Result<ClipOutput> plan_beside(const ExportOptions& options, Existing existing)
{
    if (!options.output.empty()) return plan_output(options.output, options.preset, existing);
    const fs::path stem = fs::path(options.input).replace_extension().replace_extension();
#ifdef KINORA_HAS_MEDIA
    const auto preset = media::find_preset(options.preset ? std::string_view(*options.preset) : media::k_default_preset);
    if (!preset) return preset.error();
    const fs::path file = media::unique_file(stem.parent_path(), stem.filename().string(), (*preset)->extension);
    return plan_output(file, (*preset)->id, existing);
#else
    return plan_output(stem, options.preset, existing);
#endif
}

core::Result<Exported> export_latents(const ExportOptions& options, ProgressDisplay& display, std::stop_token stop)
{
    auto saved = inference::load_latents(options.input);
    if (!saved) return saved.error();
    saved->recipe.enhance = {};  // the file shows the clip as the model made it
    core::FrameRange range{0, saved->recipe.frames};
    if (options.range) {
        const auto parsed = parse_range(*options.range, saved->recipe.frames);
        if (!parsed) return parsed.error();
        range = *parsed;
    }
    const auto output = plan_beside(options, options.overwrite ? Existing::replace : Existing::keep);
    if (!output) return output.error();
    const auto length = static_cast<int>(range.length());
    if (auto possible = check_output(*output, saved->recipe.width, saved->recipe.height, length); !possible)
        return possible.error();
    display.show("decoding", 0, 1);
    auto clip = make_engine()->decode(saved->latents, saved->recipe, stop);
    if (!clip) return clip.error();
    if (range.end > clip->frames)
        return core::make_error(core::ErrorKind::corrupt, core::in_quotes(core::path_to_utf8(options.input)) +
                                                              " holds fewer frames than its recipe says.");
    clip->rate = saved->recipe.rate;
    const auto report = [&](int done, int total) { display.show("writing", done, total); };
    if (auto written = write_output(*output, cut(*clip, range), saved->recipe, report, stop); !written)
        return written.error();
    Exported exported{{{output->path, length, clip->width, clip->height}}, output->preset, {}};
    if (!saved->complete())
        exported.notes.push_back(fmt::format("These latents stopped at step {} of {}: the clip is unfinished.",
                                             saved->steps_done, saved->recipe.steps));
    return exported;
}

core::Result<Exported> run_export(const ExportOptions& options, ProgressDisplay& display, const std::stop_token& stop)
{
    std::error_code ignored;
    if (!fs::exists(options.input, ignored))
        return core::make_error(core::ErrorKind::not_found, "There is no " +
                                                                core::in_quotes(core::path_to_utf8(options.input)) +
                                                                "; name a project's folder, a video file or latents.");
    if (options.input.extension() == ".safetensors") return export_latents(options, display, stop);
#ifdef KINORA_HAS_MEDIA
    if (is_project(options.input)) return export_project(options, display, stop);
    if (fs::is_directory(options.input, ignored))
        return core::make_error(core::ErrorKind::not_found, core::in_quotes(core::path_to_utf8(options.input)) +
                                                                " is no project: it has no project.json.");
    return export_file(options, display, stop);
#else
    return core::make_error(core::ErrorKind::unsupported, std::string("This build of Kinora reads no ") +
                                                              (is_project(options.input) ? "projects" : "video files") +
                                                              "; it exports latents only.");
#endif
}

}  // namespace

core::Result<core::FrameRange> parse_range(const std::string& text, std::int64_t length)
{
    core::FrameRange range{0, length};
    const auto colon = text.find(':');
    const auto number = [](std::string_view digits, std::int64_t& value) {
        if (digits.empty()) return true;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size();
    };
    const std::string_view whole = text;
    const bool read = colon != std::string::npos && number(whole.substr(0, colon), range.first) &&
                      number(whole.substr(colon + 1), range.end);
    if (read && range.first >= 0 && range.end <= length && !range.empty()) return range;
    return core::make_error(core::ErrorKind::invalid_argument,
                            fmt::format("The range \"{}\" isn't possible: there are {} frames, so say for example 0:{} (the "
                                        "first frame, and the one after the last).",
                                        text, length, length));
}

int export_media(const ExportOptions& options, std::stop_token stop)
{
    const Answer answer = options.json ? Answer::json : Answer::text;
#ifdef KINORA_HAS_MEDIA
    if (options.list_presets) {
        std::fputs(preset_list().c_str(), stdout);
        return exit_done;
    }
    if (options.show_metadata) {
        const auto shown = shown_metadata(options);
        if (!shown) return fail(shown.error(), answer);
        std::fputs(shown->c_str(), stdout);
        return exit_done;
    }
#endif
    ProgressDisplay display(options.quiet ? ProgressDisplay::Form::silent : ProgressDisplay::Form::automatic);
    const auto exported = run_export(options, display, stop);
    display.clear();
    if (!exported) return fail(exported.error(), answer);
    for (const std::string& note : exported->notes)
        say("Note: " + note);
    if (options.json) {
        nlohmann::json files = nlohmann::json::array();
        for (const ExportedFile& file : exported->files)
            files.push_back({{"output", core::path_to_utf8(file.file)},
                             {"frames", file.frames},
                             {"width", file.width},
                             {"height", file.height}});
        nlohmann::json told = files.front();
        told["preset"] = exported->preset;
        told["notes"] = exported->notes;
        told["files"] = std::move(files);
        print_json(told);
    } else if (!options.quiet) {
        for (const ExportedFile& file : exported->files)
            if (file.frames == 0)
                say(core::path_to_utf8(file.file));
            else
                say(fmt::format("{}: {} frames, {}x{}{}{}", core::path_to_utf8(file.file), file.frames, file.width,
                                file.height, exported->preset.empty() ? "" : ", ", exported->preset));
    }
    return exit_done;
}

}  // namespace kinora::cli
