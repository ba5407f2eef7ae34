#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <opencv2/core/utility.hpp>

#include "inference/training/scenes/landscape.h"
#include "inference/training/scenes/scene_drawer.h"

using namespace kinora::training;

namespace {

SceneSpec balloon_over(Place place, const PictureSize& picture)
{
    SceneSpec spec;
    spec.place = place;
    spec.subject = Subject::balloon;
    spec.picture = picture;
    spec.seed = 7;
    return spec;
}

/// Colours of a row's middle, summed.
int brightness(const DrawnClip& clip, int frame, int x, int y)
{
    const std::uint8_t* pixel = clip.frame(frame) + (static_cast<std::size_t>(y) * clip.width + x) * 3;
    return pixel[0] + pixel[1] + pixel[2];
}

}  // namespace

TEST_CASE("Pictures of all shapes have about the native number of pixels, in cells of 32")
{
    for (const PictureSize& size : k_picture_sizes) {
        INFO(name(size));
        CHECK(size.width % 32 == 0);
        CHECK(size.height % 32 == 0);
        CHECK(size.width * size.height == Approx(320.0 * 192.0).epsilon(0.08));
    }
    CHECK(name(k_picture_sizes.front()) == "320x192");
    CHECK(name(PictureSize{64, 64}) == "other");
}

TEST_CASE("Every place is drawn whole in every shape, at every style and camera")
{
    cv::setNumThreads(1);
    PortableRandom random(21);
    for (const PictureSize& size : k_picture_sizes) {
        for (const Place place : k_places) {
            SceneSpec spec = random_spec(random, place, World::grown);
            spec.picture = size;
            const DrawnClip clip = draw(spec, 9);
            INFO(name(size) << " " << name(place) << " " << name(spec.style) << " " << name(spec.camera));
            REQUIRE(clip.size() == size);
            REQUIRE(clip.rgb.size() == 9 * clip.frame_size());
            CHECK(draw(spec, 9).rgb == clip.rgb);
            // No corner was left out: unpainted pixels are exactly black.
            for (const int frame : {0, 8})
                for (const int x : {0, size.width - 1})
                    for (const int y : {0, size.height - 1})
                        CHECK(brightness(clip, frame, x, y) > 0);
        }
    }
}

TEST_CASE("Figures keep their size and shape where the picture has another")
{
    const Box native = draw(balloon_over(Place::hills, {}), 5).subject_boxes[2];
    for (const PictureSize& size : k_picture_sizes) {
        const Box box = draw(balloon_over(Place::hills, size), 5).subject_boxes[2];
        INFO(name(size) << ": " << box.x << " " << box.y << " " << box.width << " " << box.height);
        const double aspect = static_cast<double>(box.width) / box.height;
        CHECK(aspect == Approx(static_cast<double>(native.width) / native.height).epsilon(0.06));
        // The details' random numbers fall otherwise, of them the size: 88 to 104 pixels, less where there is no room.
        const double least = size.roomy() * 88 / 104;
        CHECK(box.height <= native.height * 104 / 88 + 1);
        CHECK(box.height >= native.height * least - 1);
    }
}

TEST_CASE("Figures that stand still are seen whole in every shape, groups and pairs too")
{
    PortableRandom random(22);
    int seen = 0;
    for (int i = 0; i < 160; ++i) {
        SceneSpec spec = random_spec(random, World::grown);
        if (spec.subject == Subject::none) continue;
        spec.picture = k_picture_sizes[static_cast<std::size_t>(i) % k_picture_sizes.size()];
        spec.direction = Direction::still;
        spec.camera = spec.second_camera = Camera::still;
        spec.weather = Weather::clear;
        spec.later = TimeOfDay::none;
        const DrawnClip clip = draw(spec, 1);
        const Box& box = clip.subject_boxes[0];
        INFO(name(spec.picture) << " " << name(spec.place) << " " << name(spec.subject) << " x" << spec.count << " with "
                                << name(spec.other));
        CHECK(box.x >= 0);
        CHECK(box.y >= 0);
        CHECK(box.x + box.width <= spec.picture.width);
        CHECK(box.y + box.height <= spec.picture.height);
        CHECK_FALSE(box.empty());
        // Nothing of it is cut off at the sides.
        CHECK((box.x > 0 && box.x + box.width < spec.picture.width));
        ++seen;
    }
    CHECK(seen > 100);
}

TEST_CASE("The horizon lies at the same share of the height")
{
    for (const PictureSize& size : k_picture_sizes) {
        for (const Place place : k_places) {
            PortableRandom here(5), there(5);
            const float share = random_horizon(place, size, here) / static_cast<float>(size.height);
            CHECK(share == Approx(random_horizon(place, {}, there) / 192.0F));
        }
    }
}

TEST_CASE("Half of the clips are native, the rest of all other shapes")
{
    PortableRandom random(23);
    std::array<int, k_picture_sizes.size()> counts{};
    for (int i = 0; i < 1200; ++i) {
        const PictureSize size = random_picture_size(random);
        ++counts[static_cast<std::size_t>(std::find(k_picture_sizes.begin(), k_picture_sizes.end(), size) -
                                          k_picture_sizes.begin())];
    }
    CHECK(counts[0] == Approx(600).margin(80));
    for (std::size_t i = 1; i < counts.size(); ++i)
        CHECK(counts[i] == Approx(200).margin(60));
}
