#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <opencv2/core/utility.hpp>
#include <set>

#include "inference/training/scenes/contact_sheet.h"
#include "inference/training/scenes/scene_drawer.h"

using namespace kinora::training;

namespace {

SceneSpec hills_with(Subject subject, Direction direction, Colour colour = Colour::red)
{
    SceneSpec spec;
    spec.subject = subject;
    spec.direction = direction;
    spec.colour = colour;
    spec.speed = Speed::fast;
    spec.seed = 5;
    return spec;
}

float middle_x(const Box& box)
{
    return box.x + box.width / 2.0F;
}

float middle_y(const Box& box)
{
    return box.y + box.height / 2.0F;
}

/// Mean colour of a picture's region.
std::array<double, 3> mean_of(const DrawnClip& clip, int frame, const Box& box)
{
    std::array<double, 3> sum{};
    for (int y = box.y; y < box.y + box.height; ++y) {
        for (int x = box.x; x < box.x + box.width; ++x) {
            for (std::size_t c = 0; c < 3; ++c)
                sum[c] += clip.frame(frame)[(static_cast<std::size_t>(y) * clip.width + x) * 3 + c];
        }
    }
    for (double& value : sum)
        value /= static_cast<double>(box.width) * box.height;
    return sum;
}

}  // namespace

TEST_CASE("Chosen frames of a scene are those of the whole clip, in any order")
{
    cv::setNumThreads(1);
    PortableRandom random(12);
    const std::array chosen{7, 2, 2, 0, 8};
    for (const Place place : k_places) {
        SceneSpec spec = random_spec(random, place, World::grown);
        const DrawnClip whole = draw(spec, 9);
        const DrawnClip some = draw(spec, 9, chosen);
        INFO(name(place));
        REQUIRE(some.frames == 5);
        REQUIRE(some.subject_boxes.size() == 5);
        for (int i = 0; i < some.frames; ++i) {
            const int frame = chosen[static_cast<std::size_t>(i)];
            CHECK(std::equal(some.frame(i), some.frame(i) + some.frame_size(), whole.frame(frame)));
            CHECK(some.subject_boxes[static_cast<std::size_t>(i)].x ==
                  whole.subject_boxes[static_cast<std::size_t>(frame)].x);
        }
    }
}

TEST_CASE("The same scene is drawn with the same bytes, and another seed with others")
{
    cv::setNumThreads(1);
    PortableRandom random(11);
    for (const Place place : k_places) {
        SceneSpec spec = random_spec(random, place);
        const DrawnClip first = draw(spec, 5);
        const DrawnClip again = draw(spec, 5);
        INFO(name(place));
        CHECK(first.rgb == again.rgb);
        spec.seed += 1;
        CHECK(draw(spec, 5).rgb != first.rgb);
    }
}

TEST_CASE("A clip has the size that it names and no black or broken frames")
{
    PortableRandom random(12);
    for (int i = 0; i < 24; ++i) {
        const SceneSpec spec = random_spec(random, k_places[static_cast<std::size_t>(i) % k_places.size()]);
        const DrawnClip clip = draw(spec, 9);
        INFO(name(spec.place) << " " << name(spec.time) << " " << name(spec.weather) << " " << name(spec.camera));
        REQUIRE(clip.rgb.size() == 9 * clip.frame_size());
        REQUIRE(clip.subject_boxes.size() == 9);
        for (const int frame : {0, 4, 8}) {
            const auto mean = mean_of(clip, frame, {0, 0, clip.width, clip.height});
            CHECK(mean[0] + mean[1] + mean[2] > 50);
            // Broken arithmetic shows as pixels that are exactly black; cut paper never is.
            int black = 0;
            for (std::size_t p = 0; p < clip.frame_size(); p += 3) {
                if (clip.frame(frame)[p] + clip.frame(frame)[p + 1] + clip.frame(frame)[p + 2] == 0) ++black;
            }
            CHECK(black == 0);
        }
    }
}

TEST_CASE("The subject's box lies inside the picture and is large, and without a subject there is none")
{
    PortableRandom random(13);
    int whole = 0;
    int with_subject = 0;
    for (int i = 0; i < 60; ++i) {
        const SceneSpec spec = random_spec(random);
        const DrawnClip clip = draw(spec, 17);
        INFO(name(spec.subject) << " " << name(spec.place) << " " << name(spec.direction) << " " << name(spec.camera));
        for (const Box& box : clip.subject_boxes) {
            if (spec.subject == Subject::none) {
                CHECK(box.empty());
                continue;
            }
            REQUIRE_FALSE(box.empty());
            CHECK(box.x >= 0);
            CHECK(box.y >= 0);
            CHECK(box.x + box.width <= clip.width);
            CHECK(box.y + box.height <= clip.height);
            CHECK(std::max(box.width, box.height) >= 64);
            ++with_subject;
            if (box.x > 0 && box.y > 0 && box.x + box.width < clip.width && box.y + box.height < clip.height) ++whole;
        }
    }
    REQUIRE(with_subject > 100);
    CHECK(whole > with_subject * 95 / 100);
}

