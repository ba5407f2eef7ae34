#include "inference/training/starter_training.h"

#include <ATen/core/Tensor.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/file.h"
#include "inference/text/tokenizer.h"
#include "inference/training/dit_trainer.h"
#include "inference/training/draft_trainer.h"
#include "inference/training/latent_cache.h"
#include "inference/training/probe_training.h"
#include "inference/training/scenes/caption.h"
#include "inference/training/stages.h"
#include "inference/training/starter_evaluation.h"
#include "inference/training/starter_export.h"
#include "inference/training/starter_shape.h"
#include "inference/training/tokenizer_training.h"
#include "inference/training/vae_trainer.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr std::size_t k_tokenizer_captions = 60000;

// The clip lengths of the curriculum, in pictures: one latent frame and another, then longer ones.
constexpr int k_shortest = 5;
constexpr int k_middle = 17;
constexpr int k_long = k_starter_frames;
constexpr int k_longest = 49;

bool wanted(const StarterTrainingOptions& options, int frames)
{
    return options.length == 0 || options.length == frames;
}

int scaled(double count, double scale, int least)
{
    return std::max(least, static_cast<int>(count * scale));
}

bool keeps_all(const StarterTrainingOptions& options)
{
    return !options.start_from.empty() && options.keep == "all";
}

World world_trained_on(const StarterTrainingOptions& options)
{
    return keeps_all(options) ? world_of(options.start_from) : World::grown;
}

bool keeps_autoencoder(const StarterTrainingOptions& options)
{
    return keeps_all(options) || (!options.start_from.empty() && options.keep == "pictures");
}

core::Result<void> tokenizer_stage(const StarterTrainingOptions& options)
{
    const auto folder = options.folder / "tokenizer";
    if (std::filesystem::exists(folder / "tokenizer_config.json")) return {};
    if (keeps_all(options)) {  // trained embeddings go with their pieces
        std::filesystem::create_directories(folder);
        for (const char* name : {"spiece.model", "tokenizer_config.json"}) {
            auto content = core::read_file(options.start_from / "tokenizer" / name);
            if (!content) return content.error();
            if (auto written = core::write_file(folder / name, *content); !written) return written;
        }
        return {};
    }
    PortableRandom random(17);
    return train_tokenizer(sample_captions(k_tokenizer_captions, random, World::grown), folder);
}

// A given model's autoencoder is taken over as it is: the transformer knows its encoder's latents. Its decoder may go on.
core::Result<void> keep_vae(const StarterTrainingOptions& options)
{
    const auto file = options.folder / "vae" / "vae.safetensors";
    if (std::filesystem::exists(file)) return {};
    auto weights = inference::load_part(options.start_from / "vae");
    if (!weights) return weights.error();
    std::filesystem::create_directories(file.parent_path());
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& [name, tensor] : weights->tensors())
        tensors.emplace_back(name, tensor.to(at::kFloat));
    return inference::save_safetensors(file, tensors);
}

// First clips of 17 frames, then of 33, whose drift over time the first don't show.
core::Result<void> vae_stage(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    if (keeps_autoencoder(options)) return keep_vae(options);
    VaeTrainingOptions vae;
    vae.folder = options.folder / "vae";
    vae.minutes = options.minutes;
    vae.cuda = options.cuda;
    const int all = scaled(12000, options.scale, 20);
    vae.schedule = {.steps = all / 2, .decay_share = 0.0};
    if (auto done = train_vae(vae, say, stop); !done) return done.error();
    vae.schedule = {.steps = all, .decay_share = 0.3};
    vae.frames = k_long;
    vae.batch = 1;
    if (auto done = train_vae(vae, say, stop); !done) return done.error();
    return {};
}

core::Result<void> decoder_stage(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    VaeTrainingOptions decoder;
    decoder.folder = options.folder / "vae";
    decoder.train_encoder = false;
    decoder.minutes = options.minutes;
    decoder.cuda = options.cuda;
    decoder.schedule = {.steps = scaled(6000, options.scale, 10), .decay_share = 0.5};
    decoder.frames = k_long;
    decoder.batch = 1;
    decoder.muon_rate = 1.5e-3;
    auto done = train_vae(decoder, say, stop);
    if (!done) return done.error();
    return {};
}

// Where a given model's encoder is kept, the transformer must go on seeing latents normalised as it knows them.
core::Result<void> keep_statistics(const StarterTrainingOptions& options)
{
    const auto file = options.folder / "latents" / "latent-statistics.json";
    if (!keeps_autoencoder(options) || std::filesystem::exists(file)) return {};
    auto config = inference::VaeConfig::from_file(options.start_from / "vae" / "config.json");
    if (!config) return config.error();
    std::filesystem::create_directories(file.parent_path());
    const nlohmann::json json = {{"mean", config->latents_mean}, {"std", config->latents_std}};
    return core::write_file(file, json.dump(1) + "\n");
}

