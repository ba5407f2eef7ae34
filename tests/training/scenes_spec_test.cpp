#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "inference/training/scenes/scene_spec.h"

using namespace kinora::training;

TEST_CASE("Random scenes cover every value of every attribute and only what fits together")
{
    PortableRandom random(31);
    std::set<Place> places;
    std::set<TimeOfDay> times;
    std::set<Subject> subjects;
    std::set<Colour> colours;
    std::set<Colour> themes;
    std::set<Direction> directions;
    std::set<Speed> speeds;
    std::set<Weather> weathers;
    std::set<Light> lights;
    std::set<Camera> cameras;
    for (int i = 0; i < 3000; ++i) {
        const SceneSpec s = random_spec(random);
        places.insert(s.place);
        times.insert(s.time);
        subjects.insert(s.subject);
        colours.insert(s.colour);
        themes.insert(s.theme);
        directions.insert(s.direction);
        speeds.insert(s.speed);
        weathers.insert(s.weather);
        lights.insert(s.light);
        cameras.insert(s.camera);
        CHECK((s.subject == Subject::none || fits(s.subject, s.place)));
        CHECK(can_move(s.subject, s.direction));
        CHECK(is_outdoors(s.place) == (s.time != TimeOfDay::none));
        if (!is_outdoors(s.place)) CHECK((s.weather == Weather::clear && s.light == Light::none));
        if (s.subject == Subject::none) CHECK(s.direction == Direction::still);
    }
    CHECK(places.size() == places_of(World::first).size());
    CHECK(times.size() == k_times.size() + 1);
    CHECK(subjects.size() == subjects_of(World::first).size() + 1);
    CHECK(colours.size() == k_colours.size());
    CHECK(themes.size() == k_colours.size());
    CHECK(directions.size() == k_directions.size());
    CHECK(speeds.size() == k_speeds.size());
    CHECK(weathers.size() == k_weathers.size());
    CHECK(lights.size() == 3);
    CHECK(cameras.size() == k_cameras.size());
}

TEST_CASE("A quarter of the random scenes have no subject and a third a still camera")
{
    PortableRandom random(32);
    int without = 0;
    int still = 0;
    constexpr int k_count = 4000;
    for (int i = 0; i < k_count; ++i) {
        const SceneSpec s = random_spec(random);
        without += s.subject == Subject::none ? 1 : 0;
        still += s.camera == Camera::still ? 1 : 0;
    }
    CHECK(without == Approx(k_count * 0.25).margin(k_count * 0.03));
    CHECK(still == Approx(k_count * 0.34).margin(k_count * 0.03));
}

TEST_CASE("Colours are drawn independently of subjects and times")
{
    PortableRandom random(33);
    std::map<std::pair<Subject, Colour>, int> seen;
    std::map<std::pair<TimeOfDay, Weather>, int> skies;
    for (int i = 0; i < 12000; ++i) {
        const SceneSpec s = random_spec(random);
        if (s.subject != Subject::none) ++seen[{s.subject, s.colour}];
        if (s.time != TimeOfDay::none) ++skies[{s.time, s.weather}];
    }
    CHECK(seen.size() == subjects_of(World::first).size() * k_colours.size());
    CHECK(skies.size() == k_times.size() * k_weathers.size());
}

TEST_CASE("The portable generator gives the published numbers of SplitMix64")
{
    PortableRandom random(1234567);
    CHECK(random.next() == 6457827717110365317ULL);
    CHECK(random.next() == 3203168211198807973ULL);
    CHECK(random.next() == 9817491932198370423ULL);
}

TEST_CASE("Uniform numbers stay inside their range")
{
    PortableRandom random(34);
    for (int i = 0; i < 10000; ++i) {
        const float value = random.uniform(-2, 3);
        CHECK((value >= -2 && value < 3));
        CHECK(random.index(7) < 7);
    }
}
