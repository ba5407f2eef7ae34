#include "inference/training/starter_evaluation.h"

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/cat.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/generation/picture_file.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/training/draft_trainer.h"
#include "inference/training/frechet.h"
#include "inference/training/latent_cache.h"
#include "inference/training/scene_batch.h"
#include "inference/training/scenes/caption.h"
#include "inference/training/scenes/contact_sheet.h"
#include "inference/training/scenes/fixed_prompts.h"
#include "inference/training/starter_shape.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr std::uint64_t k_unseen_captions = 0x5eed'0000'0000'1000ULL;

core::GenerationRequest request_for(std::string_view prompt, std::uint64_t seed)
{
    core::GenerationRequest request;
    request.prompt_text = std::string(prompt);
    request.prompt = {core::PromptSpan{.text = request.prompt_text}};
    request.seed = seed;
    return request;
}

// The request as a draft, where one is wanted.
core::GenerationRequest as_wished(const EvaluationOptions& options, core::GenerationRequest request)
{
    if (options.draft) request.loras = {{.file = options.model / k_draft_file}};
    return request;
}

inference::WanGenerator generator_for(const std::filesystem::path& model)
{
    return inference::WanGenerator([model](const std::string&) -> core::Result<std::filesystem::path> { return model; });
}

core::Result<inference::WanVae> published_vae(const std::filesystem::path& model)
{
    auto config = inference::VaeConfig::from_file(model / "vae" / "config.json");
    if (!config) return config.error();
    auto weights = inference::load_part(model / "vae");
    if (!weights) return weights.error();
    auto vae = inference::WanVae::create(*config, *weights);
    if (vae) vae->to(at::kBFloat16, at::Device(at::kCPU));
    return vae;
}

core::Result<void> make_sheet(const EvaluationOptions& options, const Say& say, std::stop_token stop)
{
    auto generator = generator_for(options.model);
    std::vector<SheetClip> clips;
    for (const auto& prompt : fixed_prompts()) {
        auto clip = generator.generate(as_wished(options, request_for(prompt.text, prompt.seed)), {}, stop);
        if (!clip) return clip.error();
        clips.push_back(sheet_clip(clip->frames, fmt::format("{}: {}", prompt.seed, prompt.text), 3));
        say(fmt::format("contact sheet: {} of {}", clips.size(), fixed_prompts().size()));
    }
    return core::write_png(options.output / "contact-sheet.png", contact_sheet(clips));
}

using Answers = std::array<int, k_probed.size()>;

struct Asked {
    Answers wanted;
    Answers seen;
    at::Tensor features;  ///< [1, features] of the generated clip
};

SceneSpec unseen_spec(int number, World world, std::uint64_t seed)
{
    PortableRandom random = stream(seed, static_cast<std::uint64_t>(number));
    const auto places = places_of(world);
    SceneSpec spec = random_spec(random, places[static_cast<std::size_t>(number) % places.size()], world);
    if (world == World::grown) spec.picture = random_picture_size(random);
    return spec;
}

Asked look(const at::Tensor& clip, const SceneSpec& spec, const Probe& probe)
{
    const ProbeView view = look_at(clip);
    const at::Tensor answers = probe.classify(view)[0];
    const auto drawn = attributes_of(spec);
    Asked asked{};
    asked.features = probe.features(view);
    for (std::size_t i = 0; i < k_probed.size(); ++i) {
        asked.wanted[i] = value_in(drawn.data(), k_probed[i]);
        asked.seen[i] = static_cast<int>(answers[static_cast<std::int64_t>(i)].item<std::int64_t>());
    }
    return asked;
}

// One clip generated from words that training never put so, what it should show and what the probe sees in it.
core::Result<Asked> ask_about(const EvaluationOptions& options, int number, const Probe& probe,
                              inference::WanGenerator& generator, std::stop_token stop)
{
    const SceneSpec spec = unseen_spec(number, world_of(options.model), k_unseen_captions);
    PortableRandom random = stream(k_unseen_captions + 1, static_cast<std::uint64_t>(number));
    auto request = request_for(held_out_caption(spec, random), static_cast<std::uint64_t>(number));
    request.width = spec.picture.width;
    request.height = spec.picture.height;
    auto clip = generator.generate(as_wished(options, request), {}, stop);
    if (!clip) return clip.error();
    return look(to_tensor(clip->frames), spec, probe);
}

