#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/project/document.h"
#include "core/project/project_json.h"
#include "core/storyboard/layout.h"
#include "tests/core/storyboard/edit_monkey.h"

using namespace kinora::core;
using namespace kinora::tests;

namespace {

/// Layout and mix of a shot agree with each other and with the rules of transitions.
void check_shot(const Project& project, const Layout& layout, std::size_t i)
{
    const bool dissolve = layout.transition(i) == TransitionKind::dissolve;
    const std::int64_t overlap = dissolve ? layout.transition_frames(i) : 0;
    REQUIRE(layout.start(i) == (i == 0 ? 0 : layout.end(i - 1) - overlap));
    REQUIRE(layout.taken_at_start(i) + layout.taken_at_end(i) < layout.range(i).length());
    REQUIRE(layout.transition_frames(i) <= project.shots[i]->transition.frames);
    const auto first = layout.at(layout.start(i));
    REQUIRE(first.has_value());
    REQUIRE(first->shot == i);
    const bool endless = shot_source(*project.shots[i]).endless();
    REQUIRE(first->source_frame == project.shots[i]->range.first);
    // One frame at least belongs to the shot alone.
    const auto own = layout.at(layout.start(i) + layout.taken_at_start(i));
    REQUIRE(own->shot == i);
    REQUIRE((endless || project.shots[i]->range.contains(own->source_frame)));
    const FrameMix plain = layout.mix_at(layout.start(i) + layout.taken_at_start(i));
    REQUIRE((project.shots[i]->kind == ShotKind::gap ? plain.count == 0 : plain.plain()));
    for (const std::int64_t frame : {layout.transition_range(i).first, layout.transition_range(i).end - 1}) {
        if (layout.transition_frames(i) == 0) break;
        const FrameMix mix = layout.mix_at(frame);
        REQUIRE(!mix.plain());
        float sum = mix.white;
        for (int layer = 0; layer < mix.count; ++layer) {
            const MixLayer& seen = mix.layers[static_cast<std::size_t>(layer)];
            sum += seen.weight;
            const Shot& shot = *project.shots[seen.shot];
            REQUIRE((shot_source(shot).endless() ? seen.source_frame == 0 : shot.range.contains(seen.source_frame)));
        }
        REQUIRE(sum <= 1.0001F);
    }
}

void check_document(const Document& document)
{
    const Project& project = document.project();
    REQUIRE(check_invariants(project) == "");
    const Layout layout(project);
    for (std::size_t i = 0; i < layout.size(); ++i)
        check_shot(project, layout, i);
    REQUIRE(layout.total() == (layout.size() == 0 ? 0 : layout.end(layout.size() - 1)));
    REQUIRE(!layout.at(layout.total()));
    REQUIRE(document.history().current() == project);
}

/// A project with everything in it that edits can touch.
Project busy_project()
{
    Project project = sample_project(5);
    project.assets.emplace_back(sample_asset("picture", AssetKind::image));
    project.assets.emplace_back(sample_asset("song", AssetKind::audio));
    return project;
}

void run_monkey(unsigned seed, int edits)
{
    Monkey monkey(seed);
    Document document(busy_project());
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

TEST_CASE("100,000 random edits with undo and redo keep every rule of the document")
{
    // No run may be longer than the history keeps steps, or its positions shift.
    for (unsigned seed = 10; seed < 60; ++seed)
        run_monkey(seed, 2000);
}
