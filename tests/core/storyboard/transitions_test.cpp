#include <catch2/catch.hpp>

#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/layout.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;

namespace {

/// Three shots of 66 project frames; source frames last two each.
Project film()
{
    return sample_project(3);
}

Project dissolved(std::int64_t frames)
{
    Project project = film();
    REQUIRE(set_transition(project, "b", TransitionKind::dissolve, frames).value() == frames);
    return project;
}

}  // namespace

TEST_CASE("a dissolve lays the head of a shot over the tail of the one before")
{
    const Project project = dissolved(10);
    const Layout layout(project);
    CHECK(layout.start(1) == 56);
    CHECK(layout.end(0) == 66);
    CHECK(layout.total() == 188);
    CHECK(layout.transition_range(1) == FrameRange{56, 66});
    CHECK(layout.at(55)->shot == 0);
    CHECK(layout.at(56)->shot == 1);
    CHECK(layout.mix_at(55).plain());
    const FrameMix mix = layout.mix_at(58);
    REQUIRE(mix.count == 2);
    CHECK(mix.layers[0].shot == 0);
    CHECK(mix.layers[0].source_frame == 29);
    CHECK(mix.layers[0].weight == Approx(8.0 / 11));
    CHECK(mix.layers[1].shot == 1);
    CHECK(mix.layers[1].source_frame == 1);
    CHECK(mix.layers[1].weight == Approx(3.0 / 11));
    CHECK(layout.mix_at(66).plain());
    CHECK(layout.mix_at(-1).count == 0);
    CHECK(layout.mix_at(188).count == 0);
}

TEST_CASE("a dip takes half of its frames on each side of the cut")
{
    Project project = film();
    REQUIRE(set_transition(project, "b", TransitionKind::dip_to_black, 4));
    REQUIRE(set_transition(project, "c", TransitionKind::dip_to_white, 5));
    const Layout layout(project);
    CHECK(layout.total() == 198);
    CHECK(layout.transition_range(1) == FrameRange{64, 68});
    CHECK(layout.transition_range(2) == FrameRange{130, 135});
    CHECK(layout.mix_at(63).plain());
    CHECK(layout.mix_at(64).layers[0].weight == Approx(0.6));
    CHECK(layout.mix_at(65).layers[0].weight == Approx(0.2));
    CHECK(layout.mix_at(65).layers[0].shot == 0);
    CHECK(layout.mix_at(66).layers[0].weight == Approx(0.2));
    CHECK(layout.mix_at(66).layers[0].shot == 1);
    CHECK(layout.mix_at(68).plain());
    CHECK(layout.mix_at(130).white == Approx(1.0 / 3));
    CHECK(layout.mix_at(132).white == Approx(1.0));
    CHECK(layout.mix_at(132).count == 0);
    CHECK(layout.mix_at(134).white == Approx(1.0 / 3));
}

TEST_CASE("a transition is never longer than what both neighbours have")
{
    Project project = film();
    CHECK(longest_transition(project, "a", TransitionKind::dissolve) == 0);
    CHECK(longest_transition(project, "b", TransitionKind::dissolve) == 65);
    CHECK(set_transition(project, "b", TransitionKind::dissolve, 1000).value() == 65);
    CHECK(longest_transition(project, "c", TransitionKind::dissolve) == 0);
    CHECK_FALSE(set_transition(project, "c", TransitionKind::dissolve, 3));
    CHECK(set_transition(project, "b", TransitionKind::dissolve, 20).value() == 20);
    CHECK(set_transition(project, "c", TransitionKind::dissolve, 1000).value() == 45);
    CHECK(longest_transition(project, "b", TransitionKind::dissolve) == 20);
    CHECK(set_transition(project, "b", TransitionKind::cut, 20).value() == 0);
    CHECK(project.shots[1]->transition == Transition());
    const auto first = set_transition(project, "a", TransitionKind::dissolve, 5);
    REQUIRE(!first);
    CHECK(first.error().kind == ErrorKind::invalid_argument);
    CHECK_FALSE(set_transition(project, "b", TransitionKind::dissolve, -1));
    CHECK_FALSE(set_transition(project, "nobody", TransitionKind::dissolve, 1));
}

