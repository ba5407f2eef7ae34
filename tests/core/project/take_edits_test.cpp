#include <catch2/catch.hpp>

#include "core/project/take_edits.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;

TEST_CASE("a new shot has the planned length, and its first take is selected")
{
    Shot shot = make_shot("a balloon");
    CHECK(shot.range == FrameRange{0, 33});
    CHECK(is_valid_id(shot.id));
    add_take(shot, sample_take("t", 17), Selection::keep);
    CHECK(shot.selected_take == "t");
    CHECK(shot.range == FrameRange{0, 17});
    CHECK(shot.takes[0].number == 1);
}

TEST_CASE("takes are numbered on, also after one was removed")
{
    Project project = sample_project(1);
    project.shots[0].update([](Shot& shot) {
        add_take(shot, sample_take("second"), Selection::keep);
        add_take(shot, sample_take("third"), Selection::keep);
    });
    REQUIRE(remove_take(project, "a", "second"));
    project.shots[0].update([](Shot& shot) { add_take(shot, sample_take("fourth"), Selection::keep); });
    CHECK(project.shots[0]->takes.back().number == 4);
    CHECK(project.shots[0]->selected_take == "a-take");
}

TEST_CASE("a whole range stays whole when another take is selected")
{
    Project project = sample_project(1);
    project.shots[0].update([](Shot& shot) { add_take(shot, sample_take("long", 81, 16), Selection::keep); });
    REQUIRE(select_take(project, "a", "long"));
    CHECK(project.shots[0]->range == FrameRange{0, 81});
    REQUIRE(select_take(project, "a", "a-take"));
    CHECK(project.shots[0]->range == FrameRange{0, 33});
}

TEST_CASE("a trimmed range keeps its place in time, within the new take")
{
    CHECK(range_for_source({6, 18}, {33, 12}, {81, 24}) == FrameRange{12, 36});
    CHECK(range_for_source({6, 18}, {33, 12}, {9, 12}) == FrameRange{6, 9});
    CHECK(range_for_source({20, 30}, {33, 12}, {9, 12}) == FrameRange{8, 9});
    CHECK(range_for_source({3, 4}, {33, 12}, {17, 6}) == FrameRange{2, 3});
}

TEST_CASE("removing the selected take selects the newest other one")
{
    Project project = sample_project(1);
    project.shots[0].update([](Shot& shot) {
        add_take(shot, sample_take("second", 9), Selection::keep);
        add_take(shot, sample_take("third", 17), Selection::select);
    });
    REQUIRE(remove_take(project, "a", "third"));
    CHECK(project.shots[0]->selected_take == "second");
    CHECK(project.shots[0]->range == FrameRange{0, 9});
    REQUIRE(remove_take(project, "a", "second"));
    REQUIRE(remove_take(project, "a", "a-take"));
    CHECK(project.shots[0]->selected_take.empty());
    CHECK(check_invariants(project).empty());
}

TEST_CASE("the planned length follows the settings while there is no take")
{
    Project project;
    project.shots.emplace_back(make_shot("x"));
    const std::string id = project.shots[0]->id;
    ShotSettings settings;
    settings.frames = 49;
    REQUIRE(set_settings(project, id, settings));
    CHECK(project.shots[0]->range == FrameRange{0, 49});
    settings.frames = 0;
    CHECK_FALSE(set_settings(project, id, settings));
    CHECK(check_invariants(project).empty());
}

TEST_CASE("stars, names, prompts reach their shot, and unknown ids are not found")
{
    Project project = sample_project(2);
    REQUIRE(star_take(project, "b", "b-take", true));
    REQUIRE(set_negative_prompt(project, "b", "blurry"));
    REQUIRE(rename_shot(project, "b", "Opening"));
    CHECK(project.shots[1]->takes[0].starred);
    CHECK(project.shots[1]->negative_prompt == "blurry");
    CHECK(project.shots[1]->name == "Opening");
    const Project before = project;
    CHECK(select_take(project, "b", "x").error().kind == ErrorKind::not_found);
    CHECK(select_take(project, "x", "b-take").error().kind == ErrorKind::not_found);
    CHECK_FALSE(star_take(project, "a", "b-take", true));
    CHECK_FALSE(remove_take(project, "a", "b-take"));
    CHECK_FALSE(set_prompt(project, "x", "y"));
    CHECK(project == before);
}

TEST_CASE("the settings of a take repeat it")
{
    const Shot shot = *sample_project(1).shots[0];
    const ShotSettings settings = settings_of_take(shot, shot.takes[0]);
    CHECK(settings.seed == 7);
    CHECK(settings.seed_mode == SeedMode::locked);
    CHECK(settings.frames == 33);
    CHECK(settings.steps == 20);
    Take imported = shot.takes[0];
    imported.recipe.reset();
    CHECK(settings_of_take(shot, imported) == shot.settings);
}
