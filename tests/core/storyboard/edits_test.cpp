#include <catch2/catch.hpp>

#include "core/storyboard/edits.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/snapping.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;

namespace {

const Shot& shot(const Project& project, const char* id)
{
    return *project.shots[find_shot(project, id).value()];
}

}  // namespace

TEST_CASE("shots lie end to end at the project's rate")
{
    Project project = sample_project(2);
    project.shots.emplace_back(sample_shot("c", 33, 16));
    const Layout layout(project);
    CHECK(layout.start(1) == 66);
    CHECK(layout.start(2) == 132);
    CHECK(layout.total() == 182);
    CHECK(total_duration(project) == 182);
    CHECK(total_duration(Project{}) == 0);
}

TEST_CASE("what is under the playhead is a shot and a frame of its source")
{
    Project project = sample_project(2);
    project.shots[1].update([](Shot& s) { s.range = {10, 20}; });
    CHECK(what_is_at(project, 0) == FramePlace{0, 0, 0});
    CHECK(what_is_at(project, 65) == FramePlace{0, 32, 65});
    CHECK(what_is_at(project, 66) == FramePlace{1, 10, 0});
    CHECK(what_is_at(project, 85) == FramePlace{1, 19, 19});
    CHECK_FALSE(what_is_at(project, 86));
    CHECK_FALSE(what_is_at(project, -1));
    CHECK_FALSE(what_is_at(Project{}, 0));
}

TEST_CASE("a layout finds project frames, edit points and drop places")
{
    Project project = sample_project(3);
    project.shots[1].update([](Shot& s) { s.range = {10, 20}; });
    const Layout layout(project);  // 0–66, 66–86, 86–152
    CHECK(layout.project_frame(1, 15) == 76);
    CHECK(layout.project_frame(1, 0) == 66);
    CHECK(layout.project_frame(1, 99) == 84);
    CHECK(layout.previous_edit(66) == 0);
    CHECK(layout.previous_edit(67) == 66);
    CHECK(layout.previous_edit(0) == 0);
    CHECK(layout.next_edit(66) == 86);
    CHECK(layout.next_edit(152) == 152);
    CHECK(layout.insertion_index(0) == 0);
    CHECK(layout.insertion_index(32) == 0);
    CHECK(layout.insertion_index(33) == 1);
    CHECK(layout.insertion_index(80) == 2);
    CHECK(layout.insertion_index(1000) == 3);
}

TEST_CASE("insert puts a shot before the index and refuses a taken id")
{
    Project project = sample_project();
    REQUIRE(insert_shot(project, 1, sample_shot("X")));
    CHECK(order(project) == "aXbc");
    REQUIRE(insert_shot(project, 99, sample_shot("Y")));
    CHECK(order(project) == "aXbcY");
    CHECK(insert_shot(project, 0, sample_shot("a")).error().kind == ErrorKind::already_exists);
    Shot strange;
    strange.range = {50, 60};
    REQUIRE(insert_shot(project, 0, strange));
    CHECK(check_invariants(project).empty());
}

TEST_CASE("remove ripples, several at once, all or nothing")
{
    Project project = sample_project(4);
    CHECK_FALSE(remove_shots(project, {"a", "nobody"}));
    CHECK(order(project) == "abcd");
    REQUIRE(remove_shots(project, {"c", "a", "c"}));
    CHECK(order(project) == "bd");
    CHECK(total_duration(project) == 132);
}

TEST_CASE("moved shots keep their order and land before what was at the index")
{
    Project project = sample_project(4);
    REQUIRE(move_shots(project, {"a"}, 3));
    CHECK(order(project) == "bcad");
    REQUIRE(move_shots(project, {"d", "b"}, 2));
    CHECK(order(project) == "cbda");
    REQUIRE(move_shots(project, {"c"}, 0));
    CHECK(order(project) == "cbda");
    REQUIRE(move_shots(project, {"c"}, 99));
    CHECK(order(project) == "bdac");
    CHECK_FALSE(move_shots(project, {"x"}, 0));
}

TEST_CASE("trims are limited to the media and ripple")
{
    Project project = sample_project();
    CHECK(*trim_in(project, "a", 10) == 10);
    CHECK(*trim_out(project, "a", 20) == 20);
    CHECK(Layout(project).start(1) == 20);
    CHECK(*trim_in(project, "a", -5) == 0);
    CHECK(*trim_out(project, "a", 99) == 33);
    CHECK(*trim_in(project, "a", 99) == 32);
    CHECK(*trim_out(project, "a", 0) == 33);
    CHECK(shot(project, "a").range == FrameRange{32, 33});
    CHECK_FALSE(trim_in(project, "x", 0));
    CHECK_FALSE(trim_out(project, "x", 0));
}

