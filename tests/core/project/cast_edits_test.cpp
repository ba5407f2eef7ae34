#include "core/project/cast_edits.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/project/document.h"
#include "core/project/project_json.h"
#include "core/project/shot_prompt.h"

using namespace kinora::core;

namespace {

Project film()
{
    Project project;
    project.id = "0123456789abcdef";
    project.settings.variables = {{"hero", "a small fox"}, {"pair", "$hero and a cat"}, {"light", "soft light"}};
    for (const char* prompt : {"$hero runs", "{$pair|two dogs} at night", "an empty street, $light"})
        project.shots.emplace_back(make_shot(prompt));
    project.shots[2].update([](Shot& shot) { shot.negative_prompt = "$hero"; });
    return project;
}

}  // namespace

TEST_CASE("renaming a variable renames its uses, in one step that undo takes back")
{
    Document document(film());
    const Project before = document.project();
    REQUIRE(document.edit("Rename variable", [](Project& project) { return rename_variable(project, "hero", "fox"); }));
    const Project& project = document.project();
    CHECK_FALSE(project.settings.variables.contains("hero"));
    CHECK(project.settings.variables.at("fox") == "a small fox");
    CHECK(project.settings.variables.at("pair") == "$fox and a cat");
    CHECK(project.shots[0]->prompt == "$fox runs");
    CHECK(project.shots[1]->prompt == "{$pair|two dogs} at night");
    CHECK(project.shots[2]->negative_prompt == "$fox");
    REQUIRE(document.undo());
    CHECK(document.project() == before);
}

TEST_CASE("names that can't be are refused and nothing changes")
{
    Project project = film();
    const Project before = project;
    CHECK(rename_variable(project, "hero", "light").error().kind == ErrorKind::already_exists);
    CHECK(rename_variable(project, "hero", "my hero").error().kind == ErrorKind::invalid_argument);
    CHECK(rename_variable(project, "nobody", "fox").error().kind == ErrorKind::not_found);
    CHECK(set_variable(project, "2", "x").error().kind == ErrorKind::invalid_argument);
    CHECK(remove_variable(project, "nobody").error().kind == ErrorKind::not_found);
    CHECK(project == before);
    CHECK(rename_variable(project, "hero", "hero"));
    CHECK(free_variable_name(project, "hero") == "hero_2");
}

TEST_CASE("uses of a variable are counted through other variables")
{
    Project project = film();
    CHECK(shots_using(project, "hero") == 3);
    CHECK(shots_using(project, "pair") == 1);
    CHECK(shots_using(project, "light") == 1);
    CHECK(shots_using(project, "nobody") == 0);
    REQUIRE(set_common_prompt(project, "$light"));
    CHECK(shots_using(project, "light") == 3);
}

TEST_CASE("the cast-and-style page is saved with the project")
{
    Project project = film();
    REQUIRE(set_common_prompt(project, "35 mm {film|video}"));
    REQUIRE(set_common_negative_prompt(project, "text, captions"));
    const auto read = project_from_json(to_json(project));
    REQUIRE(read);
    CHECK(read->project.settings == project.settings);
}

TEST_CASE("a shot's request has no bracket of the grammar in either prompt")
{
    Project project = film();
    REQUIRE(set_common_prompt(project, "(grain:1.2)"));
    REQUIRE(set_common_negative_prompt(project, "(blurry:1.4), $light"));
    const ModelCapabilities model;
    Wildcards wildcards;
    wildcards.lines["weather"] = {"rain"};
    project.shots[2].update([](Shot& shot) { shot.negative_prompt = "{$hero} in __weather__"; });
    const auto request = shot_request(project, *project.shots[2], model, wildcards, 7);
    REQUIRE(request);
    CHECK(request->negative_prompt == "a small fox in rain, blurry, soft light");
    std::string words;
    for (const PromptSpan& span : request->prompt)
        words += span.text;
    CHECK(words == "an empty street, soft light, grain");
    CHECK(request->prompt.back().weight == Approx(1.2F));
    project.shots[2].update([](Shot& shot) { shot.negative_prompt = "{x"; });
    const auto refused = shot_request(project, *project.shots[2], model, wildcards, 7);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("negative") != std::string::npos);
}