TEST_CASE("a trim that leaves less room shortens a transition, and trimming back restores it")
{
    Project project = dissolved(40);
    REQUIRE(trim_out(project, "b", 10));
    CHECK(Layout(project).transition_frames(1) == 19);
    REQUIRE(trim_out(project, "b", 1));
    CHECK(Layout(project).transition_frames(1) == 1);
    REQUIRE(trim_out(project, "b", 33));
    CHECK(Layout(project).transition_frames(1) == 40);
    // The first shot's transition isn't seen; it is again when a shot comes before it.
    REQUIRE(move_shots(project, {"b"}, 0));
    CHECK(Layout(project).transition(0) == TransitionKind::cut);
    REQUIRE(move_shots(project, {"b"}, 3));
    CHECK(Layout(project).transition_frames(2) == 40);
}

TEST_CASE("rolling a cut keeps the transitions' lengths and the total")
{
    Project project = dissolved(10);
    REQUIRE(trim_out(project, "a", 25));
    REQUIRE(trim_in(project, "b", 8));
    const std::int64_t total = total_duration(project);
    CHECK(roll_cut(project, "a", 6).value() == 6);
    CHECK(total_duration(project) == total);
    CHECK(Layout(project).transition_frames(1) == 10);
    CHECK(roll_cut(project, "a", -1000).value() < 0);
    CHECK(total_duration(project) == total);
    CHECK(Layout(project).transition_frames(1) == 10);
}

TEST_CASE("a shot can't be split inside a transition")
{
    Project project = dissolved(10);
    CHECK_FALSE(split_at(project, 60));
    CHECK_FALSE(split_at(project, 66));
    const std::int64_t total = total_duration(project);
    REQUIRE(split_at(project, 70));
    CHECK(total_duration(project) == total);
    CHECK(Layout(project).transition_frames(1) == 10);
    CHECK(project.shots[2]->transition == Transition());
}

TEST_CASE("lifting leaves a gap and moves nothing after it")
{
    Project project = dissolved(10);
    REQUIRE(set_transition(project, "c", TransitionKind::dissolve, 6));
    const Layout before(project);
    const std::int64_t start = before.start(2);
    const std::int64_t total = before.total();
    REQUIRE(lift_shots(project, {"b"}));
    const Layout after(project);
    CHECK(project.shots[1]->kind == ShotKind::gap);
    CHECK(after.start(1) == 66);
    CHECK(after.start(2) == start);
    CHECK(after.total() == total);
    CHECK(after.mix_at(70).count == 0);
    CHECK(after.transition(2) == TransitionKind::cut);
    // Two side by side leave one gap, and a gap beside it joins.
    REQUIRE(lift_shots(project, {"c"}));
    CHECK(project.shots.size() == 2);
    CHECK(total_duration(project) == total);
    REQUIRE(lift_shots(project, {"a"}));
    CHECK(project.shots.size() == 1);
    CHECK(total_duration(project) == total);
    CHECK_FALSE(lift_shots(project, {"nobody"}));
    CHECK(check_invariants(project).empty());
}

