#include <catch2/catch.hpp>
#include <chrono>

#include "core/project/document.h"
#include "core/storyboard/edits.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;

namespace {

Document::Edit prompt_of(const std::string& shot, const std::string& text)
{
    return [=](Project& project) { return set_prompt(project, shot, text); };
}

Document::Edit out_of(const std::string& shot, std::int64_t end)
{
    return [=](Project& project) -> Result<void> {
        const auto done = trim_out(project, shot, end);
        if (!done) return done.error();
        return {};
    };
}

const Shot& first(const Document& document)
{
    return *document.project().shots[0];
}

}  // namespace

TEST_CASE("an edit can be undone and done again, by name")
{
    Document document(sample_project());
    const Project before = document.project();
    REQUIRE(document.edit("Change prompt", prompt_of("a", "new")));
    CHECK(first(document).prompt == "new");
    CHECK(document.history().undo_name() == "Change prompt");
    REQUIRE(document.undo());
    CHECK(document.project() == before);
    CHECK(document.history().redo_name() == "Change prompt");
    REQUIRE(document.redo());
    CHECK(first(document).prompt == "new");
    CHECK_FALSE(document.redo());
}

TEST_CASE("an edit that fails or changes nothing leaves no step")
{
    Document document(sample_project());
    CHECK_FALSE(document.edit("Change prompt", prompt_of("nobody", "x")));
    REQUIRE(document.edit("Change prompt", prompt_of("a", first(document).prompt)));
    CHECK(document.history().size() == 0);
    CHECK(document.revision() == 0);
    CHECK_FALSE(document.undo());
}

TEST_CASE("typing in one field is one step until something else happens")
{
    Document document(sample_project());
    for (const char* text : {"h", "he", "hey"})
        REQUIRE(document.edit("Typing", prompt_of("a", text), "prompt a"));
    CHECK(document.history().size() == 1);
    REQUIRE(document.edit("Typing", prompt_of("b", "x"), "prompt b"));
    REQUIRE(document.edit("Typing", prompt_of("a", "hey you"), "prompt a"));
    CHECK(document.history().size() == 3);
    document.end_merging();
    REQUIRE(document.edit("Typing", prompt_of("a", "hey you there"), "prompt a"));
    CHECK(document.history().size() == 4);
    REQUIRE(document.undo());
    CHECK(first(document).prompt == "hey you");
    REQUIRE(document.edit("Typing", prompt_of("a", "other"), "prompt a"));
    CHECK(document.history().size() == 4);
    REQUIRE(document.undo());
    CHECK(first(document).prompt == "hey you");
}

TEST_CASE("a drag is one step, however often the mouse moved")
{
    Document document(sample_project());
    document.begin_gesture("Trim shot");
    for (const std::int64_t end : {30, 20, 25, 10})
        REQUIRE(document.update_gesture(out_of("a", end)));
    CHECK(first(document).range.end == 10);
    CHECK(document.history().size() == 0);
    document.end_gesture();
    CHECK(document.history().size() == 1);
    REQUIRE(document.undo());
    CHECK(first(document).range.end == 33);
}

TEST_CASE("a drag back to where it began leaves no step")
{
    Document document(sample_project());
    document.begin_gesture("Trim shot");
    REQUIRE(document.update_gesture(out_of("a", 10)));
    REQUIRE(document.update_gesture(out_of("a", 33)));
    document.end_gesture();
    CHECK(document.history().size() == 0);
}

TEST_CASE("Esc during a drag brings everything back")
{
    Document document(sample_project());
    document.begin_gesture("Trim shot");
    REQUIRE(document.update_gesture(out_of("a", 10)));
    CHECK_FALSE(document.undo());
    document.cancel_gesture();
    CHECK(first(document).range.end == 33);
    CHECK(document.history().size() == 0);
    CHECK_FALSE(document.in_gesture());
    CHECK_FALSE(document.update_gesture(out_of("a", 10)));
}

TEST_CASE("a take that a job finished is lost by no undo and no redo")
{
    Document document(sample_project());
    REQUIRE(document.edit("Change prompt", prompt_of("a", "one")));
    REQUIRE(document.edit("Delete shot", [](Project& project) { return remove_shots(project, {"a"}); }));
    CHECK(document.update_shot_everywhere("a", [](Shot& shot) { add_take(shot, sample_take("late"), Selection::select); }));
    CHECK(order(document.project()) == "bc");
    REQUIRE(document.undo());
    CHECK(first(document).selected_take == "late");
    CHECK(first(document).prompt == "one");
    REQUIRE(document.undo());
    CHECK(first(document).selected_take == "late");
    CHECK(first(document).takes.size() == 2);
    REQUIRE(document.redo());
    CHECK(first(document).takes.size() == 2);
    CHECK(check_invariants(document.project()).empty());
    CHECK_FALSE(document.update_shot_everywhere("nobody", [](Shot&) {}));
}

