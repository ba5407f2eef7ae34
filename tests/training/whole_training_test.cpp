#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/ids.h"
#include "inference/text/tokenizer.h"
#include "inference/training/dit_trainer.h"
#include "inference/training/latent_cache.h"
#include "inference/training/probe_training.h"
#include "inference/training/starter_evaluation.h"
#include "inference/training/starter_shape.h"
#include "inference/training/starter_training.h"
#include "inference/training/vae_trainer.h"

// The whole training of the starter from nothing, stage by stage as the command runs it, on a scale of minutes: fewer steps,
// and of the clips' lengths only the two shortest.

using namespace kinora;
using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("kinora-whole-" + core::make_id());
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

/// The column of a curve, from its first row to its last.
std::vector<double> column(const std::filesystem::path& file, const std::string& name)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    std::vector<std::string> names;
    std::istringstream header(line);
    for (std::string one; std::getline(header, one, ',');)
        names.push_back(one);
    const auto place = std::find(names.begin(), names.end(), name) - names.begin();
    std::vector<double> values;
    while (std::getline(stream, line)) {
        std::istringstream row(line);
        std::string value;
        for (std::ptrdiff_t i = 0; i <= place; ++i)
            std::getline(row, value, ',');
        values.push_back(std::stod(value));
    }
    return values;
}

void run_stage(StarterTrainingOptions options, const std::string& stage, double scale)
{
    INFO(stage);
    options.stage = stage;
    options.scale = scale;
    const auto done = train_starter(options, k_silent, {});
    if (!done) FAIL(done.error().message);
}

void draw_latents(const std::filesystem::path& folder)
{
    auto vae = load_trained_vae(folder / "vae");
    REQUIRE(vae);
    auto tokenizer = inference::Tokenizer::load(folder / "tokenizer");
    REQUIRE(tokenizer);
    const Tokenise tokenise = [&](const std::string& text) {
        const auto ids = tokenizer->encode_padded(text, k_caption_tokens).ids;
        return std::vector<std::int32_t>(ids.begin(), ids.end());
    };
    std::vector<LatentCacheOptions> sets(2);
    sets[0].frames = 5;
    sets[1].frames = 17;
    for (LatentCacheOptions& set : sets) {
        set.folder = folder / "latents";
        set.clips = 256;
    }
    const auto filled = fill_latent_caches(sets, *std::move(vae), tokenise, 1e9, k_silent, {});
    if (!filled) FAIL(filled.error().message);
}

void train_transformer(const std::filesystem::path& folder)
{
    DitTrainingOptions dit;
    dit.folder = folder / "dit";
    dit.latents = folder / "latents";
    dit.tokenizer = folder / "tokenizer";
    dit.phases = {{.steps = 40, .clip_frames = 5, .latent_frames = 2, .batch = 12},
                  {.steps = 12, .clip_frames = 17, .latent_frames = 5, .batch = 6}};
    const auto done = train_dit(dit, k_silent, {});
    if (!done) FAIL(done.error().message);
}

double accuracy_of(const ProbeAccuracy& accuracy, Attribute attribute)
{
    return accuracy[static_cast<std::size_t>(std::find(k_probed.begin(), k_probed.end(), attribute) - k_probed.begin())];
}

}  // namespace

TEST_CASE("The whole training from nothing, on a scale of minutes: losses fall, a probe beats chance, the model draws",
          "[slow]")
{
    const Folder folder;
    StarterTrainingOptions options;
    options.folder = folder.path;
    options.model = folder.path / "model";
    run_stage(options, "tokenizer", 1.0);
    run_stage(options, "vae", 0.004);
    const auto pictures = column(folder.path / "vae" / "vae-log.csv", "l1");
    REQUIRE(pictures.size() >= 3);
    CHECK(pictures.back() < 0.9 * pictures.front());

    draw_latents(folder.path);
    train_transformer(folder.path);
    const auto flow = column(folder.path / "dit" / "dit-log.csv", "loss");
    REQUIRE(flow.size() >= 2);
    CHECK(flow.back() < 0.95 * flow.front());  // both are running means, the second one of longer clips

    run_stage(options, "decoder", 0.0);
    run_stage(options, "draft", 0.0);

    // On drawings that it never saw.
    ProbeTrainingOptions probe;
    probe.file = folder.path / "probe.safetensors";
    probe.clips = 400;
    probe.unseen = 200;
    probe.steps = 120;
    probe.batch = 16;
    const auto accuracy = train_probe(probe, k_silent, {});
    if (!accuracy) FAIL(accuracy.error().message);
    for (const Attribute attribute : {Attribute::place, Attribute::time, Attribute::camera}) {
        INFO(name(attribute));
        CHECK(accuracy_of(*accuracy, attribute) > 2.0 / values_of(attribute));
    }

    run_stage(options, "export", 1.0);
    EvaluationOptions measured;
    measured.model = options.model;
    measured.clips_per_place = 1;
    measured.probe_clips = 4;
    measured.sheet = false;
    measured.draft = true;
    const auto evaluation = evaluate_starter(measured, k_silent, {});
    if (!evaluation) FAIL(evaluation.error().message);
    CHECK(std::isfinite(evaluation->frechet));
    const std::string table = evaluation_table(*evaluation);
    INFO(table);
    CHECK(table.find("place") != std::string::npos);
    CHECK(table.find("sample") != std::string::npos);
}