// Half of the clips of every length are native, the rest in the other shapes; a small trial does without those, and so does
// a model that goes on in the first world, which is only native.
std::vector<LatentCacheOptions> latent_sets(const StarterTrainingOptions& options)
{
    const World world = world_trained_on(options);
    std::vector<LatentCacheOptions> sets;
    for (const auto& [frames, clips] :
         {std::pair{k_shortest, 16000}, std::pair{k_middle, 8000}, std::pair{k_long, 6000}, std::pair{k_longest, 2000}}) {
        if (!wanted(options, frames)) continue;
        for (const PictureSize& picture : k_picture_sizes) {
            const bool native = picture == k_picture_sizes.front();
            if (!native && world == World::first) continue;
            LatentCacheOptions set;
            set.folder = options.folder / "latents";
            set.frames = frames;
            set.picture = picture;
            set.world = world;
            set.clips = native ? scaled(clips / 2.0, options.scale, 256) : scaled(clips / 6.0, options.scale, 0);
            set.cuda = options.cuda;
            if (set.clips >= 128) sets.push_back(set);
        }
    }
    return sets;
}

core::Result<void> latents_stage(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    if (auto kept = keep_statistics(options); !kept) return kept;
    auto vae = load_trained_vae(options.folder / "vae");
    if (!vae) return vae.error();
    auto tokenizer = inference::Tokenizer::load(options.folder / "tokenizer");
    if (!tokenizer) return tokenizer.error();
    const Tokenise tokenise = [&](const std::string& text) {
        const auto ids = tokenizer->encode_padded(text, k_caption_tokens).ids;
        return std::vector<std::int32_t>(ids.begin(), ids.end());
    };
    return fill_latent_caches(latent_sets(options), *vae, tokenise, options.minutes, say, stop);
}

core::Result<void> dit_stage(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    DitTrainingOptions dit;
    dit.folder = options.folder / "dit";
    dit.latents = options.folder / "latents";
    dit.tokenizer = options.folder / "tokenizer";
    dit.start_from = options.start_from;
    dit.minutes = options.minutes;
    dit.finish = options.finish;
    dit.cuda = options.cuda;
    // Steps take about as long in every phase, so these are shares of the time too. Shapes and looks are learnt from the
    // short clips, three times as many a second; where things go and what the camera does only from long ones.
    dit.phases = {{.steps = scaled(30000, options.scale, 20), .clip_frames = k_shortest, .latent_frames = 2, .batch = 32},
                  {.steps = scaled(10000, options.scale, 10), .clip_frames = k_middle, .latent_frames = 5, .batch = 16},
                  {.steps = scaled(34000, options.scale, 10), .clip_frames = k_long, .latent_frames = 9, .batch = 8},
                  {.steps = scaled(4000, options.scale, 5), .clip_frames = k_longest, .latent_frames = 13, .batch = 6}};
    std::erase_if(dit.phases, [&](const DitPhase& phase) { return !wanted(options, phase.clip_frames); });
    auto done = train_dit(dit, say, stop);
    if (!done) return done.error();
    return {};
}

core::Result<void> draft_stage(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    DraftTrainingOptions draft;
    draft.training = options.folder;
    draft.steps = scaled(3000, options.scale, 10);
    draft.minutes = options.minutes;
    draft.cuda = options.cuda;
    auto done = train_draft(draft, say, stop);
    if (!done) return done.error();
    return {};
}

core::Result<void> probe_stage(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    ProbeTrainingOptions probe;
    probe.file = options.folder / "probe.safetensors";
    probe.world = world_trained_on(options);
    probe.clips = scaled(probe.clips, options.scale, 64);
    probe.unseen = scaled(probe.unseen, options.scale, 64);
    probe.steps = scaled(probe.steps, options.scale, 20);
    auto accuracy = train_probe(probe, say, stop);
    if (!accuracy) return accuracy.error();
    for (std::size_t i = 0; i < k_probed.size(); ++i)
        say(fmt::format("probe on unseen drawings: {} {:.1f} %", name(k_probed[i]), 100.0 * (*accuracy)[i]));
    return {};
}

core::Result<void> run_stage(const std::string& stage, const StarterTrainingOptions& options, const Say& say,
                             std::stop_token stop)
{
    say("stage " + stage);
    if (stage == "tokenizer") return tokenizer_stage(options);
    if (stage == "vae") return vae_stage(options, say, stop);
    if (stage == "latents") return latents_stage(options, say, stop);
    if (stage == "dit") return dit_stage(options, say, stop);
    if (stage == "decoder") return decoder_stage(options, say, stop);
    if (stage == "draft") return draft_stage(options, say, stop);
    if (stage == "probe") return probe_stage(options, say, stop);
    const auto model = options.model.empty() ? options.folder / "model" : options.model;
    return export_starter(options.folder, model, world_trained_on(options), say);
}

}  // namespace

const std::vector<std::string>& starter_stages()
{
    static const std::vector<std::string> stages{"all",     "tokenizer", "vae",   "latents", "dit",
                                                 "decoder", "draft",     "probe", "export"};
    return stages;
}

const std::vector<int>& starter_lengths()
{
    static const std::vector<int> lengths{k_shortest, k_middle, k_long, k_longest};
    return lengths;
}

core::Result<void> train_starter(const StarterTrainingOptions& options, const Say& say, std::stop_token stop)
{
    return run_stages(
        starter_stages(), options.stage, [&](const std::string& stage) { return run_stage(stage, options, say, stop); },
        stop);
}

}  // namespace kinora::training