TEST_CASE("a rolled cut keeps the total and stops at the media")
{
    Project project = sample_project();
    project.shots[0].update([](Shot& s) { s.range = {0, 20}; });
    project.shots[1].update([](Shot& s) { s.range = {10, 30}; });
    const std::int64_t total = total_duration(project);
    CHECK(*roll_cut(project, "a", 6) == 6);
    CHECK(shot(project, "a").range == FrameRange{0, 23});
    CHECK(shot(project, "b").range == FrameRange{13, 30});
    CHECK(*roll_cut(project, "a", 1000) == 20);
    CHECK(shot(project, "a").range.end == 33);
    CHECK(*roll_cut(project, "a", -1000) == -46);
    CHECK(shot(project, "b").range.first == 0);
    CHECK(total_duration(project) == total);
    CHECK(*roll_cut(project, "a", 1) == 0);
    CHECK_FALSE(roll_cut(project, "c", 5));
    CHECK_FALSE(roll_cut(project, "x", 5));
}

TEST_CASE("a cut rolls between shots of different rates without changing the total")
{
    Project project;
    project.shots.emplace_back(sample_shot("a", 81, 16));
    project.shots.emplace_back(sample_shot("b", 49, 24));
    project.shots[0].update([](Shot& s) { s.range = {10, 40}; });
    project.shots[1].update([](Shot& s) { s.range = {20, 40}; });
    const std::int64_t total = total_duration(project);
    for (const std::int64_t delta : {1, 2, 3, -7, 5, -100, 100}) {
        REQUIRE(roll_cut(project, "a", delta));
        CHECK(total_duration(project) == total);
        CHECK(check_invariants(project).empty());
    }
}

TEST_CASE("slip moves in and out together within the media")
{
    Project project = sample_project();
    project.shots[0].update([](Shot& s) { s.range = {10, 20}; });
    CHECK(*slip(project, "a", 5) == 5);
    CHECK(shot(project, "a").range == FrameRange{15, 25});
    CHECK(*slip(project, "a", 99) == 8);
    CHECK(*slip(project, "a", -99) == -23);
    CHECK(shot(project, "a").range == FrameRange{0, 10});
}

TEST_CASE("split cuts under the playhead and both halves keep the takes")
{
    Project project = sample_project();
    const auto id = split_at(project, 66 + 20);
    REQUIRE(id);
    REQUIRE(project.shots.size() == 4);
    CHECK(shot(project, "b").range == FrameRange{0, 10});
    CHECK(project.shots[2]->id == *id);
    CHECK(project.shots[2]->range == FrameRange{10, 33});
    CHECK(project.shots[2]->takes == shot(project, "b").takes);
    CHECK(total_duration(project) == 198);
    CHECK_FALSE(split_at(project, 66));
    CHECK_FALSE(split_at(project, 67));
    CHECK_FALSE(split_at(project, 9999));
    CHECK(check_invariants(project).empty());
}

TEST_CASE("a duplicate stands right behind with another id")
{
    Project project = sample_project(2);
    const auto id = duplicate_shot(project, "a");
    REQUIRE(id);
    CHECK(project.shots[1]->id == *id);
    CHECK(project.shots[1]->prompt == project.shots[0]->prompt);
    CHECK(project.shots[2]->id == "b");
    CHECK_FALSE(duplicate_shot(project, "x"));
}

TEST_CASE("Q and W take away what is before or after the playhead")
{
    Project project = sample_project();
    REQUIRE(trim_start_to(project, 66 + 20));
    CHECK(shot(project, "b").range == FrameRange{10, 33});
    REQUIRE(trim_end_to(project, 66 + 20));
    CHECK(shot(project, "b").range == FrameRange{10, 20});
    CHECK_FALSE(trim_end_to(project, 66));
    CHECK_FALSE(trim_start_to(project, -1));
}

TEST_CASE("markers stay in order")
{
    Project project = sample_project();
    const auto late = add_marker(project, 50, "late");
    const auto early = add_marker(project, 10, "early");
    REQUIRE(late);
    REQUIRE(early);
    CHECK(project.markers[0].note == "early");
    REQUIRE(change_marker(project, *early, 90, "now later"));
    CHECK(project.markers[1].note == "now later");
    REQUIRE(remove_marker(project, *late));
    CHECK(project.markers.size() == 1);
    CHECK_FALSE(add_marker(project, -1));
    CHECK_FALSE(change_marker(project, *early, -1, ""));
    CHECK_FALSE(change_marker(project, "x", 1, ""));
    CHECK_FALSE(remove_marker(project, *late));
    CHECK(check_invariants(project).empty());
}

TEST_CASE("a drag sticks to edit points, markers and the playhead, but not to itself")
{
    Project project = sample_project();
    REQUIRE(add_marker(project, 100));
    const Layout layout(project);
    CHECK(snap_points(project, layout, 40) == std::vector<std::int64_t>{0, 40, 66, 100, 132, 198});
    CHECK(snap_points(project, layout, {}, "c") == std::vector<std::int64_t>{0, 66, 100, 132});
    const std::vector<std::int64_t> points{0, 66, 70, 132};
    CHECK(snap(64, points, 4) == 66);
    CHECK(snap(68, points, 4) == 66);
    CHECK(snap(69, points, 4) == 70);
    CHECK(snap(136, points, 4) == 132);
    CHECK_FALSE(snap(100, points, 4));
    CHECK_FALSE(snap(5, {}, 4));
}
