#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/engine.h"
#include "app/cli/exit_codes.h"
#include "app/cli/progress_display.h"
#include "app/cli/request_builder.h"
#include "core/generation/recipe_json.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/runtime/cpu.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli bench                             the starter at its own size and length, median of 3 runs
  kinora-cli bench --runs 5 --threads 1 --json
Every run loads the model anew. Files are in the system's cache from the second run on. Close other programs: with other load
on the cores the figures say little.)";

struct BenchOptions {
    GenerateOptions clip;
    int runs = 3;
    bool caches = false;
    bool precisions = false;
};

/// Seconds of one run by stage, in order.
using Timings = std::vector<std::pair<std::string, double>>;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Timings medians(const std::vector<Timings>& runs)
{
    Timings result;
    for (std::size_t stage = 0; stage < runs.front().size(); ++stage) {
        std::vector<double> seconds;
        for (const Timings& run : runs)
            if (stage < run.size()) seconds.push_back(run[stage].second);
        result.emplace_back(runs.front()[stage].first, median(std::move(seconds)));
    }
    return result;
}

core::Result<core::GeneratedClip> run_once(const core::GenerationRequest& request, const std::stop_token& stop)
{
    const auto start = std::chrono::steady_clock::now();
    auto clip = make_engine()->generate(request, {}, stop);
    if (!clip) return clip;
    const double total = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto sample = std::find_if(clip->timings.begin(), clip->timings.end(),
                                     [](const auto& timing) { return timing.first == "sample"; });
    if (sample != clip->timings.end()) {
        const double step = sample->second / std::max(1, clip->recipe.steps);
        clip->timings.insert(sample + 1, {"step", step});
    }
    clip->timings.emplace_back("total", total);
    return clip;
}

void print_table(const core::Recipe& recipe, const std::vector<Timings>& runs, const Timings& middle)
{
    fmt::print("{}: {} frames {}x{}, {} steps, {} {}, {} threads, median of {}\n", recipe.model_id, recipe.frames,
               recipe.width, recipe.height, recipe.steps, recipe.device, recipe.dtype, recipe.threads, runs.size());
    for (std::size_t stage = 0; stage < middle.size(); ++stage) {
        fmt::print("{:>8} {:9.3f} s  (", middle[stage].first, middle[stage].second);
        for (std::size_t i = 0; i < runs.size(); ++i)
            fmt::print("{}{:.3f}", i == 0 ? "" : " ", stage < runs[i].size() ? runs[i][stage].second : 0.0);
        fmt::print(")\n");
    }
}

nlohmann::json as_json(const Timings& timings)
{
    nlohmann::json object = nlohmann::json::object();
    for (const auto& [stage, seconds] : timings)
        object[stage] = seconds;
    return object;
}

double seconds_of(const Timings& timings, const std::string& stage)
{
    for (const auto& [name, seconds] : timings)
        if (name == stage) return seconds;
    return 0;
}

/// Of pictures within 0…1, in decibels; those that are equal in every bit have 999.
double psnr(const core::FrameSequence& exact, const core::FrameSequence& other)
{
    double sum = 0;
    for (std::size_t i = 0; i < exact.rgb.size(); ++i) {
        const double difference = static_cast<double>(exact.rgb[i]) - other.rgb[i];
        sum += difference * difference;
    }
    return sum == 0 ? 999 : -10 * std::log10(sum / static_cast<double>(exact.rgb.size()));
}

/// One way to make the same clip.
struct Way {
    std::string name;
    std::function<void(core::GenerationRequest&)> choose;
};

/// Several ways to make a clip beside the first, which is exact, taking turns: what each saves in the sampling, and what it
/// costs in likeness.
int compare_ways(const BenchOptions& options, const std::vector<Way>& ways, BuiltRequest built, const std::stop_token& stop)
{
    const Answer answer = options.clip.json ? Answer::json : Answer::text;
    std::map<std::string, std::vector<double>> seconds;
    std::map<std::string, double> likeness;
    core::FrameSequence exact;
    core::Recipe recipe;
    for (int i = 0; i < options.runs; ++i)
        for (const Way& way : ways) {
            way.choose(built.request);
            auto clip = run_once(built.request, stop);
            if (!clip) return fail(clip.error(), answer);
            seconds[way.name].push_back(seconds_of(clip->timings, "sample"));
            if (exact.rgb.empty()) {
                exact = std::move(clip->frames);
                recipe = clip->recipe;
            } else {
                likeness[way.name] = psnr(exact, clip->frames);
            }
        }
    nlohmann::json all = nlohmann::json::object();
    const double first = median(seconds[ways.front().name]);
    if (!options.clip.json)
        fmt::print(
            "{}: {} frames {}x{}, {} steps, {} threads\n\n| {} | sampling, s | of the first | PSNR to it, dB |\n"
            "| --- | --- | --- | --- |\n",
            recipe.model_id, recipe.frames, recipe.width, recipe.height, recipe.steps, recipe.threads,
            options.caches ? "cache" : "precision");
    for (const Way& way : ways) {
        const double middle = median(seconds[way.name]);
        const bool is_first = &way == &ways.front();
        all[way.name] = {{"sample", middle}, {"ratio", middle / first}, {"saved", 1 - middle / first}};
        if (!is_first) all[way.name]["psnr"] = likeness[way.name];
        if (!options.clip.json)
            fmt::print("| {} | {:.3f} | {:.2f} | {} |\n", way.name, middle, middle / first,
                       is_first ? "" : fmt::format("{:.1f}", likeness[way.name]));
    }
    if (options.clip.json) print_json(all);
    return exit_done;
}

