#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <opencv2/core/utility.hpp>

#include "core/base/ids.h"
#include "inference/training/dit_data.h"
#include "inference/training/latent_cache.h"
#include "inference/training/scene_batch.h"
#include "inference/training/starter_shape.h"
#include "inference/weights/safetensors.h"

using namespace kinora;
using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};
const Tokenise k_no_words = [](const std::string&) { return std::vector<std::int32_t>{3, 1}; };

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("kinora-latents-" + core::make_id());
    Folder()
    {
        std::filesystem::create_directories(path);
        at::set_num_threads(1);
        cv::setNumThreads(1);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

LatentCacheOptions few(const std::filesystem::path& folder, const PictureSize& picture)
{
    LatentCacheOptions options;
    options.folder = folder;
    options.frames = 5;
    options.picture = picture;
    options.clips = options.shard_clips = 2;
    return options;
}

/// A shard of invented latents, all of one value, in cells of 16 pixels of the shape.
void invent(const std::filesystem::path& folder, const PictureSize& picture, int clips, float value)
{
    const std::int64_t rows = picture.height / 16, columns = picture.width / 16;
    const auto file = folder / fmt::format("latents-5-{}x{}-00000.safetensors", picture.width, picture.height);
    at::Tensor latents = normal_noise({clips, 2, 2, rows, columns}, 1) * 0.01 + value;
    REQUIRE(inference::save_safetensors(file, {{"latents", latents.to(at::kBFloat16)},
                                               {"tokens", at::full({clips, 3, k_caption_tokens}, 7, at::kInt)},
                                               {"emphasis", at::zeros({clips, 2, rows, columns}, at::kByte)},
                                               {"attributes", at::zeros({clips, k_attributes}, at::kByte)}}));
}

DitTrainingOptions short_clips(const std::filesystem::path& folder)
{
    DitTrainingOptions options;
    options.latents = folder;
    options.phases = {{.steps = 1, .clip_frames = 5, .latent_frames = 2, .batch = 3}};
    return options;
}

}  // namespace

TEST_CASE("Latents are made in every shape asked for, kept apart, and made only once")
{
    const Folder folder;
    const auto vae = inference::WanVae::create_random(starter_vae_config(), 1);
    const std::vector<LatentCacheOptions> sets{few(folder.path, {}), few(folder.path, {192, 320})};
    REQUIRE(fill_latent_caches(sets, vae, k_no_words, 0.0, k_silent, {}));
    CHECK_FALSE(load_latents_of_all_shapes(folder.path, 5));
    REQUIRE(fill_latent_caches(sets, vae, k_no_words, 1e9, k_silent, {}));
    const auto all = load_latents_of_all_shapes(folder.path, 5);
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK((*all)[0].latents.sizes() == at::IntArrayRef({2, 32, 2, 12, 20}));
    CHECK((*all)[1].latents.sizes() == at::IntArrayRef({2, 32, 2, 20, 12}));
    CHECK((*all)[1].emphasis.sizes() == at::IntArrayRef({2, 2, 20, 12}));
    const auto missing = load_latents(folder.path, 5, {256, 256});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    CHECK(missing.error().message.find("256x256") != std::string::npos);
    int said = 0;
    REQUIRE(fill_latent_caches(sets, vae, k_no_words, 1e9, [&](const std::string&) { ++said; }, {}));
    CHECK(said == 0);
}

TEST_CASE("A batch has one shape, each as often as it has clips, and validation is native")
{
    const Folder folder;
    invent(folder.path, {}, 164, 1.0F);
    invent(folder.path, {384, 160}, 50, 2.0F);
    const auto options = short_clips(folder.path);
    const auto data = DitData::load(options, std::vector<std::int32_t>(k_caption_tokens, 0));
    REQUIRE(data);
    CHECK(data->clips(options.phases[0]) == 150);
    std::map<std::int64_t, int> widths;
    for (int i = 0; i < 300; ++i) {
        PortableRandom random = stream(4, static_cast<std::uint64_t>(i));
        const DitBatch batch = data->random_batch(options.phases[0], random);
        REQUIRE(batch.clips.size(0) == 3);
        CHECK(batch.emphasis.size(3) == batch.clips.size(4));
        ++widths[batch.clips.size(4)];
    }
    CHECK(widths[20] == Approx(200).margin(35));
    CHECK(widths[24] == Approx(100).margin(35));
    CHECK(data->validation_batch(options.phases[0], 0, 16).clips.size(4) == 20);
}

TEST_CASE("Latents of another trainer are refused with what to do")
{
    const Folder folder;
    invent(folder.path, {}, 164, 1.0F);
    REQUIRE(inference::save_safetensors(folder.path / "latents-5-256x256-00000.safetensors",
                                        {{"latents", at::zeros({2, 2, 2, 16, 16})},
                                         {"tokens", at::zeros({2, 3, k_caption_tokens}, at::kInt)},
                                         {"emphasis", at::zeros({2, 2, 16, 16}, at::kByte)},
                                         {"attributes", at::zeros({2, 5}, at::kByte)}}));
    const auto data = DitData::load(short_clips(folder.path), std::vector<std::int32_t>(k_caption_tokens, 0));
    REQUIRE_FALSE(data);
    CHECK(data.error().kind == core::ErrorKind::unsupported);
    CHECK(data.error().message.find("make them anew") != std::string::npos);
}

TEST_CASE("Clips for the autoencoder are cut from pictures of all shapes")
{
    PortableRandom random(6);
    CHECK(random_clips(random, 3, 1, 96).sizes() == at::IntArrayRef({3, 3, 1, 96, 96}));
    std::map<std::int64_t, int> widths;
    for (int i = 0; i < 12; ++i)
        ++widths[random_clips(random, 2, 1, 0).size(4)];
    CHECK(widths.size() > 1);
}
