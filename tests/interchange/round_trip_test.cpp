#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/interchange/timeline.h"
#include "core/interchange/writers.h"
#include "core/project/project_json.h"
#include "core/storyboard/layout.h"
#include "core/time/timecode.h"
#include "tests/interchange/random_storyboard.h"

using namespace kinora;
using namespace kinora::core;
using kinora::tests::k_delivery_rates;
using kinora::tests::random_storyboard;

namespace {

Cut cut_of(const Project& project, CutOptions options = {})
{
    auto cut = make_cut(project, options);
    REQUIRE(cut);
    return *cut;
}

Project one_shot(std::string name)
{
    Project project;
    project.id = "film";
    project.name = "Film";
    Shot shot = make_shot("the sea");
    shot.name = std::move(name);
    project.shots.emplace_back(shot);
    return project;
}

}  // namespace

TEST_CASE("A storyboard written as OTIO and read again is the same storyboard, 320 times at every rate")
{
    for (unsigned seed = 0; seed < 320; ++seed) {
        const Project project = random_storyboard(seed, k_delivery_rates[seed % k_delivery_rates.size()]);
        REQUIRE(check_invariants(project) == "");
        const auto read = read_otio(write_otio(cut_of(project), project), "film.otio");
        REQUIRE(read);
        CAPTURE(seed);
        CHECK(check_invariants(read->project) == "");
        if (!(read->project == project)) {
            CHECK(to_json(read->project).dump(1) == to_json(project).dump(1));
        }
        REQUIRE(read->project == project);
    }
}

TEST_CASE("Without disclosure neither prompt nor seed nor model is anywhere in what is written")
{
    Project project = random_storyboard(3, FrameRate(24));
    for (auto& shot : project.shots)
        shot.update([](Shot& changed) {
            changed.prompt = "SECRETWORDS";
            changed.name.clear();
            for (Take& take : changed.takes)
                if (take.recipe) take.recipe->prompt = "SECRETWORDS";
        });
    CutOptions options;
    options.disclose = false;
    const Cut cut = cut_of(project, options);
    for (const std::string& text : {write_otio(cut, project), write_fcpxml(cut), write_xmeml(cut), write_edl(cut)}) {
        CHECK(text.find("SECRET") == std::string::npos);
        CHECK(text.find("starter") == std::string::npos);
    }
}

TEST_CASE("A clip that a suite has trimmed comes back with its prompt, its takes and the new in and out")
{
    Project project;
    project.id = "film";
    project.name = "Film";
    Shot shot = make_shot("the sea");
    Take take;
    take.id = "t1";
    take.clip = "takes/t1/clip.mp4";
    take.frames = 33;
    take.rate = FrameRate(12);
    shot.takes.push_back(take);
    shot.selected_take = "t1";
    shot.range = {4, 20};
    project.shots.emplace_back(shot);
    auto json = nlohmann::json::parse(write_otio(cut_of(project), project));
    auto& clip = json["tracks"]["children"][0]["children"][0];
    // Head handle: 8 frames at 24 a second before source frame 4. The new in lies two source frames later, the length is 10.
    REQUIRE(clip["source_range"]["start_time"]["value"] == 8.0);
    clip["source_range"]["start_time"]["value"] = 12.0;
    clip["source_range"]["duration"]["value"] = 10.0;
    const auto read = read_otio(json.dump(), "film.otio");
    REQUIRE(read);
    const Shot& back = *read->project.shots.at(0);
    CHECK(back.prompt == "the sea");
    CHECK(back.takes == project.shots[0]->takes);
    CHECK(back.range == FrameRange{6, 11});
}

