#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/equal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <opencv2/core/utility.hpp>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "inference/text/tokenizer.h"
#include "inference/training/latent_cache.h"
#include "inference/training/scenes/caption.h"
#include "inference/training/starter_evaluation.h"
#include "inference/training/starter_shape.h"
#include "inference/training/starter_training.h"
#include "inference/training/tokenizer_training.h"
#include "inference/training/vae_trainer.h"
#include "inference/weights/safetensors.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("kinora-training-" + core::make_id());
    Folder()
    {
        std::filesystem::create_directories(path);
        at::set_num_threads(1);
        cv::setNumThreads(1);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

void check_vae_is_kept(const StarterTrainingOptions& options)
{
    auto published = inference::load_part(options.start_from / "vae");
    auto kept = inference::load_safetensors(options.folder / "vae" / "vae.safetensors");
    REQUIRE(published);
    REQUIRE(kept);
    for (const auto& [name, tensor] : published->tensors())
        CHECK(at::equal(kept->tensors().at(name), tensor.to(at::kFloat)));
}

at::Tensor trained_weight(const std::filesystem::path& folder)
{
    auto weights = inference::load_safetensors(folder / "vae.safetensors");
    REQUIRE(weights);
    return weights->tensors().at("decoder.conv_in.weight").clone();
}

VaeTrainingOptions small_vae(const std::filesystem::path& folder, int steps)
{
    VaeTrainingOptions options;
    options.folder = folder;
    options.frames = 5;
    options.crop = 32;
    options.schedule = {.steps = steps, .decay_share = 0};
    return options;
}

}  // namespace

TEST_CASE("Autoencoder training stopped in the middle goes on to the same bits")
{
    const Folder whole, halves;
    REQUIRE(train_vae(small_vae(whole.path, 4), k_silent, {}));
    REQUIRE(train_vae(small_vae(halves.path, 2), k_silent, {}));
    REQUIRE(train_vae(small_vae(halves.path, 4), k_silent, {}));
    CHECK(at::equal(trained_weight(halves.path), trained_weight(whole.path)));
}

TEST_CASE("A decoder that goes on alone leaves the encoder as it is")
{
    const Folder folder;
    REQUIRE(train_vae(small_vae(folder.path, 2), k_silent, {}));
    auto alone = small_vae(folder.path, 2);
    alone.train_encoder = false;
    REQUIRE(train_vae(alone, k_silent, {}));
    auto before = inference::load_safetensors(folder.path / "vae.safetensors");
    auto after = inference::load_safetensors(folder.path / "vae-decoder.safetensors");
    REQUIRE(before);
    REQUIRE(after);
    int decoder_changed = 0;
    for (const auto& [name, tensor] : before->tensors()) {
        const bool same = at::equal(tensor, after->tensors().at(name));
        if (name.starts_with("encoder.") || name.starts_with("quant_conv.")) CHECK(same);
        if (name.starts_with("decoder.") && !same) ++decoder_changed;
    }
    CHECK(decoder_changed > 0);
}

TEST_CASE("A decoder's training stopped in the middle goes on to the same bits, and the autoencoder's own is left alone")
{
    const Folder whole, halves;
    const auto decoder_steps = [](const std::filesystem::path& folder, int steps) {
        auto alone = small_vae(folder, steps);
        alone.train_encoder = false;
        const auto done = train_vae(alone, k_silent, {});
        REQUIRE(done);
        REQUIRE(*done == steps);
    };
    for (const auto& folder : {whole.path, halves.path})
        REQUIRE(train_vae(small_vae(folder, 1), k_silent, {}));
    const auto before = core::read_file(halves.path / "vae-state.safetensors");
    decoder_steps(whole.path, 4);
    decoder_steps(halves.path, 2);
    decoder_steps(halves.path, 4);
    const auto decoder = [](const std::filesystem::path& folder) {
        return core::read_file(folder / "vae-decoder.safetensors");
    };
    REQUIRE(decoder(whole.path));
    CHECK((*decoder(halves.path) == *decoder(whole.path)));
    CHECK((*core::read_file(halves.path / "vae-state.safetensors") == *before));
}