TEST_CASE("a take that arrives during a drag stays, whether the drag ends or is cancelled")
{
    for (const bool cancel : {false, true}) {
        Document document(sample_project());
        document.begin_gesture("Trim shot");
        REQUIRE(document.update_gesture(out_of("a", 10)));
        CHECK(
            document.update_shot_everywhere("a", [](Shot& shot) { add_take(shot, sample_take("late"), Selection::keep); }));
        REQUIRE(document.update_gesture(out_of("a", 12)));
        CHECK(first(document).takes.size() == 2);
        CHECK(first(document).range.end == 12);
        if (cancel)
            document.cancel_gesture();
        else
            document.end_gesture();
        CHECK(first(document).takes.size() == 2);
        CHECK(first(document).range.end == (cancel ? 33 : 12));
        if (!cancel) REQUIRE(document.undo());
        CHECK(first(document).takes.size() == 2);
        CHECK(first(document).range.end == 33);
    }
}

TEST_CASE("the change signal names what was touched")
{
    Document document(sample_project());
    std::vector<ChangeEvent> events;
    const int handle = document.add_listener([&](const ChangeEvent& event) { events.push_back(event); });
    REQUIRE(document.edit("Change prompt", prompt_of("b", "new")));
    CHECK(events.back().shots == std::vector<std::string>{"b"});
    CHECK_FALSE(events.back().order);
    REQUIRE(document.edit("Move", [](Project& project) { return move_shots(project, {"a"}, 3); }));
    CHECK(events.back().order);
    CHECK(events.back().shots.empty());
    REQUIRE(document.edit("Duplicate", [](Project& project) -> Result<void> {
        const auto copy = duplicate_shot(project, "a");
        if (!copy) return copy.error();
        return {};
    }));
    CHECK(events.back().order);
    CHECK(events.back().shots.size() == 1);
    REQUIRE(document.edit("Marker", [](Project& project) -> Result<void> {
        const auto marker = add_marker(project, 10);
        if (!marker) return marker.error();
        return {};
    }));
    CHECK(events.back().markers);
    REQUIRE(document.edit("Rename", [](Project& project) -> Result<void> {
        project.name = "New name";
        return {};
    }));
    CHECK(events.back().settings);
    document.load(sample_project());
    CHECK(events.back().everything);
    CHECK(events.size() == 6);
    document.remove_listener(handle);
    REQUIRE(document.edit("Change prompt", prompt_of("b", "newer")));
    CHECK(events.size() == 6);
}

TEST_CASE("the history panel can go to any step")
{
    Document document(sample_project());
    for (const char* text : {"one", "two", "three"})
        REQUIRE(document.edit(text, prompt_of("a", text)));
    CHECK(document.history().name(1) == "two");
    REQUIRE(document.go_to(1));
    CHECK(first(document).prompt == "one");
    REQUIRE(document.go_to(3));
    CHECK(first(document).prompt == "three");
    CHECK_FALSE(document.go_to(4));
    REQUIRE(document.go_to(0));
    REQUIRE(document.edit("other", prompt_of("a", "other")));
    CHECK(document.history().size() == 1);
}

TEST_CASE("the oldest steps go when there are too many")
{
    History history(sample_project(), 10);
    for (int i = 0; i < 50; ++i) {
        Project next = history.current();
        next.name = std::to_string(i);
        history.push("step " + std::to_string(i), next);
    }
    CHECK(history.size() == 10);
    CHECK(history.position() == 10);
    CHECK(history.go_to(0).name == "39");
}

TEST_CASE("versions share the shots that didn't change")
{
    Document document(sample_project(50));
    const Project before = document.project();
    REQUIRE(document.edit("Change prompt", prompt_of("c", "new")));
    int shared = 0;
    for (std::size_t i = 0; i < 50; ++i)
        shared += before.shots[i].same_object(document.project().shots[i]) ? 1 : 0;
    CHECK(shared == 49);
}

TEST_CASE("a take that arrives is shared by all versions that shared its shot")
{
    Document document(sample_project(3));
    for (const char* text : {"one", "two", "three"})
        REQUIRE(document.edit(text, prompt_of("b", text)));
    int calls = 0;
    CHECK(document.update_shot_everywhere("a", [&](Shot& shot) {
        ++calls;
        add_take(shot, sample_take("late"), Selection::keep);
    }));
    CHECK(calls == 1);
}

TEST_CASE("an edit in a project of 2,000 shots costs a small part of a frame", "[speed]")
{
    Document document(sample_project(2000));
    const auto start = std::chrono::steady_clock::now();
    constexpr int k_edits = 100;
    for (int i = 0; i < k_edits; ++i)
        REQUIRE(document.edit("Trim", out_of("shot1500", 5 + i % 20)));
    for (int i = 0; i < k_edits; ++i)
        REQUIRE(document.undo());
    const double each =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / (2 * k_edits);
    INFO("edit or undo in 2,000 shots: " << each << " ms");
    CHECK(each < 16.0);
}
