#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "inference/training/flow_loss.h"
#include "inference/training/scene_batch.h"
#include "inference/training/vae_loss.h"

using namespace kinora::training;

TEST_CASE("Given frames stay clean, have time zero and don't count")
{
    const at::Tensor clips = normal_noise({2, 4, 3, 6, 10}, 1);
    const at::Tensor noise = normal_noise({2, 4, 3, 6, 10}, 2);
    at::Tensor given = at::zeros({2, 3}, at::kBool);
    given[0][0] = true;
    const auto batch = make_flow_batch(clips, noise, at::full({2}, 0.75), given, at::zeros({2, 3, 6, 10}));
    CHECK(at::allclose(batch.noisy.select(0, 0).select(1, 0), clips.select(0, 0).select(1, 0)));
    CHECK(batch.timesteps[0][0].item<float>() == 0.0F);
    CHECK(batch.timesteps[0][1].item<float>() == Approx(750.0F));
    CHECK(at::allclose(batch.noisy[1], clips[1] * 0.25 + noise[1] * 0.75));
    CHECK(batch.weights.select(0, 0).select(1, 0).abs().sum().item<double>() == 0.0);
}

TEST_CASE("The loss is zero for the right flow and counts the subject's cells more")
{
    const at::Tensor clips = normal_noise({1, 4, 2, 6, 10}, 1);
    const at::Tensor noise = normal_noise({1, 4, 2, 6, 10}, 2);
    at::Tensor emphasis = at::zeros({1, 2, 6, 10});
    emphasis[0][0][2][3] = 3.0;
    const auto batch = make_flow_batch(clips, noise, at::full({1}, 0.5), at::zeros({1, 2}, at::kBool), emphasis);
    CHECK(flow_loss(batch.target, batch).item<double>() == 0.0);
    at::Tensor at_subject = batch.target.clone();
    at_subject.select(0, 0).select(1, 0).select(1, 2).select(1, 3).add_(1.0);
    at::Tensor at_backdrop = batch.target.clone();
    at_backdrop.select(0, 0).select(1, 0).select(1, 4).select(1, 3).add_(1.0);
    CHECK(flow_loss(at_subject, batch).item<double>() == Approx(4.0 * flow_loss(at_backdrop, batch).item<double>()));
}

TEST_CASE("Noise times lie inside the range and are shifted upwards")
{
    PortableRandom random(3);
    const at::Tensor sigmas = random_sigmas(random, 2000, 3.0);
    CHECK(sigmas.min().item<double>() > 0.0);
    CHECK(sigmas.max().item<double>() < 1.0);
    CHECK(sigmas.mean().item<double>() > 0.65);
}

TEST_CASE("A quarter of the clips have given frames, and never all of them")
{
    PortableRandom random(4);
    const at::Tensor given = random_given_frames(random, 2000, 9);
    const double share = given.any(1).to(at::kFloat).mean().item<double>();
    CHECK(share == Approx(0.25).margin(0.04));
    CHECK_FALSE(given.all(1).any().item<bool>());
}

TEST_CASE("Frames are given wherever verbs give them")
{
    PortableRandom random(8);
    constexpr int k_frames = 9;
    const at::Tensor given = random_given_frames(random, 4000, k_frames);
    std::set<std::vector<bool>> seen;
    for (std::int64_t i = 0; i < given.size(0); ++i) {
        std::vector<bool> row;
        for (std::int64_t frame = 0; frame < k_frames; ++frame)
            row.push_back(given[i][frame].item<bool>());
        seen.insert(row);
    }
    const auto pattern = [](const std::string& text) {
        std::vector<bool> row;
        for (const char frame : text)
            row.push_back(frame == '#');
        return row;
    };
    for (const char* text : {"#........", "........#", "#.......#", "####.....", "########.", "......###", ".########",
                             "...###...", "#.#.#.#.#", ".#.#.#.#.", "#...#...#", "..#..#..#"}) {
        INFO(text);
        CHECK(seen.contains(pattern(text)));
    }
    CHECK(seen.size() > 60);
}

TEST_CASE("The autoencoder's loss is least for the same picture and grows with its error")
{
    const at::Tensor video = normal_noise({1, 3, 5, 32, 32}, 5).clamp(-1, 1);
    const at::Tensor nothing = at::zeros({1, 4, 2, 2, 2});
    const double same = vae_loss(video, video, nothing, nothing).total.item<double>();
    const double near = vae_loss(video + 0.01, video, nothing, nothing).total.item<double>();
    const double far = vae_loss(video + 0.1, video, nothing, nothing).total.item<double>();
    CHECK(same == Approx(0.0).margin(1e-6));
    CHECK(near > same);
    CHECK(far > near);
}
