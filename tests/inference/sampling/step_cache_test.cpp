#include "inference/sampling/step_cache.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/ones.h>

#include <catch2/catch.hpp>

namespace kinora::inference {
namespace {

/// Runs `steps` steps whose latents move evenly; `prediction(index)` is what the model says. Gives how often it was asked.
int computed_steps(StepCache& cache, int steps, const std::function<double(int)>& prediction)
{
    int computed = 0;
    for (int index = 0; index < steps; ++index) {
        const auto latents = at::full({1, 1, 1, 2, 2}, 0.1 * index);
        static_cast<void>(cache.predict(index, latents, [&] {
            ++computed;
            return at::full({1, 1, 1, 2, 2}, prediction(index));
        }));
    }
    return computed;
}

}  // namespace

TEST_CASE("a step cache leaves out steps whose prediction hardly changes, more of them when it is eager, and none when off")
{
    const auto slow = [](int index) { return 1.0 + 0.02 * index; };
    StepCache off(StepReuse::off, 20);
    CHECK(computed_steps(off, 20, slow) == 20);
    CHECK(off.reused() == 0);
    StepCache balanced(StepReuse::balanced, 20);
    const int some = computed_steps(balanced, 20, slow);
    StepCache fast(StepReuse::fast, 20);
    const int few = computed_steps(fast, 20, slow);
    CHECK(some < 20);
    CHECK(few < some);
    CHECK(fast.reused() == 20 - few);
}

TEST_CASE("a step cache computes every step of a prediction that changes quickly, and the first and last of any")
{
    StepCache cache(StepReuse::balanced, 20);
    CHECK(computed_steps(cache, 20, [](int index) { return index % 2 == 0 ? 1.0 : 2.0; }) == 20);
    StepCache still(StepReuse::fast, 20);
    CHECK(computed_steps(still, 20, [](int) { return 1.0; }) == 4);
}

TEST_CASE("a step that is left out gives what the last two computed steps foretell")
{
    StepCache cache(StepReuse::fast, 20);
    for (int index = 0; index < 20; ++index) {
        INFO("step " << index);
        const auto latents = at::full({1, 1, 1, 2, 2}, 0.1 * index);
        const double exact = 1.0 + 0.04 * index;
        const auto flow = cache.predict(index, latents, [&] { return at::full({1, 1, 1, 2, 2}, exact); });
        CHECK(flow.mean().item<double>() == Approx(exact).epsilon(1e-5));
    }
    CHECK(cache.reused() > 5);
}

TEST_CASE("a step cache that forgot an expert computes, and one that is restored goes on as before")
{
    StepCache cache(StepReuse::fast, 40);
    const auto slow = [](int index) { return 1.0 + 0.01 * index; };
    static_cast<void>(computed_steps(cache, 10, slow));
    StepCache copy(StepReuse::fast, 40);
    REQUIRE(copy.restore(cache.state()));
    const auto latents = at::full({1, 1, 1, 2, 2}, 1.0);
    const auto one = [] { return at::ones({1, 1, 1, 2, 2}); };
    CHECK(at::equal(cache.predict(10, latents, one), copy.predict(10, latents, one)));
    cache.forget();
    bool computed = false;
    static_cast<void>(cache.predict(11, latents, [&] {
        computed = true;
        return one();
    }));
    CHECK(computed);
    StepCacheState damaged = copy.state();
    damaged.tensors.pop_back();
    CHECK_FALSE(copy.restore(damaged));
    CHECK_FALSE(step_reuse("sometimes"));
}

}  // namespace kinora::inference