// A drawn clip of another scene through the same autoencoder: all that the probe can be expected to see.
Asked look_at_drawn(int number, World world, const Probe& probe, const inference::WanVae& vae)
{
    const c10::InferenceMode inference_mode;
    const SceneSpec spec = unseen_spec(number, world, k_unseen_captions + 2);
    const at::Tensor video = to_tensor(draw(spec, k_starter_frames)).unsqueeze(0);
    return look(vae.decode(vae.encode(video).mean)[0].to(at::kFloat).clamp(-1, 1), spec, probe);
}

void count(const Asked& asked, const Answers& of_another, Evaluation& evaluation)
{
    for (std::size_t i = 0; i < k_probed.size(); ++i) {
        if (asked.wanted[i] < 0) continue;
        ProbeScore& score = evaluation.probe[k_probed[i]];
        ++score.asked;
        score.right += asked.seen[i] == asked.wanted[i] ? 1 : 0;
        score.by_chance += of_another[i] == asked.wanted[i] ? 1 : 0;
        if (asked.seen[i] != asked.wanted[i]) ++evaluation.confusion[k_probed[i]][{asked.wanted[i], asked.seen[i]}];
    }
    if (asked.wanted[static_cast<std::size_t>(Attribute::other_colour)] < 0) return;
    ++evaluation.binding.asked;
    evaluation.binding.right += bound_right(asked.seen, asked.wanted) ? 1 : 0;
    evaluation.binding.by_chance += bound_right(of_another, asked.wanted) ? 1 : 0;
}

void count_drawn(const Asked& seen, Evaluation& evaluation)
{
    for (std::size_t i = 0; i < k_probed.size(); ++i) {
        if (seen.wanted[i] < 0) continue;
        ProbeScore& score = evaluation.probe[k_probed[i]];
        ++score.drawn;
        score.drawn_right += seen.seen[i] == seen.wanted[i] ? 1 : 0;
    }
    if (seen.wanted[static_cast<std::size_t>(Attribute::other_colour)] < 0) return;
    ++evaluation.binding.drawn;
    evaluation.binding.drawn_right += bound_right(seen.seen, seen.wanted) ? 1 : 0;
}

core::Result<void> ask_probe(const EvaluationOptions& options, const inference::WanVae& vae, Evaluation& evaluation,
                             const Say& say, std::stop_token stop)
{
    auto probe = Probe::load(options.model / "probe.safetensors");
    if (!probe) return probe.error();
    auto generator = generator_for(options.model);
    std::vector<Asked> all;
    for (int i = 0; i < options.probe_clips; ++i) {
        auto asked = ask_about(options, i, *probe, generator, stop);
        if (!asked) return asked.error();
        all.push_back(*asked);
        if (i % 10 == 9) say(fmt::format("probe: {} of {} clips", i + 1, options.probe_clips));
    }
    std::vector<at::Tensor> generated, drawn;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
        count(all[i], all[(i + 1) % all.size()].seen, evaluation);
        generated.push_back(all[i].features);
        const Asked seen = look_at_drawn(static_cast<int>(i), world_of(options.model), *probe, vae);
        count_drawn(seen, evaluation);
        drawn.push_back(seen.features);
    }
    if (all.size() > 1) evaluation.frechet = frechet_distance(at::cat(generated), at::cat(drawn));
    return {};
}

// The median run of three, each with the model loaded anew.
core::Result<StageSeconds> measure_speed(const EvaluationOptions& options, std::stop_token stop)
{
    std::vector<StageSeconds> runs;
    for (int i = 0; i < 3; ++i) {
        auto generator = generator_for(options.model);
        auto clip = generator.generate(as_wished(options, request_for(fixed_prompts()[0].text, 0)), {}, stop);
        if (!clip) return clip.error();
        runs.push_back(clip->timings);
    }
    const auto total = [](const StageSeconds& run) {
        double sum = 0;
        for (const auto& [stage, seconds] : run)
            sum += seconds;
        return sum;
    };
    std::sort(runs.begin(), runs.end(), [&](const auto& a, const auto& b) { return total(a) < total(b); });
    return runs[1];
}

