#include "core/generation/enhance.h"

#include <catch2/catch.hpp>
#include <string>

using namespace kinora::core;

namespace {

EnhanceRequest wanted(const char* upscale, const char* interpolate = nullptr)
{
    EnhanceRequest request;
    if (upscale != nullptr) request.upscale = *parse_upscale(upscale);
    if (interpolate != nullptr) request.interpolate = *parse_interpolate(interpolate);
    return request;
}

ClipShape shape_of(const EnhanceRequest& request, const ClipShape& clip)
{
    const auto plan = plan_enhance(request, clip);
    REQUIRE(plan);
    return plan->shape;
}

}  // namespace

TEST_CASE("Sizes to enlarge to are read in all the ways people write them")
{
    CHECK(parse_upscale("2x")->factor == 2);
    CHECK(parse_upscale("x4")->factor == 4);
    CHECK(parse_upscale("×3")->factor == 3);
    CHECK(parse_upscale("1.5x")->factor == 1.5);
    CHECK(*parse_upscale("1080p") == UpscaleTarget{0, 0, 1080});
    CHECK(*parse_upscale("4K") == UpscaleTarget{0, 0, 2160});
    CHECK(*parse_upscale("1920x1080") == UpscaleTarget{0, 1920, 1080});
    for (const std::string wrong :
         {"", "x", "large", "0x", "-2x", "17x", "0.5x", "1080", "8x8", "20000x10", "nanx", "1e99x"}) {
        INFO(wrong);
        const auto parsed = parse_upscale(wrong);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().kind == ErrorKind::invalid_argument);
        CHECK(parsed.error().message.find("1080p") != std::string::npos);
    }
}

TEST_CASE("Rates to interpolate to are factors or the rates of films")
{
    CHECK(parse_interpolate("3x")->factor == 3);
    CHECK(parse_interpolate("24")->rate == FrameRate{24});
    CHECK(parse_interpolate("23.976")->rate == FrameRate{24000, 1001});
    CHECK(parse_interpolate("30000/1001")->rate == FrameRate{30000, 1001});
    for (const std::string wrong : {"", "1x", "17x", "1.5x", "fast", "-24", "0"}) {
        INFO(wrong);
        CHECK_FALSE(parse_interpolate(wrong));
    }
}

TEST_CASE("A named height is the 16:9 picture for clips of nearly that shape, and keeps other shapes")
{
    const ClipShape starter{320, 192, 33, FrameRate{12}};
    const auto plan = plan_enhance(wanted("1080p"), starter);
    REQUIRE(plan);
    CHECK(plan->shape.width == 1920);
    CHECK(plan->shape.height == 1080);
    CHECK(plan->cut.width == 320);
    CHECK(plan->cut.height == 180);
    CHECK(plan->cut.top == 6);
    CHECK(shape_of(wanted("4k"), {1280, 720, 1, FrameRate{24}}).width == 3840);
    const ClipShape upright = shape_of(wanted("1080p"), {480, 832, 1, FrameRate{16}});
    CHECK(upright.width == 1080);
    CHECK(upright.height == 1920);
    const ClipShape square = shape_of(wanted("1080p"), {512, 512, 1, FrameRate{16}});
    CHECK(square.width == 1080);
    CHECK(square.height == 1080);
    const ClipShape factor = shape_of(wanted("4x"), starter);
    CHECK(factor.width == 1280);
    CHECK(factor.height == 768);
}

TEST_CASE("Interpolating keeps the length in time")
{
    const ClipShape starter{320, 192, 33, FrameRate{12}};
    CHECK(shape_of(wanted(nullptr, "24"), starter).frames == 66);
    CHECK(shape_of(wanted(nullptr, "2x"), starter).rate == FrameRate{24});
    CHECK(shape_of(wanted(nullptr, "25"), starter).frames == 69);
    CHECK(shape_of(wanted(nullptr, "23.976"), starter).frames == 66);
    CHECK(shape_of(wanted(nullptr, "6"), starter).frames == 17);
}

TEST_CASE("Frames of the target lie where time says, and the last frame is held")
{
    const FrameRate from{12};
    const FrameRate to{25};
    for (std::int64_t n = 0; n < 70; ++n) {
        const PlaceBetween place = place_of_frame(n, from, to, 33);
        const double wanted_place = std::min(32.0, static_cast<double>(n) * 12.0 / 25.0);
        CHECK(static_cast<double>(place.frame) + place.phase == Approx(wanted_place));
        CHECK(place.phase >= 0);
        CHECK(place.phase < 1);
    }
    CHECK(place_of_frame(1000000, from, to, 33).frame == 32);
    CHECK(place_of_frame(25, FrameRate{24000, 1001}, FrameRate{24}, 100).phase == Approx(24.975024975 - 24));
}

TEST_CASE("Nothing to do, nothing to show and sizes beyond all bounds are refused")
{
    const ClipShape clip{320, 192, 33, FrameRate{12}};
    CHECK_FALSE(plan_enhance({}, clip));
    CHECK_FALSE(plan_enhance(wanted("2x"), {320, 192, 0, FrameRate{12}}));
    CHECK_FALSE(plan_enhance(wanted("16x"), {4096, 2160, 1, FrameRate{24}}));
    CHECK_FALSE(plan_enhance(wanted(nullptr, "16x"), {320, 192, 10, FrameRate{120}}));
}
