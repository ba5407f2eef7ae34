#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/equal.h>

#include <catch2/catch.hpp>
#include <opencv2/core/utility.hpp>

#include "core/base/paths.h"
#include "inference/enhance/cuts.h"
#include "inference/enhance/enhance_models.h"
#include "inference/training/enhance/degrade.h"
#include "inference/training/enhance/enhance_quality.h"
#include "inference/training/enhance/enhance_trainer.h"
#include "inference/training/enhance/enhance_training.h"
#include "inference/training/scene_batch.h"
#include "inference/weights/safetensors.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};

/// dB over Lanczos that the committed upscalers reach at least.
constexpr double k_upscaler_gain = 2.0;

void one_thread()
{
    at::set_num_threads(1);
    cv::setNumThreads(1);
}

EnhanceTrainingOptions short_run(const std::filesystem::path& folder, int steps)
{
    EnhanceTrainingOptions options;
    options.folder = folder;
    options.schedule = {.steps = steps, .decay_share = 0};
    options.batch = 2;
    options.side = 32;
    return options;
}

std::filesystem::path own(const char* name)
{
    const auto resources = core::resources_dir();
    REQUIRE(resources);
    return *resources / "models" / "enhance" / name;
}

bool same_weights(const std::filesystem::path& a, const std::filesystem::path& b)
{
    const auto first = inference::load_safetensors(a);
    const auto second = inference::load_safetensors(b);
    REQUIRE(first);
    REQUIRE(second);
    for (const auto& [name, tensor] : first->tensors())
        if (!at::equal(tensor, second->tensors().at(name))) return false;
    return true;
}

std::vector<float> as_frame(const DrawnClip& clip, int index)
{
    std::vector<float> frame(clip.frame_size());
    for (std::size_t i = 0; i < frame.size(); ++i)
        frame[i] = static_cast<float>(clip.frame(index)[i]) / 255.0F;
    return frame;
}

}  // namespace

TEST_CASE("Training of upscalers and interpolator stopped in the middle goes on to the same bits")
{
    one_thread();
    const tests::ScratchFolder whole;
    const tests::ScratchFolder halves;
    for (const int steps : {2, 4}) {
        REQUIRE(train_upscalers(short_run(halves.path(), steps), k_silent, {}));
        REQUIRE(train_interpolator(short_run(halves.path(), steps), k_silent, {}));
    }
    REQUIRE(train_upscalers(short_run(whole.path(), 4), k_silent, {}));
    REQUIRE(train_interpolator(short_run(whole.path(), 4), k_silent, {}));
    for (const char* name : {"upscale-x2.safetensors", "upscale-x4.safetensors", "interpolate.safetensors"})
        CHECK(same_weights(whole / name, halves / name));
    CHECK(same_weights(whole / "upscalers-state.safetensors", halves / "upscalers-state.safetensors"));
}

TEST_CASE("There is no training stage of another name, and the sentence says so")
{
    const auto wrong = train_enhance({"/tmp", "sharpener"}, k_silent, {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find("sharpener") != std::string::npos);
}

TEST_CASE("Worn pictures are smaller, and compression changes them by about its step")
{
    one_thread();
    PortableRandom random(4);
    const at::Tensor picture = to_tensor(draw(random_spec(random), 1)).select(1, 0) * 0.5 + 0.5;
    const at::Tensor small = worn(picture, 2, {.blur = 0.5F, .noise = 0.01F, .step = 0.02F}, random);
    CHECK(small.sizes() == at::IntArrayRef({3, 96, 160}));
    const double fine = (compressed(picture, 0.004F) - picture).square().mean().sqrt().item<double>();
    const double coarse = (compressed(picture, 0.04F) - picture).square().mean().sqrt().item<double>();
    CHECK(fine < coarse);
    CHECK(coarse < 0.06);
}

TEST_CASE("Kinora's own upscalers beat Lanczos on drawn clips that they never saw")
{
    one_thread();
    for (const char* name : {"upscale-x2.safetensors", "upscale-x4.safetensors"}) {
        for (const auto pictures : {TestPictures::clean, TestPictures::worn}) {
            const auto quality = measure_upscaler(own(name), pictures, 2, {});
            REQUIRE(quality);
            WARN(name << (pictures == TestPictures::clean ? ", clean: " : ", worn: ") << quality->mean_ours
                      << " dB, Lanczos " << quality->mean_plain << " dB");
            CHECK(quality->mean_ours > quality->mean_plain + k_upscaler_gain);
        }
    }
}

TEST_CASE("Kinora's own interpolator beats blending by more than four decibels on drawn clips that it never saw")
{
    one_thread();
    const auto quality = measure_interpolator(own("interpolate.safetensors"), 1, {});
    REQUIRE(quality);
    WARN("interpolator: " << quality->mean_ours << " dB, blending " << quality->mean_plain << " dB");
    CHECK(quality->mean_ours > quality->mean_plain + 4.0);
}

TEST_CASE("Noise in a still picture shimmers little more when it is enlarged than Lanczos makes it")
{
    one_thread();
    const auto shimmer = measure_shimmer(own("upscale-x4.safetensors"), 1, {});
    REQUIRE(shimmer);
    WARN("change of still pixels from frame to frame: " << shimmer->ours << ", Lanczos " << shimmer->plain);
    CHECK(shimmer->ours <= shimmer->plain * 1.15);
}

TEST_CASE("Cuts between drawn scenes are found, and neither motion nor weather is taken for one")
{
    one_thread();
    int cuts = 0;
    int found = 0;
    int steps = 0;
    int mistaken = 0;
    inference::FrameGist before;
    for (std::uint64_t seed = 0; seed < 24; ++seed) {
        PortableRandom random = stream(0xc075, seed);
        const DrawnClip clip = draw(random_spec(random, k_places[seed % k_places.size()]), 5);
        for (int i = 0; i < clip.frames; i += 2) {  // every second frame: fast motion
            inference::FrameGist gist(as_frame(clip, i), clip.width, clip.height);
            const bool cut = inference::FrameGist::cut_between(before, gist);
            if (i == 0 && !before.empty()) {
                ++cuts;
                found += cut ? 1 : 0;
            } else if (i > 0) {
                ++steps;
                mistaken += cut ? 1 : 0;
            }
            before = std::move(gist);
        }
    }
    INFO(found << " of " << cuts << " cuts, " << mistaken << " of " << steps << " steps");
    CHECK(found >= cuts - 1);
    CHECK(mistaken == 0);
}
