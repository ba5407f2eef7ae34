#include <catch2/catch.hpp>
#include <fstream>

#include "core/project/document.h"
#include "core/project/project_store.h"
#include "core/storyboard/edits.h"
#include "tests/scratch_folder.h"

using namespace kinora::core;

namespace {

Project film()
{
    Project project;
    project.id = "one";
    project.name = "Film";
    project.shots.emplace_back(make_shot("a boat"));
    return project;
}

Document::Edit rename(const std::string& name)
{
    return [name](Project& project) -> Result<void> {
        project.name = name;
        return {};
    };
}

}  // namespace

TEST_CASE("every step of the history tells its time, and later steps aren't earlier", "[project]")
{
    const auto before = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    Document document(film());
    REQUIRE(document.edit("Rename", rename("A")));
    REQUIRE(document.edit("Rename", rename("B")));
    const History& history = document.history();
    REQUIRE(history.size() == 2);
    REQUIRE(history.time(0) >= before);
    REQUIRE(history.time(1) >= history.time(0));
    REQUIRE(history.time(2) >= history.time(1));
}

TEST_CASE("a document that becomes another keeps its steps, and undo doesn't bring the old id back", "[project]")
{
    Document document(film());
    REQUIRE(document.edit("Add shot", [](Project& project) { return insert_shot(project, 1, make_shot("a kite")); }));
    document.become("two", "Copy");
    REQUIRE(document.project().id == "two");
    REQUIRE(document.project().name == "Copy");
    REQUIRE(document.history().size() == 1);
    REQUIRE(document.undo());
    REQUIRE(document.project().shots.size() == 1);
    REQUIRE(document.project().id == "two");
    REQUIRE(document.redo());
    REQUIRE(document.project().shots.size() == 2);
    REQUIRE(document.project().name == "Copy");
}

TEST_CASE("an open project's document can be read again, and a damaged one is refused", "[project]")
{
    const kinora::tests::ScratchFolder scratch;
    auto made = create_project(scratch.path() / "Film", {});
    REQUIRE(made);
    made->project.name = "Later";
    REQUIRE(made->store.save(made->project));
    const auto again = read_project(made->store);
    REQUIRE(again);
    REQUIRE(again->name == "Later");
    std::ofstream(made->store.folder() / "project.json") << "{ not json";
    const auto damaged = read_project(made->store);
    REQUIRE_FALSE(damaged);
    REQUIRE(damaged.error().kind == ErrorKind::corrupt);
}
