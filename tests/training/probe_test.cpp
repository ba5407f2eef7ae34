#include "inference/training/probe.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/full.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "core/base/ids.h"
#include "inference/training/drawn_views.h"
#include "inference/training/probe_training.h"
#include "inference/training/scene_batch.h"

using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};

// A clip of soft noise that goes `x` and `y` pixels to the right and down in every frame.
at::Tensor moving_clip(int frames, int x, int y)
{
    constexpr std::int64_t k_height = 96, k_width = 160, k_margin = 96;
    const at::Tensor coarse = normal_noise({1, 3, (k_height + 2 * k_margin) / 16, (k_width + 2 * k_margin) / 16}, 4);
    const at::Tensor large = at::upsample_bilinear2d(coarse, {k_height + 2 * k_margin, k_width + 2 * k_margin}, false)[0];
    at::Tensor clip = at::zeros({3, frames, k_height, k_width}, at::kFloat);
    for (int frame = 0; frame < frames; ++frame)
        clip.select(1, frame).copy_(
            large.narrow(1, k_margin - frame * y, k_height).narrow(2, k_margin - frame * x, k_width).clamp(-1, 1));
    return clip;
}

// The number of the shift that most of the picture's inner part has made.
std::int64_t commonest_shift(const at::Tensor& clip)
{
    const at::Tensor motion = motion_of(look_at(clip));
    return at::argmax(motion.narrow(2, 3, 6).narrow(3, 4, 12).mean({0, 2, 3})).item<std::int64_t>();
}

ViewBatch some_clips(const DrawnViews& drawn)
{
    PortableRandom random(9);
    return drawn.random_batch(random, 6);
}

}  // namespace

TEST_CASE("A probe's looks are spread over a clip, each with the moment after")
{
    CHECK(probe_frames(33) == std::vector<int>{0, 4, 9, 13, 19, 23, 28, 32});
    CHECK(probe_frames(49) == std::vector<int>{0, 4, 15, 19, 29, 33, 44, 48});
    CHECK(probe_frames(5) == std::vector<int>{0, 4, 0, 4, 0, 4, 0, 4});
    CHECK(probe_frames(1) == std::vector<int>(8, 0));
}

TEST_CASE("What moved in a clip is told by way and direction")
{
    at::set_num_threads(1);
    const auto still = commonest_shift(moving_clip(9, 0, 0));
    CHECK(still == 0);
    std::set<std::int64_t> seen{still};
    // A quarter of these, times the four frames between: one to four quarter pixels.
    for (const auto& [x, y] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {3, 0}, {-3, 0}, {0, 4}, {0, -4}}) {
        INFO(x << ", " << y);
        CHECK(seen.insert(commonest_shift(moving_clip(9, x, y))).second);
    }
    // Where nothing can be told apart every shift is as good.
    const at::Tensor grey = motion_of(look_at(at::full({3, 9, 96, 160}, 0.2)));
    CHECK((grey - 1).abs().max().item<double>() < 1e-3);
    CHECK(grey.sizes() == at::IntArrayRef({k_probe_looks, k_probe_shifts, 12, 20}));
}

TEST_CASE("Drawn views hold what is drawn, whatever the number of threads, and come in all shapes")
{
    at::set_num_threads(1);
    const DrawnViewsOptions options{World::grown, 24, 33, 3};
    const auto one = DrawnViews::draw(options, {});
    at::set_num_threads(2);
    const auto two = DrawnViews::draw(options, {});
    at::set_num_threads(1);
    REQUIRE(one);
    REQUIRE(two);
    std::set<std::pair<std::int64_t, std::int64_t>> shapes;
    std::vector<ViewBatch> batches;
    one->for_each_batch(5, [&](const ViewBatch& batch) {
        shapes.emplace(batch.view.near.size(3), batch.view.near.size(4));
        batches.push_back(batch);
    });
    CHECK(shapes.size() == 4);
    std::size_t at = 0;
    std::int64_t clips = 0;
    two->for_each_batch(5, [&](const ViewBatch& batch) {
        CHECK(at::equal(batch.view.near, batches.at(at).view.near));
        CHECK(at::equal(batch.view.far, batches.at(at).view.far));
        CHECK(at::equal(batch.wanted, batches.at(at++).wanted));
        clips += batch.wanted.size(0);
    });
    CHECK(clips == 24);
    std::stop_source stopped;
    stopped.request_stop();
    const auto none = DrawnViews::draw(options, stopped.get_token());
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == kinora::core::ErrorKind::cancelled);
}

TEST_CASE("A probe that is written and read answers the same")
{
    at::set_num_threads(1);
    const auto folder = std::filesystem::temp_directory_path() / ("kinora-probe-" + kinora::core::make_id());
    const auto file = folder / "new" / "probe.safetensors";
    ProbeTrainingOptions options;
    options.file = file;
    options.clips = 24;
    options.unseen = 8;
    options.steps = 3;
    options.batch = 4;
    REQUIRE(train_probe(options, k_silent, {}));
    const auto probe = Probe::load(file);
    REQUIRE(probe);
    const auto drawn = DrawnViews::draw({World::grown, 12, 33, 1}, {});
    REQUIRE(drawn);
    const ViewBatch batch = some_clips(*drawn);
    const at::Tensor answers = probe->classify(batch.view);
    CHECK(answers.sizes() == at::IntArrayRef({6, static_cast<std::int64_t>(k_probed.size())}));
    CHECK(probe->features(batch.view).sizes() == at::IntArrayRef({6, 256}));
    // Every clip is answered for by itself: what else is in the batch doesn't matter.
    const at::Tensor alone = probe->features({batch.view.near.narrow(0, 2, 1), batch.view.far.narrow(0, 2, 1)});
    CHECK((alone - probe->features(batch.view).narrow(0, 2, 1)).abs().max().item<double>() < 1e-4);
    // Where no folder can be made it says so before it draws anything.
    options.file = file / "probe.safetensors";
    options.clips = options.steps = 1'000'000;
    const auto refused = train_probe(options, k_silent, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find(file.string()) != std::string::npos);
    std::filesystem::remove_all(folder);
    CHECK_FALSE(Probe::load(file));
}
