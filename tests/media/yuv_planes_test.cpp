#include "core/media/yuv_planes.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using kinora::tests::Colour;

namespace {

struct Planes {
    std::vector<std::uint16_t> y, u, v;
};

Planes convert(const core::FrameSequence& clip, PixelLayout layout)
{
    PlaneTarget target{layout, clip.width + (clip.width & 1), clip.height + (clip.height & 1), {}, {}};
    const int bytes = bits_of(layout) == 8 ? 1 : 2;
    std::vector<unsigned char> memory[3];
    for (int plane = 0; plane < 3; ++plane) {
        const int width = plane == 0 ? target.width : target.width >> chroma_shift_x(layout);
        const int height = plane == 0 ? target.height : target.height >> chroma_shift_y(layout);
        memory[plane].resize(static_cast<std::size_t>(width) * height * bytes);
        target.data[plane] = memory[plane].data();
        target.stride[plane] = width * bytes;
    }
    rgb_to_planes(clip.frame(0), clip.width, clip.height, target);
    const auto samples = [&](int plane) {
        std::vector<std::uint16_t> out(memory[plane].size() / bytes);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (bytes == 1) out[i] = memory[plane][i];
            if (bytes == 2) std::memcpy(&out[i], &memory[plane][i * 2], 2);
        }
        return out;
    };
    return {samples(0), samples(1), samples(2)};
}

void check_plain(Colour colour, PixelLayout layout, int y, int u, int v)
{
    const Planes planes = convert(tests::plain_clip(colour, 16, 8, 1), layout);
    for (const int sample : planes.y)
        CHECK(sample == y);
    for (const int sample : planes.u)
        CHECK(sample == u);
    for (const int sample : planes.v)
        CHECK(sample == v);
}

}  // namespace

TEST_CASE("Primaries become BT.709's limited 10-bit code values")
{
    check_plain({1, 0, 0}, PixelLayout::yuv422_10, 250, 409, 960);
    check_plain({0, 1, 0}, PixelLayout::yuv422_10, 691, 167, 105);
    check_plain({0, 0, 1}, PixelLayout::yuv422_10, 127, 960, 471);
}

TEST_CASE("Black and white are exact in every layout, dithered or not")
{
    for (const auto layout : {PixelLayout::yuv420_8, PixelLayout::yuv422_8}) {
        check_plain({0, 0, 0}, layout, 16, 128, 128);
        check_plain({1, 1, 1}, layout, 235, 128, 128);
    }
    for (const auto layout : {PixelLayout::yuv420_10, PixelLayout::yuv422_10, PixelLayout::yuv444_10}) {
        check_plain({0, 0, 0}, layout, 64, 512, 512);
        check_plain({1, 1, 1}, layout, 940, 512, 512);
    }
}

TEST_CASE("Values out of range and NaN are clamped, never wrapped")
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    check_plain({2, 9, 7}, PixelLayout::yuv420_10, 940, 512, 512);
    check_plain({-1, nan, -5}, PixelLayout::yuv420_10, 64, 512, 512);
}

TEST_CASE("A grey between two 8-bit codes is dithered to its own mean")
{
    const float code = 100.25F;
    const float grey = (code - 16) / 219;
    const Planes planes = convert(tests::plain_clip({grey, grey, grey}, 64, 64, 1), PixelLayout::yuv420_8);
    double sum = 0;
    for (const int sample : planes.y) {
        CHECK((sample == 100 || sample == 101));
        sum += sample;
    }
    CHECK(sum / static_cast<double>(planes.y.size()) == Approx(code).margin(0.01));
}

TEST_CASE("Chroma is sited on the even columns")
{
    // One red column in grey: on an even column it weighs one half for its own sample, on an odd one a quarter for both
    // neighbours.
    for (const int column : {4, 5}) {
        core::FrameSequence clip = tests::plain_clip({0.5F, 0.5F, 0.5F}, 16, 2, 1);
        for (int y = 0; y < 2; ++y) {
            float* pixel = &clip.rgb[(static_cast<std::size_t>(y) * 16 + column) * 3];
            pixel[0] = 1;
            pixel[1] = pixel[2] = 0;
        }
        const Planes planes = convert(clip, PixelLayout::yuv422_10);
        const int full = 960 - 512;
        CHECK(planes.v[1] == 512);
        CHECK(planes.v[2] == Approx(512 + (column == 4 ? full / 2.0 : full / 4.0)).margin(1));
        CHECK(planes.v[3] == Approx(column == 4 ? 512 : 512 + full / 4.0).margin(1));
        CHECK(planes.v[4] == 512);
    }
}

TEST_CASE("Odd sizes are padded by repeating the edge in RGB")
{
    core::FrameSequence clip = tests::plain_clip({0, 0, 1}, 5, 3, 1);
    const Planes planes = convert(clip, PixelLayout::yuv420_10);
    REQUIRE(planes.y.size() == 6 * 4);
    REQUIRE(planes.u.size() == 3 * 2);
    for (const int sample : planes.y)
        CHECK(sample == 127);
    for (const int sample : planes.u)
        CHECK(sample == 960);
}
