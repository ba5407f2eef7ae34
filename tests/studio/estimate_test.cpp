#include <catch2/catch.hpp>
#include <vector>

#include "app/studio/engine.h"

using namespace kinora;

TEST_CASE("what a clip is said to take doesn't grow with what the studio holds")
{
    const auto engine = studio::make_engine();
    core::GenerationRequest request;
    request.prompt_text = "a boat";
    request.prompt = {{.text = "a boat"}};
    request.model_id = "starter";
    const auto before = engine.planner->estimate(request);
    REQUIRE(before);
    CHECK(before->peak_bytes > 50'000'000);
    const std::vector<char> pictures(800'000'000, 1);
    const auto after = engine.planner->estimate(request);
    REQUIRE(after);
    CHECK(pictures.back() == 1);
    CHECK(static_cast<double>(after->peak_bytes) == Approx(static_cast<double>(before->peak_bytes)).epsilon(0.1));
}
