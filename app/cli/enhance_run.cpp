#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/enhance_options.h"
#include "app/cli/exit_codes.h"
#include "app/cli/progress_display.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/generation/recipe_json.h"
#include "core/time/timecode.h"
#include "inference/enhance/enhance_engine.h"
#include "inference/runtime/cpu.h"
#ifdef KINORA_HAS_MEDIA
#include "core/export/enhanced_export.h"
#include "core/media/recipe_metadata.h"
#endif

namespace kinora::cli {

namespace {

core::Enhancement enhancement_of(const EnhanceChoice& choice)
{
    return {choice.upscale.value_or(""), choice.interpolate.value_or(""), choice.upscaler, choice.interpolator};
}

}  // namespace

core::Result<core::EnhanceRequest> enhance_request(const EnhanceChoice& choice, const std::string& device,
                                                   const std::string& dtype)
{
    if (!choice.wanted())
        return core::make_error(core::ErrorKind::invalid_argument,
                                "There is nothing to do: add --upscale 1080p or --interpolate 24, or both.");
    auto made = core::enhance_request(enhancement_of(choice));
    if (!made) return made;
    core::EnhanceRequest request = *std::move(made);
    request.tile = choice.tile;
    request.device = device;
    request.dtype = dtype;
    return request;
}

#ifdef KINORA_HAS_MEDIA

namespace {

namespace fs = std::filesystem;

/// Pictures in a folder are a preset of their own.
constexpr const char* k_pictures_preset = "png16";

media::ExportTarget target_of(const ClipOutput& output)
{
    media::ExportTarget target;
    target.file = output.path;
    target.preset = output.kind == ClipOutput::Kind::video ? output.preset : k_pictures_preset;
    target.overwrite =
        output.existing == Existing::replace ? media::OverwritePolicy::replace : media::OverwritePolicy::refuse;
    return target;
}

/// A clip's recipe, which then also tells what was done to the clip. One of a newer Kinora stays as it is.
std::string with_enhancement(std::string text, const EnhanceChoice& choice)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    auto recipe = core::recipe_from_json(json);
    if (!recipe) return text;
    const core::Enhancement now = enhancement_of(choice);
    if (choice.upscale) {
        recipe->enhance.upscale = now.upscale;
        recipe->enhance.upscaler = now.upscaler;
    }
    if (choice.interpolate) {
        recipe->enhance.interpolate = now.interpolate;
        recipe->enhance.interpolator = now.interpolator;
    }
    return core::json_text(core::to_json(*recipe));
}

core::Result<media::WrittenFile> enhance_file(const EnhanceOptions& options, ProgressDisplay& display, std::stop_token stop)
{
    const auto request = enhance_request(options.choice, options.device, options.dtype);
    if (!request) return request.error();
    const auto source = media::FileSource::open(options.input);
    if (!source) return source.error();
    const media::SourceInfo info = (*source)->info();
    const auto plan = core::plan_enhance(*request, {info.width, info.height, info.frames, info.rate});
    if (!plan) return plan.error();
    const auto output = plan_output(options.output, options.preset, options.overwrite ? Existing::replace : Existing::keep);
    if (!output) return output.error();
    const core::ClipShape& shape = plan->shape;
    if (auto possible = check_output(*output, shape.width, shape.height, static_cast<int>(shape.frames)); !possible)
        return possible.error();
    if (!(*source)->damage().empty() && !options.quiet)
        say("Note: " + core::in_quotes(core::path_to_utf8(options.input)) + " is damaged: " + (*source)->damage() + ".");
    inference::set_cores(options.threads);
    inference::EnhanceEngine engine;
    media::EnhancedExport job{&engine, *request, source->get(), media::sound_of(options.input, stop), target_of(*output)};
    if (auto recipe = media::read_embedded_recipe(options.input))
        job.target.recipe_json = with_enhancement(*std::move(recipe), options.choice);
    return media::export_enhanced(
        job, [&](int done, int total) { display.show("enhancing", done, total); }, std::move(stop));
}

}  // namespace

core::Result<core::ClipShape> write_enhanced(const ClipOutput& output, const core::FrameSequence& clip,
                                             const core::Recipe& recipe, const core::EnhanceRequest& request,
                                             const WriteReport& report, std::stop_token stop)
{
    inference::EnhanceEngine engine;
    const auto plan = core::plan_enhance(request, {clip.width, clip.height, clip.frames, clip.rate});
    if (!plan) return plan.error();
    // The clip outlives the source, which only borrows it.
    media::MemorySource source(std::shared_ptr<const core::FrameSequence>(std::shared_ptr<void>(), &clip));
    media::EnhancedExport job{&engine, request, &source, {}, target_of(output)};
    job.target.recipe_json = core::json_text(core::to_json(recipe));
    if (auto written = media::export_enhanced(job, report, std::move(stop)); !written) return written.error();
    return plan->shape;
}

int enhance(const EnhanceOptions& options, std::stop_token stop)
{
    const Answer answer = options.json ? Answer::json : Answer::text;
    ProgressDisplay display(options.quiet ? ProgressDisplay::Form::silent : ProgressDisplay::Form::automatic);
    const auto written = enhance_file(options, display, std::move(stop));
    display.clear();
    if (!written) return fail(written.error(), answer);
    if (options.json) {
        print_json({{"output", core::path_to_utf8(written->file)},
                    {"frames", written->frames},
                    {"width", written->width},
                    {"height", written->height},
                    {"bytes", written->bytes}});
    } else if (!options.quiet) {
        say(fmt::format("{}: {} frames, {}x{}", core::path_to_utf8(written->file), written->frames, written->width,
                        written->height));
    }
    return exit_done;
}

#else

core::Result<core::ClipShape> write_enhanced(const ClipOutput& output, const core::FrameSequence& clip,
                                             const core::Recipe& recipe, const core::EnhanceRequest& request,
                                             const WriteReport& report, std::stop_token stop)
{
    inference::EnhanceEngine engine;
    const auto larger = core::enhance_clip(engine, request, clip, {}, stop);
    if (!larger) return larger.error();
    if (auto written = write_output(output, *larger, recipe, report, stop); !written) return written.error();
    return core::ClipShape{larger->width, larger->height, larger->frames, larger->rate};
}

int enhance(const EnhanceOptions& options, std::stop_token)
{
    return fail(core::make_error(core::ErrorKind::unsupported,
                                 "This build of Kinora reads no video files; generate --upscale and --interpolate work."),
                options.json ? Answer::json : Answer::text);
}

#endif

}  // namespace kinora::cli