TEST_CASE("A subject moves where its direction says, also while the camera moves")
{
    for (const Camera camera : {Camera::still, Camera::pan_left, Camera::pan_right, Camera::tilt_up, Camera::tilt_down}) {
        for (const Direction direction : {Direction::left, Direction::right, Direction::up, Direction::down}) {
            SceneSpec spec = hills_with(Subject::balloon, direction);
            spec.speed = Speed::slow;
            spec.camera = camera;
            const DrawnClip clip = draw(spec, 33);
            const float dx = middle_x(clip.subject_boxes.back()) - middle_x(clip.subject_boxes.front());
            const float dy = middle_y(clip.subject_boxes.back()) - middle_y(clip.subject_boxes.front());
            INFO(name(direction) << " with camera " << name(camera));
            if (direction == Direction::left) CHECK(dx < -12);
            if (direction == Direction::right) CHECK(dx > 12);
            if (direction == Direction::up) CHECK(dy < -8);
            if (direction == Direction::down) CHECK(dy > 8);
        }
    }
}

TEST_CASE("Fast is faster than slow, and speeds are per frame whatever the clip's length")
{
    SceneSpec spec = hills_with(Subject::heart, Direction::right);
    const auto way = [&](Speed speed, int frames) {
        spec.speed = speed;
        const DrawnClip clip = draw(spec, frames);
        return (middle_x(clip.subject_boxes.back()) - middle_x(clip.subject_boxes.front())) / (frames - 1);
    };
    CHECK(way(Speed::slow, 17) < way(Speed::medium, 17));
    CHECK(way(Speed::medium, 17) < way(Speed::fast, 17));
    CHECK(way(Speed::slow, 17) == Approx(way(Speed::slow, 33)).margin(0.15));
}

TEST_CASE("A subject is seen in its named colour by day and by night")
{
    for (const TimeOfDay time : {TimeOfDay::day, TimeOfDay::night}) {
        const auto channel = [&](Colour colour) {
            SceneSpec spec = hills_with(Subject::ball, Direction::still, colour);
            spec.time = time;
            const DrawnClip clip = draw(spec, 1);
            const Box box = clip.subject_boxes.front();
            return mean_of(clip, 0, {box.x + box.width / 4, box.y + box.height / 4, box.width / 2, box.height / 2});
        };
        const auto red = channel(Colour::red);
        CHECK(red[0] > red[1] + 30);
        CHECK(red[0] > red[2] + 30);
        const auto green = channel(Colour::green);
        CHECK(green[1] > green[0] + 15);
        CHECK(green[1] > green[2] + 15);
        const auto blue = channel(Colour::blue);
        CHECK(blue[2] > blue[0] + 30);
        CHECK(blue[2] > blue[1] + 15);
    }
}

TEST_CASE("The camera moves the land: a still camera keeps it, a pan shifts it")
{
    SceneSpec spec;
    spec.place = Place::mountains;
    const auto changed = [&](Camera camera) {
        spec.camera = camera;
        const DrawnClip clip = draw(spec, 9);
        std::size_t different = 0;
        for (std::size_t i = 0; i < clip.frame_size(); ++i)
            different += std::abs(clip.frame(0)[i] - clip.frame(8)[i]) > 8 ? 1 : 0;
        return different;
    };
    CHECK(changed(Camera::still) == 0);
    for (const Camera camera : k_cameras) {
        INFO(name(camera));
        if (camera != Camera::still) CHECK(changed(camera) > 2000);
    }
}

TEST_CASE("Long clips and clips of one frame are drawn, too")
{
    PortableRandom random(14);
    for (const Camera camera : {Camera::pan_right, Camera::zoom_out, Camera::tilt_down}) {
        SceneSpec spec = random_spec(random, Place::city);
        spec.camera = camera;
        CHECK(draw(spec, 97).frames == 97);
        CHECK(draw(spec, 1).rgb.size() == draw(spec, 1).frame_size());
    }
}

TEST_CASE("A contact sheet holds every clip, and one without clips is empty")
{
    CHECK(contact_sheet({}).rgb.empty());
    SceneSpec spec = hills_with(Subject::heart, Direction::still);
    const DrawnClip clip = draw(spec, 9);
    std::vector<SheetClip> clips{sheet_clip(clip, "Ein rotes Herz über grünen Hügeln, weiß wie Schnee", 3),
                                 sheet_clip(clip, "a heart", 3), sheet_clip(clip, std::string(400, 'w'), 3)};
    clips.push_back({"nothing to see", {}});
    REQUIRE(clips[0].frames.size() == 3);
    const kinora::core::Picture8 sheet = contact_sheet(clips, {2, 0.5, 6});
    CHECK(sheet.width == 2 * (3 * 160) + 6);
    CHECK(sheet.height == 2 * (96 + 18) + 6);
    CHECK(sheet.rgb.size() == static_cast<std::size_t>(sheet.width) * sheet.height * 3);
}

TEST_CASE("A generated clip becomes pictures with its values clamped and rounded")
{
    kinora::core::FrameSequence frames;
    frames.frames = 2;
    frames.height = 1;
    frames.width = 2;
    frames.rgb = {-0.5F, 0.0F, 0.5F, 1.0F, 2.0F, 0.2F, 0, 0, 0, 0, 0, 0};
    const SheetClip clip = sheet_clip(frames, "x", 2);
    REQUIRE(clip.frames.size() == 2);
    CHECK(clip.frames[0].rgb == std::vector<unsigned char>{0, 0, 128, 255, 255, 51});
}
