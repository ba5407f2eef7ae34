#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/linalg_svdvals.h>
#include <ATen/ops/matmul.h>
#include <c10/core/GradMode.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "core/base/ids.h"
#include "inference/training/ema.h"
#include "inference/training/muon_adam.h"
#include "inference/training/orthogonalise.h"
#include "inference/training/scene_batch.h"
#include "inference/training/schedule.h"
#include "inference/training/training_state.h"

using namespace kinora::training;

namespace {

/// A matrix and a vector that should become those of `goal`.
struct Toy {
    at::Tensor matrix = normal_noise({12, 20}, 1);
    at::Tensor vector = normal_noise({20}, 2);
    at::Tensor goal_matrix = normal_noise({12, 20}, 3);
    at::Tensor goal_vector = normal_noise({20}, 4);
    std::vector<NamedParameter> all{{"matrix", matrix}, {"vector", vector}};
    MuonAdam optimiser{{all[0]}, {all[1]}, {.muon_rate = 0.1, .adam_rate = 0.05}};
    Ema ema{all, 0.9};

    Toy() { require_gradients(all, true); }

    double step()
    {
        const at::Tensor loss = (matrix - goal_matrix).square().mean() + (vector - goal_vector).square().mean();
        optimiser.zero_gradients();
        loss.backward();
        optimiser.step(1.0);
        ema.update(all, optimiser.steps());
        return loss.item<double>();
    }
};

}  // namespace

TEST_CASE("Orthogonalising brings all singular values near one, for wide and tall matrices")
{
    for (const auto& shape : {std::vector<std::int64_t>{24, 64}, std::vector<std::int64_t>{64, 24}}) {
        const at::Tensor values = at::linalg_svdvals(orthogonalised(normal_noise(shape, 7)).to(at::kFloat));
        CHECK(values.min().item<double>() > 0.5);
        CHECK(values.max().item<double>() < 1.4);
    }
}

TEST_CASE("Orthogonalising in tiles comes as near to the exact iteration as rounding lets it, for wide and tall matrices")
{
    at::set_num_threads(1);
    for (const auto& shape : {std::vector<std::int64_t>{32, 64}, {96, 160}, {160, 96}, {256, 256}, {64, 320}}) {
        const at::Tensor matrix = normal_noise(shape, 8);
        if (!has_orthogonalise_tiles(matrix)) {
            WARN("this processor has no AVX-512 BF16: matrices are orthogonalised with libtorch's products");
            return;
        }
        const bool tall = shape[0] > shape[1];
        at::Tensor x = tall ? matrix.to(at::kDouble).t() : matrix.to(at::kDouble);
        x = x / x.norm();
        for (int i = 0; i < NewtonSchulz::steps; ++i) {
            const at::Tensor gram = at::matmul(x, x.t());
            const at::Tensor polynomial = gram * NewtonSchulz::b + at::matmul(gram, gram) * NewtonSchulz::c;
            x = x * NewtonSchulz::a + at::matmul(polynomial, x);
        }
        const at::Tensor expected = tall ? x.t() : x;
        const at::Tensor actual = orthogonalise_tiles(matrix);
        REQUIRE(actual.sizes() == expected.sizes());
        CHECK(((actual - expected).norm() / expected.norm()).item<double>() < 0.04);
    }
    CHECK_FALSE(has_orthogonalise_tiles(normal_noise({24, 64}, 1)));
    CHECK_FALSE(has_orthogonalise_tiles(normal_noise({32, 64}, 1).to(at::kDouble)));
    CHECK(orthogonalised(at::full({32, 32}, 0.0)).abs().max().item<double>() == 0.0);
}

TEST_CASE("The optimiser brings matrices and vectors towards their goal")
{
    Toy toy;
    const double before = toy.step();
    double after = before;
    for (int i = 0; i < 150; ++i)
        after = toy.step();
    CHECK(after < before * 0.2);
}

TEST_CASE("Gradients are scaled down to the largest norm allowed, and left alone below it")
{
    Toy toy;
    (toy.matrix.sum() * 100.0).backward();
    const double norm = toy.optimiser.clip_gradients(1.0);
    CHECK(norm == Approx(100.0 * std::sqrt(240.0)).epsilon(1e-4));
    CHECK(toy.matrix.grad().norm().item<double>() == Approx(1.0).epsilon(1e-3));
    CHECK(toy.optimiser.clip_gradients(5.0) == Approx(1.0).epsilon(1e-3));
    CHECK(toy.matrix.grad().norm().item<double>() == Approx(1.0).epsilon(1e-3));
}

TEST_CASE("A run continued from its checkpoint comes to the same bits")
{
    const auto file = std::filesystem::temp_directory_path() / ("kinora-state-" + kinora::core::make_id() + ".safetensors");
    Toy whole;
    for (int i = 0; i < 6; ++i)
        (void)whole.step();
    Toy first;
    for (int i = 0; i < 3; ++i)
        (void)first.step();
    REQUIRE(save_state(file, {first.all, first.ema, first.optimiser}));
    Toy second;
    TrainingState state{second.all, second.ema, second.optimiser};
    REQUIRE(load_state(file, state));
    for (int i = 0; i < 3; ++i)
        (void)second.step();
    CHECK(second.optimiser.steps() == 6);
    CHECK(at::equal(second.matrix.detach(), whole.matrix.detach()));
    CHECK(at::equal(second.vector.detach(), whole.vector.detach()));
    CHECK(at::equal(second.ema.averages()[0].tensor, whole.ema.averages()[0].tensor));
    std::filesystem::remove(file);
}

TEST_CASE("Another model's checkpoint is refused by the tensor's name")
{
    const auto file = std::filesystem::temp_directory_path() / ("kinora-state-" + kinora::core::make_id() + ".safetensors");
    Toy toy;
    REQUIRE(save_state(file, {toy.all, toy.ema, toy.optimiser}));
    std::vector<NamedParameter> others{{"matrix", at::full({3, 3}, 1.0)}};
    MuonAdam optimiser({others[0]}, {}, {});
    Ema ema(others, 0.9);
    TrainingState state{others, ema, optimiser};
    const auto loaded = load_state(file, state);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == kinora::core::ErrorKind::corrupt);
    CHECK(loaded.error().message.find("matrix") != std::string::npos);
    std::filesystem::remove(file);
}

TEST_CASE("Averages stand in for the parameters while they are swapped, and only then")
{
    Toy toy;
    for (int i = 0; i < 5; ++i)
        (void)toy.step();
    const at::Tensor trained = toy.matrix.detach().clone();
    {
        const SwappedWithEma swapped(toy.all, toy.ema);
        CHECK(at::equal(toy.matrix.detach(), toy.ema.averages()[0].tensor));
    }
    CHECK(at::equal(toy.matrix.detach(), trained));
}

TEST_CASE("The learning rate warms up, stays, and falls to its floor")
{
    const Schedule schedule{.steps = 1000, .warm_up = 50, .decay_share = 0.3, .floor = 0.02};
    CHECK(schedule.factor(0) == Approx(0.02));
    CHECK(schedule.factor(49) == Approx(1.0));
    CHECK(schedule.factor(699) == Approx(1.0));
    CHECK(schedule.factor(850) == Approx(0.51).epsilon(0.01));
    CHECK(schedule.factor(1000) == Approx(0.02));
}
