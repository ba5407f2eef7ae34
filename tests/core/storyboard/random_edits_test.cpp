#include <catch2/catch.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "core/project/document.h"
#include "core/project/project_json.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/layout.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;

namespace {

/// Draws edits as an artist without a plan would make them, sensible and senseless ones.
class Monkey {
public:
    explicit Monkey(unsigned seed) : random_(seed) {}

    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }

    std::string some_shot(const Project& project)
    {
        if (project.shots.empty() || number(0, 30) == 0) return "nobody";
        return project.shots[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(project.shots.size()) - 1))]->id;
    }

    Result<void> edit(Project& project)
    {
        const std::string id = some_shot(project);
        const auto shots = static_cast<std::int64_t>(project.shots.size());
        const std::int64_t frame = number(-5, total_duration(project) + 5);
        const auto index = static_cast<std::size_t>(number(0, shots + 1));
        switch (number(0, 17)) {
            case 0:
                return insert_shot(project, index, new_shot());
            case 1:
                return shots > 40 ? remove_shots(project, {id, some_shot(project)}) : remove_shots(project, {id});
            case 2:
                return move_shots(project, {id, some_shot(project)}, index);
            case 3:
                return without_value(trim_in(project, id, number(-10, 100)));
            case 4:
                return without_value(trim_out(project, id, number(-10, 100)));
            case 5:
                return without_value(roll_cut(project, id, number(-60, 60)));
            case 6:
                return without_value(slip(project, id, number(-40, 40)));
            case 7:
                return shots > 60 ? remove_shots(project, {id}) : without_value(split_at(project, frame));
            case 8:
                return shots > 60 ? remove_shots(project, {id}) : without_value(duplicate_shot(project, id));
            case 9:
                return trim_start_to(project, frame);
            case 10:
                return trim_end_to(project, frame);
            case 11:
                return without_value(add_marker(project, frame));
            case 12:
                return some_marker(project, frame);
            case 13:
                return set_prompt(project, id, "prompt " + std::to_string(number(0, 1000)));
            case 14:
                return add_or_remove_take(project, id);
            case 15:
                return select_some_take(project, id);
            case 16:
                return plan(project, id);
            default:
                project.rate = number(0, 1) == 0 ? FrameRate(24) : FrameRate(30000, 1001);
                return {};
        }
    }

private:
    template <typename T>
    static Result<void> without_value(const Result<T>& result)
    {
        if (!result) return result.error();
        return {};
    }

    Take new_take()
    {
        static constexpr FrameRate k_rates[] = {12, 16, 24, FrameRate(24000, 1001), 60};
        return sample_take("take" + std::to_string(++made_), number(1, 90), k_rates[number(0, 4)]);
    }

    Shot new_shot()
    {
        Shot shot = make_shot("new");
        if (number(0, 3) > 0) add_take(shot, new_take(), Selection::select);
        return shot;
    }

    Result<void> some_marker(Project& project, std::int64_t frame)
    {
        if (project.markers.empty()) return remove_marker(project, "nobody");
        const std::string id =
            project.markers[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(project.markers.size()) - 1))].id;
        return number(0, 1) == 0 ? remove_marker(project, id) : change_marker(project, id, frame, "note");
    }

    Result<void> add_or_remove_take(Project& project, const std::string& id)
    {
        const auto index = find_shot(project, id);
        if (!index) return make_error(ErrorKind::not_found, "nobody");
        const Shot& shot = *project.shots[*index];
        if (!shot.takes.empty() && number(0, 2) == 0) return remove_take(project, id, shot.takes.front().id);
        project.shots[*index].update(
            [&](Shot& s) { add_take(s, new_take(), number(0, 1) == 0 ? Selection::keep : Selection::select); });
        return {};
    }

    Result<void> select_some_take(Project& project, const std::string& id)
    {
        const auto index = find_shot(project, id);
        if (!index || project.shots[*index]->takes.empty()) return select_take(project, id, "none");
        const auto& takes = project.shots[*index]->takes;
        return select_take(project, id,
                           takes[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(takes.size()) - 1))].id);
    }

    Result<void> plan(Project& project, const std::string& id)
    {
        ShotSettings settings;
        settings.frames = static_cast<int>(number(0, 97));
        settings.rate = FrameRate(number(8, 30));
        return set_settings(project, id, settings);
    }

    std::mt19937 random_;
    int made_ = 0;
};

void check_document(const Document& document)
{
    const Project& project = document.project();
    REQUIRE(check_invariants(project).empty());
    const Layout layout(project);
    std::int64_t frame = 0;
    for (std::size_t i = 0; i < layout.size(); ++i) {
        REQUIRE(layout.start(i) == frame);
        REQUIRE(layout.end(i) > frame);
        const auto first = layout.at(frame);
        const auto last = layout.at(layout.end(i) - 1);
        REQUIRE(first.has_value());
        REQUIRE(last.has_value());
        REQUIRE(first->shot == i);
        REQUIRE(first->source_frame == project.shots[i]->range.first);
        REQUIRE(last->shot == i);
        REQUIRE(project.shots[i]->range.contains(last->source_frame));
        frame = layout.end(i);
    }
    REQUIRE(document.history().current() == project);
}

void run_monkey(unsigned seed, int edits)
{
    Monkey monkey(seed);
    Document document(sample_project(5));
    std::vector<Project> versions{document.project()};
    std::uint64_t revision = 0;
    for (int i = 0; i < edits; ++i) {
        INFO("seed " << seed << ", edit " << i);
        const Project before = document.project();
        const std::int64_t what = monkey.number(0, 9);
        if (what == 0) {
            document.undo();
        } else if (what == 1) {
            document.redo();
        } else if (what == 2) {
            document.begin_gesture("Drag");
            for (int move = 0; move < 3; ++move)
                (void)document.update_gesture([&](Project& project) { return monkey.edit(project); });
            if (monkey.number(0, 2) == 0) {
                document.cancel_gesture();
                REQUIRE(document.project() == before);
            } else {
                document.end_gesture();
            }
        } else {
            const auto done = document.edit("Edit", [&](Project& project) { return monkey.edit(project); });
            if (!done) REQUIRE(document.project() == before);
        }
        REQUIRE(document.revision() >= revision);
        REQUIRE((document.revision() > revision || document.project() == before));
        revision = document.revision();
        check_document(document);
        // Every position of the history must still be what it was when it was new.
        versions.resize(document.history().size() + 1, document.project());
        versions[document.history().position()] = document.project();
        if (i % 200 == 0) {
            const std::size_t here = document.history().position();
            for (std::size_t k = 0; k < versions.size(); ++k) {
                REQUIRE(document.go_to(k));
                REQUIRE(document.project() == versions[k]);
            }
            REQUIRE(document.go_to(here));
            revision = document.revision();
            const auto saved = project_from_json(nlohmann::json::parse(to_json(document.project()).dump()));
            REQUIRE(saved);
            REQUIRE(saved->repairs.empty());
            REQUIRE(saved->project == document.project());
        }
    }
}

}  // namespace

TEST_CASE("2,000 random edits with undo and redo keep every rule of the document")
{
    for (const unsigned seed : {1U, 2U})
        run_monkey(seed, 1000);
}

TEST_CASE("100,000 random edits with undo and redo keep every rule of the document", "[.][slow]")
{
    // No run may be longer than the history keeps steps, or its positions shift.
    for (unsigned seed = 10; seed < 60; ++seed)
        run_monkey(seed, 2000);
}
