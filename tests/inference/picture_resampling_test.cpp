#include "inference/models/picture_resampling.h"

#include <catch2/catch.hpp>
#include <vector>

namespace kinora::inference {
namespace {

using Bytes = std::vector<unsigned char>;

/// 6×4 pixels without symmetry.
core::Picture8 pattern()
{
    core::Picture8 picture{.height = 4, .width = 6, .rgb = {}};
    for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 6; ++x)
            for (const int value : {(x * 37 + y * 11) % 256, (x * x * 29 + y * 83) % 256, (x + y) % 2 != 0 ? 255 : 0})
                picture.rgb.push_back(static_cast<unsigned char>(value));
    return picture;
}

}  // namespace

// The bytes below are those of Pillow 13.0.0.
TEST_CASE("pictures are scaled as Pillow scales them, bit for bit")
{
    CHECK((resample(pattern(), 7, 3, ResamplingFilter::lanczos).rgb ==
           Bytes{1,  14,  87,  29, 18,  157, 65, 141, 111, 95,  83,  128, 124, 43,  144, 160, 176, 98,  188, 162, 168,
                 16, 122, 128, 44, 166, 128, 80, 132, 128, 110, 122, 128, 139, 111, 128, 175, 55,  128, 203, 67,  128,
                 30, 243, 168, 58, 111, 98,  94, 32,  144, 124, 165, 128, 153, 245, 111, 189, 184, 157, 217, 198, 87}));
    CHECK((resample(pattern(), 3, 2, ResamplingFilter::bicubic).rgb ==
           Bytes{26, 77, 125, 99, 100, 128, 171, 112, 130, 47, 145, 130, 120, 138, 128, 192, 155, 125}));
}

TEST_CASE("a part of a picture is scaled as Pillow scales it, also between pixels")
{
    CHECK((resample(pattern(), {1, 0, 5, 4}, 3, 3, ResamplingFilter::lanczos).rgb ==
           Bytes{41,  76,  134, 95,  85, 128, 148, 114, 121, 56,  150, 128, 110, 123,
                 128, 163, 79,  128, 70, 69,  121, 124, 156, 128, 177, 219, 134}));
    CHECK((resample(pattern(), {0.5, 0.5, 5.5, 3.0}, 4, 2, ResamplingFilter::lanczos).rgb ==
           Bytes{23, 52,  122, 77, 153, 134, 118, 61,  121, 172, 109, 133,
                 40, 179, 136, 94, 94,  117, 135, 151, 138, 189, 92,  119}));
}

TEST_CASE("a picture of the wanted size comes back as it is")
{
    CHECK(resample(pattern(), 6, 4, ResamplingFilter::lanczos).rgb == pattern().rgb);
}

TEST_CASE("the middle of a picture has the wanted proportions")
{
    const auto wide = middle_box(pattern(), 2, 2);
    CHECK(wide.left == 1.0);
    CHECK(wide.right == 5.0);
    CHECK(wide.top == 0.0);
    CHECK(wide.bottom == 4.0);
    const auto tall = middle_box(pattern(), 12, 2);
    CHECK(tall.left == 0.0);
    CHECK(tall.right == 6.0);
    CHECK(tall.top == 1.5);
    CHECK(tall.bottom == 2.5);
}

}  // namespace kinora::inference