TEST_CASE("a gap is inserted at a frame and stretched by its edges")
{
    Project project = film();
    const std::string id = insert_gap(project, 20, 12).value();
    CHECK(total_duration(project) == 198 + 12);
    CHECK(project.shots[1]->id == id);
    CHECK(Layout(project).range(1) == FrameRange{20, 32});
    REQUIRE(trim_out(project, id, 30));
    CHECK(Layout(project).range(1) == FrameRange{20, 50});
    CHECK(trim_in(project, id, -10).value() == -10);
    CHECK(project.shots[1]->range == FrameRange{0, 40});
    REQUIRE(set_length(project, id, 5));
    CHECK(Layout(project).range(1) == FrameRange{20, 25});
    CHECK(roll_cut(project, id, 4).value() == 4);
    CHECK(Layout(project).range(1) == FrameRange{20, 29});
    CHECK(slip(project, id, 4).value() == 0);
    CHECK_FALSE(set_length(project, "a", 5));
    CHECK_FALSE(insert_gap(project, 5, 0));
    const std::string last = insert_gap(project, 100'000, 7).value();
    CHECK(project.shots.back()->id == last);
    CHECK(check_invariants(project).empty());
}

TEST_CASE("a range is made empty and what follows stays in place")
{
    Project project = film();
    REQUIRE(overwrite_with_gap(project, {20, 150}));
    CHECK(total_duration(project) == 198);
    REQUIRE(project.shots.size() == 3);
    const Layout layout(project);
    CHECK(layout.range(1) == FrameRange{20, 150});
    CHECK(layout.at(150)->source_frame == 9);
    CHECK(layout.at(19)->source_frame == 9);
    CHECK(project.shots[2]->id == "c");

    // Inside one shot both ends stay; the right one gets a new id.
    Project inside = film();
    REQUIRE(overwrite_with_gap(inside, {70, 80}));
    CHECK(inside.shots.size() == 5);
    CHECK(total_duration(inside) == 198);
    CHECK(Layout(inside).at(80)->source_frame == 7);
    CHECK(check_invariants(inside).empty());

    Project mixed = dissolved(10);
    CHECK_FALSE(overwrite_with_gap(mixed, {60, 100}));
    CHECK_FALSE(overwrite_with_gap(mixed, {300, 400}));
    REQUIRE(overwrite_with_gap(mixed, {20, 100}));
    CHECK(total_duration(mixed) == 188);
}

TEST_CASE("many shots are duplicated behind the last of them")
{
    Project project = film();
    const auto ids = duplicate_shots(project, {"a", "b"}).value();
    REQUIRE(ids.size() == 2);
    REQUIRE(project.shots.size() == 5);
    CHECK(project.shots[2]->id == ids[0]);
    CHECK(project.shots[3]->prompt == project.shots[1]->prompt);
    CHECK(project.shots[4]->id == "c");
}

TEST_CASE("a still picture lasts as long as asked and always shows its one frame")
{
    Project project = film();
    project.assets.emplace_back(sample_asset("picture", AssetKind::image));
    REQUIRE(insert_shot(project, 1, make_media_shot(*project.assets[0], project.rate, 30)));
    const std::string id = project.shots[1]->id;
    CHECK(Layout(project).range(1) == FrameRange{66, 96});
    REQUIRE(trim_out(project, id, 500));
    CHECK(Layout(project).range(1) == FrameRange{66, 566});
    CHECK(Layout(project).mix_at(400).layers[0].source_frame == 0);
    CHECK(Layout(project).at(400)->source_frame == 0);
    const std::string right = split_at(project, 100).value();
    CHECK(Layout(project).range(2) == FrameRange{100, 566});
    CHECK(clip_file(project, project.shots[1]->takes[0]) == "media/picture.png");
    CHECK(check_invariants(project).empty());
    Shot unlisted = make_media_shot(sample_asset("other", AssetKind::image), project.rate);
    CHECK_FALSE(insert_shot(project, 0, unlisted));
}

TEST_CASE("another project rate keeps everything at its time")
{
    Project project = dissolved(12);
    project.assets.emplace_back(sample_asset("song", AssetKind::audio));
    REQUIRE(insert_gap(project, 10'000, 48));
    REQUIRE(set_project_rate(project, 12));
    const Layout layout(project);
    CHECK(layout.transition_frames(1) == 6);
    CHECK(layout.range(3).length() == 24);
    CHECK(layout.total() == 33 * 3 - 6 + 24);
    CHECK_FALSE(set_project_rate(project, 0));
}