std::vector<Way> caches()
{
    std::vector<Way> ways;
    for (const char* name : {"off", "balanced", "fast"})
        ways.push_back({name, [name](core::GenerationRequest& request) { request.step_cache = name; }});
    return ways;
}

std::vector<Way> precisions()
{
    std::vector<Way> ways;
    for (const char* name : {"bfloat16", "int8", "float32"})
        ways.push_back({name, [name](core::GenerationRequest& request) { request.dtype = name; }});
    return ways;
}

int bench(const BenchOptions& options, const std::stop_token& stop)
{
    const Answer answer = options.clip.json ? Answer::json : Answer::text;
    const auto engine = make_engine();
    const auto built = build_request(options.clip, *engine);
    if (!built) return fail(built.error(), answer);
    inference::set_cores(built->threads);
    if (options.caches) return compare_ways(options, caches(), *built, stop);
    if (options.precisions) return compare_ways(options, precisions(), *built, stop);
    ProgressDisplay display(options.clip.quiet ? ProgressDisplay::Form::silent : ProgressDisplay::Form::automatic);
    std::vector<Timings> runs;
    core::Recipe recipe;
    for (int i = 0; i < options.runs; ++i) {
        display.show("running", i, options.runs);
        const auto clip = run_once(built->request, stop);
        display.clear();
        if (!clip) return fail(clip.error(), answer);
        runs.push_back(clip->timings);
        recipe = clip->recipe;
    }
    const Timings middle = medians(runs);
    if (!options.clip.json) {
        print_table(recipe, runs, middle);
        return exit_done;
    }
    nlohmann::json all = nlohmann::json::array();
    for (const Timings& run : runs)
        all.push_back(as_json(run));
    print_json({{"recipe", core::to_json(recipe)}, {"median", as_json(middle)}, {"runs", std::move(all)}});
    return exit_done;
}

}  // namespace

void add_bench_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("bench", "Measure how fast a model runs here, stage by stage");
    command->footer(k_footer);
    auto options = std::make_shared<BenchOptions>();
    GenerateOptions& clip = options->clip;
    clip.prompt = "a red balloon rises over green hills at sunset, slow pan right";
    clip.seed = 7;
    command->add_option("-m,--model", clip.model, "Name or folder of a model (starter)");
    command->add_option("--runs", options->runs, "How often to run")->check(CLI::Range(1, 1000))->capture_default_str();
    command->add_flag("--caches", options->caches, "Compare the step caches: time saved, PSNR to the exact clip");
    command->add_flag("--precisions", options->precisions, "Compare the precisions: time, PSNR to the bfloat16 clip");
    command->add_option("--size", clip.size, "Width x height in pixels");
    command->add_option("--frames", clip.frames, "Length in frames");
    command->add_option("--steps", clip.steps, "Sampling steps");
    command->add_option("--guidance", clip.guidance, "Guidance (1: one pass a step instead of two)");
    command->add_option("--device", clip.device, "auto, cpu or cuda:0");
    command->add_option("--precision,--dtype", clip.dtype,
                        "auto, float32, bfloat16, or int8 (large matrices in 8 bits: faster, less exact)");
    command->add_option("--threads", clip.threads, "Threads of the processor (0: one per core)")
        ->check(CLI::Range(0, 1024).description(""));
    command->add_flag("--json", clip.json, "Print one JSON object: recipe, medians, every run");
    command->add_flag("-q,--quiet", clip.quiet, "No progress");
    command->callback([options, &run] { run = [options](const std::stop_token& stop) { return bench(*options, stop); }; });
}

}  // namespace kinora::cli
