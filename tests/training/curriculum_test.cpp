#include "inference/training/curriculum.h"

#include <catch2/catch.hpp>
#include <map>

using namespace kinora::training;

namespace {

const std::vector<DitPhase> k_phases{{.steps = 400, .clip_frames = 5, .latent_frames = 2, .batch = 32},
                                     {.steps = 100, .clip_frames = 17, .latent_frames = 5, .batch = 16},
                                     {.steps = 500, .clip_frames = 33, .latent_frames = 9, .batch = 8}};

/// How many of the steps from `first` on have clips of each length.
std::map<int, int> steps_of(std::int64_t first, std::int64_t end, bool from_nothing)
{
    PortableRandom random(3);
    std::map<int, int> steps;
    for (std::int64_t place = first; place < end; ++place)
        ++steps[next_phase(k_phases, place, from_nothing, random).clip_frames];
    return steps;
}

}  // namespace

TEST_CASE("A model that begins from nothing sees short clips at first, then all lengths in their shares")
{
    CHECK(steps_of(0, 200, true) == std::map<int, int>{{5, 200}});
    const auto rest = steps_of(200, 8200, true);
    CHECK(rest.at(5) / 8000.0 == Approx(0.25).margin(0.02));
    CHECK(rest.at(17) / 8000.0 == Approx(0.125).margin(0.02));
    CHECK(rest.at(33) / 8000.0 == Approx(0.625).margin(0.02));
}

TEST_CASE("A model that goes on sees all lengths from the first step")
{
    const auto steps = steps_of(0, 8000, false);
    CHECK(steps.at(5) / 8000.0 == Approx(0.4).margin(0.02));
    CHECK(steps.at(33) / 8000.0 == Approx(0.5).margin(0.02));
    // One phase is all there is.
    PortableRandom random(1);
    const std::vector<DitPhase> one{{.steps = 1, .clip_frames = 5}};
    CHECK(next_phase(one, 0, true, random).clip_frames == 5);
    CHECK(next_phase(one, 5, false, random).clip_frames == 5);
}