TEST_CASE("An EDL of a storyboard gives the same cuts, gaps and dissolves again")
{
    for (unsigned seed = 0; seed < 80; ++seed) {
        const FrameRate rate = k_delivery_rates[seed % k_delivery_rates.size()];
        const Project project = random_storyboard(seed, rate);
        const auto read = read_edl(write_edl(cut_of(project)), "film.edl", rate);
        REQUIRE(read);
        CAPTURE(seed);
        CHECK(check_invariants(read->project) == "");
        const Layout before(project);
        const Layout after(read->project);
        REQUIRE(after.size() == before.size());
        REQUIRE(after.total() == before.total());
        for (std::size_t i = 0; i < after.size(); ++i) {
            CHECK(after.start(i) == before.start(i));
            // A dissolve from black into black is no dissolve in an EDL.
            const bool black = project.shots[i]->kind == ShotKind::gap && i + 1 < after.size() &&
                               project.shots[i + 1]->kind == ShotKind::gap;
            if (!black) CHECK(after.end(i) == before.end(i));
            CHECK((read->project.shots[i]->kind == ShotKind::gap) == (project.shots[i]->kind == ShotKind::gap));
        }
    }
}

TEST_CASE("Drop-frame timecode is written and read where the rate has it")
{
    Project project = one_shot("Sea");
    project.rate = FrameRate(30000, 1001);
    CutOptions options;
    options.style = TimecodeStyle::drop_frame;
    options.start = "01:00:00;00";
    const std::string edl = write_edl(cut_of(project, options));
    CHECK(edl.find("FCM: DROP FRAME") != std::string::npos);
    CHECK(edl.find("01:00:00;00") != std::string::npos);
    const auto read = read_edl(edl, "film.edl", project.rate);
    REQUIRE(read);
    CHECK(Layout(read->project).total() == Layout(project).total());
}

TEST_CASE("An EDL from elsewhere becomes shots to generate, named by its clips")
{
    const char* text =
        "TITLE: Conform\r\nFCM: NON-DROP FRAME\r\n\r\n"
        "001  A001C003 V     C        02:00:01:00 02:00:03:00 01:00:00:00 01:00:02:00\r\n* FROM CLIP NAME: a fox runs over "
        "snow\r\n"
        "002  A001C004 V     C        02:00:10:00 02:00:11:00 01:00:04:00 01:00:05:00\r\n* FROM CLIP NAME: the fox "
        "sleeps\r\n"
        "003  AX       A     C        00:00:00:00 00:00:05:00 01:00:00:00 01:00:05:00\r\n";
    const auto read = read_edl(text, "conform.edl", FrameRate(24));
    REQUIRE(read);
    CHECK(read->project.name == "Conform");
    REQUIRE(read->project.shots.size() == 3);
    CHECK(read->project.shots[0]->prompt == "a fox runs over snow");
    CHECK(read->project.shots[0]->takes.empty());
    CHECK(read->project.shots[1]->kind == ShotKind::gap);
    CHECK(Layout(read->project).range(2) == FrameRange{96, 120});
    CHECK(read->notes.size() == 1);
}

TEST_CASE("What is no timeline is refused with a sentence")
{
    CHECK_FALSE(read_otio("", "a.otio"));
    CHECK_FALSE(read_otio("{}", "a.otio"));
    CHECK_FALSE(read_otio(R"({"OTIO_SCHEMA":"Timeline.1"})", "a.otio"));
    const auto edl = read_edl("hello\nworld\n", "a.edl", FrameRate(24));
    REQUIRE_FALSE(edl);
    CHECK(edl.error().message == "\"a.edl\" holds no edits of a CMX 3600 list.");
    CHECK_FALSE(make_cut(Project{}, {}));
}

TEST_CASE("Links that lead out of the timeline's folder name no file")
{
    for (const char* url : {"/etc/passwd", "file:///etc/passwd", "../secret.mov", "media/../../x.mov", "media%2F..%2F..%2Fx",
                            "C:\\x.mov", "http://x/y.mov", "%00", "media//x", "%2e%2e/x", ""})
        CHECK(path_of_url(url) == "");
    CHECK(path_of_url("./media/a%20b.mov") == "media/a b.mov");
    CHECK(path_of_url(relative_url("média/50% (1).mov")) == "média/50% (1).mov");
}

TEST_CASE("A reel has at most eight characters and a file name only portable ones")
{
    CHECK(reel_name(11, 3) == "S012T003");
    CHECK(reel_name(1233, 12) == "1234_12");
    CHECK(portable_name("Über den Dächern: 50%") == "ber-den-D-chern-50");
    CHECK(portable_name("海辺") == "shot");
}