// The commonest mistakes of every attribute: "heart seen as star 4x".
std::string confusion_lines(const Evaluation& evaluation)
{
    constexpr std::size_t k_told = 3;
    std::string lines;
    for (const auto& [attribute, mistakes] : evaluation.confusion) {
        std::vector<std::pair<int, std::pair<int, int>>> sorted;
        for (const auto& [pair, times] : mistakes)
            sorted.emplace_back(times, pair);
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        sorted.resize(std::min(sorted.size(), k_told));
        lines += fmt::format("  {:12}", name(attribute));
        for (const auto& [times, pair] : sorted)
            lines += fmt::format(" {} seen as {} {}x;", value_name(attribute, pair.first),
                                 value_name(attribute, pair.second), times);
        lines.back() = '\n';
    }
    return lines.empty() ? lines : "Commonest mistakes\n" + lines;
}

double percent(int part, int whole)
{
    return 100.0 * part / std::max(1, whole);
}

std::string row(std::string_view what, const ProbeScore& score)
{
    return fmt::format("  {:12} {:5.1f} %  ({} of {}; on drawn clips {:.1f} %; by chance {:.1f} %)\n", what,
                       percent(score.right, score.asked), score.right, score.asked, percent(score.drawn_right, score.drawn),
                       percent(score.by_chance, score.asked));
}

}  // namespace

World world_of(const std::filesystem::path& model)
{
    const auto text = core::read_file(model / "kinora.json");
    if (!text) return World::first;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) return World::first;
    const auto world = json.find("world");
    return world != json.end() && world->is_number_integer() && *world >= 2 ? World::grown : World::first;
}

core::Result<Evaluation> evaluate_starter(const EvaluationOptions& options, const Say& say, std::stop_token stop)
{
    Evaluation evaluation;
    evaluation.threads = at::get_num_threads();
    auto vae = published_vae(options.model);
    if (!vae) return vae.error();
    auto quality = measure_vae(*vae, options.clips_per_place, k_starter_frames, world_of(options.model), stop);
    if (!quality) return quality.error();
    evaluation.vae = *quality;
    auto speed = measure_speed(options, stop);
    if (!speed) return speed.error();
    evaluation.speed = *speed;
    if (options.probe_clips > 0) {
        if (auto asked = ask_probe(options, *vae, evaluation, say, stop); !asked) return asked.error();
    }
    if (options.verb_clips > 0) {
        auto verbs = measure_verbs({.model = options.model, .clips = options.verb_clips, .world = world_of(options.model)},
                                   say, stop);
        if (!verbs) return verbs.error();
        evaluation.verbs = *verbs;
    }
    if (options.output.empty()) return evaluation;
    std::filesystem::create_directories(options.output);
    if (options.sheet)
        if (auto made = make_sheet(options, say, stop); !made) return made.error();
    if (auto written = core::write_file(options.output / "evaluation.txt", evaluation_table(evaluation)); !written)
        return written.error();
    return evaluation;
}

std::string evaluation_table(const Evaluation& evaluation)
{
    std::string table =
        fmt::format("Autoencoder, {} unseen clips of {} frames: mean {:.1f} dB, border ratio {:.2f}\n", evaluation.vae.clips,
                    k_starter_frames, evaluation.vae.mean, evaluation.vae.border_ratio);
    for (const auto& [place, psnr] : evaluation.vae.psnr)
        table += fmt::format("  {:12} {:5.1f} dB\n", name(place), psnr);
    for (const auto& [shape, psnr] : evaluation.vae.shapes)
        table += fmt::format("  {:12} {:5.1f} dB\n", name(shape), psnr);
    if (!evaluation.probe.empty())
        table +=
            "Probe on generated clips, held-out wordings (and on drawn ones that it never saw, through the autoencoder)\n";
    for (const auto& [attribute, score] : evaluation.probe)
        table += row(name(attribute), score);
    if (evaluation.binding.asked > 0) table += row("binding", evaluation.binding);
    table += confusion_lines(evaluation);
    if (evaluation.frechet >= 0)
        table += fmt::format("Frechet distance to drawn clips in the probe's features: {:.2f}\n", evaluation.frechet);
    if (evaluation.verbs) table += verb_table(*evaluation.verbs);
    table += fmt::format("Seconds for {} frames, {} threads\n", k_starter_frames, evaluation.threads);
    for (const auto& [stage, seconds] : evaluation.speed)
        table += fmt::format("  {:12} {:5.2f}\n", stage, seconds);
    return table;
}

}  // namespace kinora::training
