#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/cli/clip_output.h"
#include "app/cli/console.h"
#include "app/cli/engine.h"
#include "app/cli/enhance_options.h"
#include "app/cli/exit_codes.h"
#include "app/cli/generate_options.h"
#include "app/cli/progress_display.h"
#include "app/cli/request_builder.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/generation/recipe_json.h"
#include "core/time/timecode.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/runtime/cpu.h"
#include "inference/training/scenes/caption.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Words of a prompt that the starter has to know for its clips to have much to do with it.
constexpr double k_enough_known = 0.5;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string quoted(const fs::path& path)
{
    return core::in_quotes(core::path_to_utf8(path));
}

/// Where the latents are until the clip is written: beside it, under a name that is free.
fs::path latents_beside(const fs::path& output)
{
    const fs::path folder = output.has_filename() ? output : output.parent_path();
    const std::string stem = folder.stem().string();
    fs::path file = folder.parent_path() / (stem + ".latents.safetensors");
    std::error_code ignored;
    for (int number = 2; fs::exists(file, ignored); ++number)
        file = folder.parent_path() / fmt::format("{}-{}.latents.safetensors", stem, number);
    return file;
}

/// "clip-2.mp4" beside "clip.mp4", the folder "clips-2/" beside "clips/".
fs::path numbered(const fs::path& output, int number)
{
    if (output.has_filename()) {
        return output.parent_path() / fmt::format("{}-{}{}", output.stem().string(), number, output.extension().string());
    }
    const fs::path folder = output.parent_path();
    return folder.parent_path() / fmt::format("{}-{}", folder.filename().string(), number) / "";
}

std::string hint_for(const BuiltRequest& built)
{
    const bool starter = built.request.model_id == "starter";
    if (!starter || training::known_share(built.request.prompt_text) >= k_enough_known) return {};
    return "The prompt is far from what the starter knows, so the clip may have little to do with it. " +
           training::known_things();
}

/// One run of the command, from the checks to the report.
class Generation {
public:
    Generation(const GenerateOptions& options, std::stop_token stop)
        : options_(options),
          stop_(std::move(stop)),
          answer_(options.json ? Answer::json : Answer::text),
          existing_(options.overwrite ? Existing::replace : Existing::keep),
          display_(options.quiet ? ProgressDisplay::Form::silent : ProgressDisplay::Form::automatic)
    {
    }

    int run()
    {
        const auto start = Clock::now();
        if (options_.explain) return explain();
        if (auto ready = prepare(); !ready) return fail(ready.error(), answer_);
        auto clip = engine_->generate(
            built_.request, [this](const core::Progress& progress) { display_.show(progress); }, stop_);
        display_.clear();
        if (!clip) return failed(clip.error());
        const auto writing = Clock::now();
        const auto written = write(*clip);
        display_.clear();
        if (!written) return failed(written.error());
        clip->timings.emplace_back("write", seconds_since(writing));
        clip->timings.emplace_back("total", seconds_since(start));
        std::error_code ignored;
        if (options_.latents.empty()) fs::remove(latents_, ignored);
        report(*clip);
        return exit_done;
    }

private:
    /// The plan of the run, which isn't made.
    int explain()
    {
        engine_ = make_engine();
        const auto built = build_request(options_, *engine_);
        if (!built) return fail(built.error(), answer_);
        inference::set_cores(built->threads);
        const auto recipe = engine_->resolve(built->request);
        if (!recipe) return fail(recipe.error(), answer_);
        const auto plan = engine_->estimate(built->request);
        if (!plan) return fail(plan.error(), answer_);
        if (options_.json) {
            print_json({{"plan", plan->plan},
                        {"seconds", plan->seconds},
                        {"peak_bytes", plan->peak_bytes},
                        {"fits", plan->fits},
                        {"recipe", core::to_json(*recipe)}});
            return exit_done;
        }
        fmt::print("{}: {} frames, {}x{}, {} steps, {} {}\n", recipe->model_id, recipe->frames, recipe->width,
                   recipe->height, recipe->steps, recipe->device, recipe->dtype);
        for (const std::string& sentence : plan->plan)
            fmt::print("{}\n", sentence);
        return exit_done;
    }

    /// Everything that can go wrong is found here, before the work.
    core::Result<void> prepare()
    {
        if (options_.output.empty())
            return core::make_error(core::ErrorKind::invalid_argument,
                                    "There is no place for the clip: say where it goes with -o clip.mp4 (\"kinora-cli "
                                    "generate --help\" shows how).");
        auto output = plan_output(options_.output, options_.preset, existing_);
        if (!output) return output.error();
        output_ = *std::move(output);
        engine_ = make_engine();
        auto built = build_request(options_, *engine_);
        if (!built) return built.error();
        built_ = *std::move(built);
        inference::set_cores(built_.threads);
        const auto recipe = engine_->resolve(built_.request);
        if (!recipe) return recipe.error();
        auto shape = written_shape(*recipe);
        if (!shape) return shape.error();
        written_ = *shape;
        if (auto possible = check_output(output_, written_.width, written_.height, static_cast<int>(written_.frames));
            !possible)
            return possible;
        latents_ = options_.latents.empty() ? latents_beside(output_.path) : options_.latents;
        if (options_.latents.empty() && !options_.resume.empty()) latents_ = options_.resume;
        if (latents_ != options_.resume)
            if (auto possible = check_new_file(latents_, existing_); !possible) return possible;
        built_.request.latents_file = built_.request.checkpoint_file = latents_;
        built_.request.resume_from = options_.resume;
        hint_ = hint_for(built_);
        if (!hint_.empty()) say("Note: " + hint_);
        if (!options_.seed && options_.recipe.empty() && !options_.quiet) say(fmt::format("Seed {}", built_.request.seed));
        return {};
    }

