#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/cli/clip_output.h"
#include "app/cli/console.h"
#include "app/cli/engine.h"
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
        if (auto ready = prepare(); !ready) return fail(ready.error(), answer_);
        auto clip = engine_->generate(
            built_.request, [this](const core::Progress& progress) { display_.show(progress); }, stop_);
        display_.clear();
        if (!clip) return failed(clip.error());
        const auto writing = Clock::now();
        const auto written = write_output(
            output_, clip->frames, clip->recipe, [this](int done, int total) { display_.show("writing", done, total); },
            stop_);
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
    /// Everything that can go wrong is found here, before the work.
    core::Result<void> prepare()
    {
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
        if (auto possible = check_output(output_, recipe->width, recipe->height, recipe->frames); !possible) return possible;
        latents_ = options_.latents.empty() ? latents_beside(output_.path) : options_.latents;
        if (auto possible = check_new_file(latents_, existing_); !possible) return possible;
        built_.request.latents_file = latents_;
        hint_ = hint_for(built_);
        if (!hint_.empty()) say("Note: " + hint_);
        if (!options_.seed && options_.recipe.empty() && !options_.quiet) say(fmt::format("Seed {}", built_.request.seed));
        return {};
    }

    /// Work that stopped half-way: what there is of it is kept, and told.
    int failed(const core::Error& error) const
    {
        std::error_code ignored;
        if (!fs::exists(latents_, ignored)) return fail(error, answer_);
        return fail(core::make_error(error.kind, error.message + " The latents are kept in " + quoted(latents_) +
                                                     "; \"kinora-cli export\" makes a clip of them."),
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
        say(fmt::format("{}: {} frames, {}x{}, {} fps, seed {}, {:.1f} s", core::path_to_utf8(output_.path),
                        clip.recipe.frames, clip.recipe.width, clip.recipe.height, core::rate_text(clip.recipe.rate),
                        clip.recipe.seed, clip.timings.back().second));
    }

    nlohmann::json description(const core::GeneratedClip& clip, bool other_model) const
    {
        nlohmann::json timings = nlohmann::json::object();
        for (const auto& [stage, seconds] : clip.timings)
            timings[stage] = seconds;
        nlohmann::json object{{"output", core::path_to_utf8(output_.path)},
                              {"frames", clip.recipe.frames},
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
    fs::path latents_;
    std::string hint_;
};

}  // namespace

int generate(const GenerateOptions& options, std::stop_token stop)
{
    return Generation(options, std::move(stop)).run();
}

}  // namespace kinora::cli