TEST_CASE("The trained tokenizer reads captions of both languages without an unknown piece")
{
    const Folder folder;
    PortableRandom random(3);
    REQUIRE(train_tokenizer(sample_captions(4000, random), folder.path));
    auto tokenizer = inference::Tokenizer::load(folder.path);
    REQUIRE(tokenizer);
    CHECK(tokenizer->max_length() == k_caption_tokens);
    for (const auto& caption : sample_captions(200, random)) {
        const auto ids = tokenizer->encode(caption);
        CHECK(ids.size() <= k_caption_tokens);
        CHECK(std::find(ids.begin(), ids.end(), tokenizer->unknown_id()) == ids.end());
    }
    CHECK(tokenizer->encode("A Red Balloon") == tokenizer->encode("a red balloon"));
}

TEST_CASE("Training may keep only the transformer of an older model")
{
    const Folder folder;
    StarterTrainingOptions options;
    options.folder = folder.path;
    options.start_from = kinora::tests::source_dir() / "resources" / "models" / "starter";
    options.keep = "transformer";
    options.scale = 0.0;
    options.minutes = 0.0;
    for (const char* stage : {"vae", "latents"}) {
        options.stage = stage;
        (void)train_starter(options, k_silent, {});
    }
    auto published = inference::load_part(options.start_from / "vae");
    auto own = inference::load_safetensors(folder.path / "vae" / "vae.safetensors");
    REQUIRE(published);
    REQUIRE(own);
    CHECK_FALSE(at::equal(own->tensors().at("encoder.conv_in.weight"),
                          published->tensors().at("encoder.conv_in.weight").to(at::kFloat)));
    CHECK_FALSE(std::filesystem::exists(folder.path / "latents" / "latent-statistics.json"));
}

TEST_CASE("Training that starts from a published model keeps its tokenizer and autoencoder")
{
    const Folder folder;
    StarterTrainingOptions options;
    options.folder = folder.path;
    options.start_from = kinora::tests::source_dir() / "resources" / "models" / "starter";
    for (const char* stage : {"tokenizer", "vae"}) {
        options.stage = stage;
        REQUIRE(train_starter(options, k_silent, {}));
    }
    CHECK(inference::Tokenizer::load(folder.path / "tokenizer"));
    check_vae_is_kept(options);
    CHECK(load_trained_vae(folder.path / "vae"));
}

TEST_CASE("Training may keep all of a published model but its words")
{
    const Folder folder;
    StarterTrainingOptions options;
    options.folder = folder.path;
    options.start_from = kinora::tests::source_dir() / "resources" / "models" / "starter";
    options.keep = "pictures";
    options.minutes = 0.0;
    for (const char* stage : {"tokenizer", "vae"}) {
        options.stage = stage;
        REQUIRE(train_starter(options, k_silent, {}));
    }
    options.stage = "latents";
    options.scale = 0.0;
    (void)train_starter(options, k_silent, {});
    check_vae_is_kept(options);
    CHECK(std::filesystem::exists(folder.path / "latents" / "latent-statistics.json"));
    const auto pieces = core::read_file(folder.path / "tokenizer" / "spiece.model");
    const auto published_pieces = core::read_file(options.start_from / "tokenizer" / "spiece.model");
    REQUIRE(pieces);
    REQUIRE(published_pieces);
    CHECK(*pieces != *published_pieces);
}

TEST_CASE("Training may go on with clips of one length alone")
{
    const Folder folder;
    StarterTrainingOptions options;
    options.folder = folder.path;
    options.start_from = kinora::tests::source_dir() / "resources" / "models" / "starter";
    options.scale = 0.0;
    options.length = 5;
    for (const char* stage : {"tokenizer", "vae", "latents"}) {
        options.stage = stage;
        REQUIRE(train_starter(options, k_silent, {}));
    }
    CHECK(load_latents(folder.path / "latents", 5));
    CHECK_FALSE(load_latents(folder.path / "latents", 17));
    options.stage = "dit";
    options.minutes = 0.0;
    CHECK(train_starter(options, k_silent, {}));
    CHECK(std::filesystem::exists(folder.path / "dit" / "transformer.safetensors"));
    // What it was trained on is what the model says that it knows.
    options.stage = "export";
    CHECK(train_starter(options, k_silent, {}));
    CHECK(world_of(folder.path / "model") == world_of(options.start_from));
}

TEST_CASE("There is no training stage of another name")
{
    StarterTrainingOptions options;
    options.stage = "nothing";
    const auto done = train_starter(options, k_silent, {});
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == core::ErrorKind::invalid_argument);
}