    /// What the file is going to hold: the clip itself, or what is made of it on its way.
    core::Result<core::ClipShape> written_shape(const core::Recipe& recipe)
    {
        const core::ClipShape clip{recipe.width, recipe.height, recipe.frames, recipe.rate};
        if (!recipe.enhance.wanted()) return clip;
        auto request = core::enhance_request(recipe.enhance);
        if (!request) return request.error();
        request->device = options_.device.value_or("auto");
        request->dtype = options_.dtype.value_or("auto");
        request->tile = options_.enhance.tile;
        enhance_ = *std::move(request);
        const auto plan = core::plan_enhance(*enhance_, clip);
        if (!plan) return plan.error();
        return plan->shape;
    }

    core::Result<void> write(const core::GeneratedClip& clip)
    {
        const auto report = [this](int done, int total) { display_.show(enhance_ ? "enhancing" : "writing", done, total); };
        if (!enhance_) return write_output(output_, clip.frames, clip.recipe, report, stop_);
        const auto shape = write_enhanced(output_, clip.frames, clip.recipe, *enhance_, report, stop_);
        if (!shape) return shape.error();
        return {};
    }

    /// Work that stopped half-way: what there is of it is kept, and told.
    int failed(const core::Error& error) const
    {
        std::error_code ignored;
        if (!fs::exists(latents_, ignored)) return fail(error, answer_);
        return fail(core::make_error(error.kind, error.message + " The latents are kept in " + quoted(latents_) +
                                                     "; \"kinora-cli export\" makes a clip of them, \"kinora-cli generate "
                                                     "--resume\" goes on from there."),
                    answer_);
    }

    void report(const core::GeneratedClip& clip) const
    {
        for (const std::string& fallback : clip.recipe.fallbacks)
            say("Note: " + fallback);
        const bool other_model = !built_.model_hash.empty() && built_.model_hash != clip.recipe.model_hash;
        if (other_model)
            say("Note: the model's weights aren't those of the recipe, so the frames differ from the first time.");
        if (options_.json) return print_json(description(clip, other_model));
        if (options_.quiet) return;
        say(fmt::format("{}: {} frames, {}x{}, {} fps, seed {}, {:.1f} s", core::path_to_utf8(output_.path), written_.frames,
                        written_.width, written_.height, core::rate_text(written_.rate), clip.recipe.seed,
                        clip.timings.back().second));
    }

    nlohmann::json description(const core::GeneratedClip& clip, bool other_model) const
    {
        nlohmann::json timings = nlohmann::json::object();
        for (const auto& [stage, seconds] : clip.timings)
            timings[stage] = seconds;
        nlohmann::json object{{"output", core::path_to_utf8(output_.path)},
                              {"frames", written_.frames},
                              {"width", written_.width},
                              {"height", written_.height},
                              {"recipe", core::to_json(clip.recipe)},
                              {"timings", std::move(timings)}};
        if (!output_.preset.empty()) object["preset"] = output_.preset;
        if (!options_.latents.empty()) object["latents"] = core::path_to_utf8(latents_);
        if (!hint_.empty()) object["hint"] = hint_;
        if (other_model) object["model_changed"] = true;
        return object;
    }

    const GenerateOptions& options_;
    std::stop_token stop_;
    Answer answer_;
    Existing existing_;
    ProgressDisplay display_;
    ClipOutput output_;
    std::shared_ptr<inference::WanGenerator> engine_;
    BuiltRequest built_;
    std::optional<core::EnhanceRequest> enhance_;
    core::ClipShape written_;  ///< what the file holds
    fs::path latents_;
    std::string hint_;
};

}  // namespace

int generate(const GenerateOptions& options, std::stop_token stop)
{
    const int count = options.verb ? options.verb->count : 1;
    if (count <= 1) return Generation(options, std::move(stop)).run();
    for (int index = 1; index <= count; ++index) {
        GenerateOptions one = options;
        one.output = numbered(options.output, index);
        if (!options.latents.empty()) one.latents = numbered(options.latents, index);
        if (options.seed) one.seed = *options.seed + static_cast<std::uint64_t>(index - 1);
        if (const int code = Generation(one, stop).run(); code != exit_done) return code;
    }
    return exit_done;
}

}  // namespace kinora::cli
