#ifdef KINORA_HAS_MEDIA

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/storyboard/layout.h"
#include "tests/app/cli_fixture.h"

using namespace kinora;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

struct InterchangeFixture : CliFixture {
    /// Two shots of one take, at 24 fps.
    void make_project() const
    {
        auto opened = core::create_project(path("Film"), {"Film", core::FrameRate(24), 64, 64});
        REQUIRE(opened);
        auto take = opened->store.new_take("taketaketake");
        REQUIRE(take);
        const auto made =
            generate({"-o", (path("Film") / take->clip).string(), "--latents", (path("Film") / take->latents).string()});
        INFO(made.err);
        REQUIRE(made.exit_code == 0);
        take->frames = 5;
        take->rate = core::FrameRate(12);
        take->width = take->height = 64;
        take->recipe.emplace();
        take->recipe->prompt = "a red balloon";
        take->recipe->model_id = "starter";
        take->recipe->width = take->recipe->height = 64;
        take->recipe->frames = 5;
        take->recipe->steps = 2;
        take->recipe->rate = core::FrameRate(12);
        take->recipe->seed = 77;
        for (const core::FrameRange range : {core::FrameRange{1, 4}, core::FrameRange{0, 5}}) {
            core::Shot shot = core::make_shot("a red balloon");
            core::add_take(shot, *take, core::Selection::select);
            shot.range = range;
            opened->project.shots.emplace_back(shot);
        }
        REQUIRE(core::check_invariants(opened->project).empty());
        REQUIRE(opened->store.save(opened->project));
    }
};

TEST_CASE_METHOD(InterchangeFixture, "A storyboard goes to editing suites with its media and comes back as a project")
{
    make_project();
    const auto exported = run({"export", "Film", "--otio", "--otioz", "--fcpxml", "--xmeml", "--edl", "--preset",
                               "prores-422-proxy", "-o", "Cut"});
    INFO(exported.err);
    REQUIRE(exported.exit_code == 0);
    for (const char* name : {"Cut.otio", "Cut.otioz", "Cut.fcpxml", "Cut.xml", "Cut.edl"})
        CHECK(fs::exists(path(name)));
    std::size_t media = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(path("Cut-media")))
        ++media;
    CHECK(media == 2);
    CHECK(text_of(path("Cut.otio")).find("a red balloon") != std::string::npos);
    CHECK(run({"export", "Film", "--otio", "-o", "Cut"}).exit_code == 1);
    for (const char* name : {"Cut.otio", "Cut.otioz", "Cut.edl"}) {
        const std::string into = std::string("Back-") + (name + 4);
        const auto imported = run({"project", "import", into, name});
        INFO(imported.err);
        REQUIRE(imported.exit_code == 0);
        const auto back = core::open_project(path(into));
        REQUIRE(back);
        const core::Layout layout(back->project);
        REQUIRE(layout.size() == 2);
        CHECK(layout.range(0) == core::FrameRange{0, 6});
        CHECK(layout.range(1) == core::FrameRange{6, 16});
        CHECK(core::selected_take(*back->project.shots[0]) != nullptr);
    }
}

TEST_CASE_METHOD(InterchangeFixture, "What would be disclosed is shown before, and left out on demand")
{
    make_project();
    const auto shown = run({"export", "Film", "--show-metadata"});
    CHECK(shown.exit_code == 0);
    CHECK_THAT(shown.out, Catch::Contains("a red balloon"));
    CHECK_THAT(shown.out, Catch::Contains("77"));
    CHECK(!fs::exists(path("Film/exports/Film.mov")));
    CHECK_THAT(run({"export", "Film", "--show-metadata", "--no-metadata"}).out, Catch::Contains("Nothing"));
    REQUIRE(run({"export", "Film", "-o", "with.mov"}).exit_code == 0);
    REQUIRE(run({"export", "Film", "--no-metadata", "-o", "without.mov"}).exit_code == 0);
    CHECK(text_of(path("with.mov")).find("trainedAlgorithmicMedia") != std::string::npos);
    CHECK(text_of(path("with.mov")).find("a red balloon") != std::string::npos);
    CHECK(text_of(path("without.mov")).find("a red balloon") == std::string::npos);
    CHECK_THAT(run({"export", "with.mov", "--show-metadata"}).out, Catch::Contains("77"));
    REQUIRE(run({"project", "new", "Back"}).exit_code == 0);
    REQUIRE(run({"project", "import", "Back", "with.mov"}).exit_code == 0);
    const auto back = core::open_project(path("Back"));
    REQUIRE(back);
    CHECK(back->project.shots.at(0)->prompt == "a red balloon");
    CHECK(back->project.shots.at(0)->settings.seed == 77);
}

TEST_CASE_METHOD(InterchangeFixture, "Without the C2PA library an export is written and says what is missing")
{
    make_project();
    const auto exported = run({"export", "Film", "--sign", "-o", "film.mov"});
    INFO(exported.err);
    CHECK(exported.exit_code == 0);
    CHECK(fs::exists(path("film.mov")));
    CHECK_THAT(exported.err, Catch::Contains("c2pa-python"));
}

TEST_CASE_METHOD(InterchangeFixture, "A timeline that is none is refused in one sentence and leaves no project half made")
{
    std::ofstream(path("bad.otio")) << "{}";
    std::ofstream(path("bad.edl")) << "nothing";
    for (const char* name : {"bad.otio", "bad.edl"}) {
        const auto refused = run({"project", "import", "New", name});
        CHECK(refused.exit_code == 1);
        CHECK_THAT(refused.err, Catch::Contains(name));
    }
}

#endif
