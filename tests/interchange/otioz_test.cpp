#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <vector>

#include "core/base/file.h"
#include "core/interchange/otioz.h"
#include "core/interchange/timeline_settle.h"
#include "core/interchange/writers.h"
#include "core/project/project_store.h"
#include "core/storyboard/layout.h"
#include "tests/interchange/provenance_fixtures.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::core;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

/// A zip made by a program that keeps the names it is given.
void hostile_zip(const fs::path& file, const std::string& timeline)
{
    const std::string script =
        "import sys,zipfile\n"
        "z=zipfile.ZipFile(sys.argv[1],'w')\n"
        "z.writestr('content.otio',sys.argv[2])\n"
        "z.writestr('version.txt','1.0.0')\n"
        "for n in "
        "('../evil.mov','/tmp/kinora-evil.mov','media/../../evil.mov','media/"
        "good.mov','other.mov','media\\\\..\\\\evil.mov'):\n"
        "    z.writestr(zipfile.ZipInfo(n),'x'*10)\n"
        "i=zipfile.ZipInfo('media/link.mov'); i.create_system=3; i.external_attr=0o120777<<16\n"
        "z.writestr(i,'/etc/passwd')\n"
        "print('done')\n";
    REQUIRE(output_of("python3", {"-c", script, file.string(), timeline}) == "done\n");
}

std::string timeline_of(const std::vector<std::string>& links)
{
    std::string clips;
    for (const std::string& link : links)
        clips +=
            std::string(clips.empty() ? "" : ",") +
            R"({"OTIO_SCHEMA":"Clip.1","name":"a fox","source_range":{"OTIO_SCHEMA":"TimeRange.1","start_time":{"OTIO_SCHEMA":"RationalTime.1","value":4,"rate":24},"duration":{"OTIO_SCHEMA":"RationalTime.1","value":10,"rate":24}},"media_reference":{"OTIO_SCHEMA":"ExternalReference.1","target_url":")" +
            link + R"("}})";
    return R"({"OTIO_SCHEMA":"Timeline.1","name":"T","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"OTIO_SCHEMA":"Track.1","kind":"Video","children":[)" +
           clips + "]}]}}";
}

Result<Asset> describe(const fs::path& file, std::stop_token)
{
    Asset asset;
    asset.id = file.stem().string();
    asset.name = file.filename().string();
    asset.file = file.string();
    asset.sha256 = std::string(64, 'c');
    asset.bytes = fs::file_size(file);
    asset.frames = 30;
    asset.rate = FrameRate(24);
    return asset;
}

std::set<std::string> everything_below(const fs::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (!entry.is_directory()) names.insert(entry.path().lexically_relative(folder).string());
    return names;
}

}  // namespace

TEST_CASE("An OTIOZ holds version, content and media as they were, and gives them again")
{
    const ScratchFolder folder;
    REQUIRE(write_file(folder / "a.mov", std::string(100'000, 'm')));
    REQUIRE(write_otioz(folder / "film.otioz", "{}", {{"media/a.mov", folder / "a.mov"}}));
    fs::create_directory(folder / "out");
    const auto content = unpack_otioz(folder / "film.otioz", folder / "out");
    REQUIRE(content);
    CHECK(*content == "{}");
    CHECK(everything_below(folder / "out") == std::set<std::string>{"media/a.mov"});
    CHECK(*read_file(folder / "out/media/a.mov") == std::string(100'000, 'm'));
    const std::string listed =
        output_of("python3", {"-c",
                              "import sys,zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): "
                              "print(i.filename,i.compress_type)\nprint(zipfile.ZipFile(sys.argv[1]).read('version.txt'))",
                              (folder / "film.otioz").string()});
    CHECK(listed.find("version.txt") == 0);
    CHECK(listed.find("media/a.mov 0\n") != std::string::npos);
    CHECK(listed.find("b'1.0.0'") != std::string::npos);
    CHECK_FALSE(
        write_otioz(folder / "x.otioz", "{}", {{"media/a.mov", folder / "a.mov"}, {"media/a.mov", folder / "a.mov"}}));
    CHECK_FALSE(write_otioz(folder / "x.otioz", "{}", {{"../a.mov", folder / "a.mov"}}));
    CHECK_FALSE(fs::exists(folder / "x.otioz"));
}

TEST_CASE("Nothing of a hostile OTIOZ lands outside the folder it is unpacked into")
{
    const ScratchFolder folder;
    fs::create_directories(folder / "deep/out");
    hostile_zip(folder / "evil.otioz", timeline_of({"media/good.mov"}));
    REQUIRE(unpack_otioz(folder / "evil.otioz", folder / "deep/out"));
    CHECK(everything_below(folder.path()) == std::set<std::string>{"evil.otioz", "deep/out/media/good.mov"});
    CHECK_FALSE(fs::exists("/tmp/kinora-evil.mov"));
    const auto whole = read_file(folder / "evil.otioz");
    for (std::size_t cut : {std::size_t{0}, std::size_t{10}, whole->size() / 2, whole->size() - 5}) {
        REQUIRE(write_file(folder / "cut.otioz", whole->substr(0, cut)));
        CHECK_FALSE(unpack_otioz(folder / "cut.otioz", folder / "deep/out"));
    }
}

TEST_CASE("Media beside a timeline are brought into the project, what lies elsewhere becomes shots to generate")
{
    const ScratchFolder folder;
    fs::create_directories(folder / "in/media");
    REQUIRE(write_file(folder / "in/media/good.mov", "pictures"));
    REQUIRE(write_file(folder / "secret.mov", "secret"));
    fs::create_symlink(folder / "secret.mov", folder / "in/media/link.mov");
    REQUIRE(write_file(folder / "in/t.otio", timeline_of({"media/good.mov", "media/missing.mov", "../secret.mov",
                                                          (folder / "secret.mov").string(), "media/link.mov"})));
    auto film = create_project(folder / "film", {});
    REQUIRE(film);
    auto opened = open_timeline(folder / "in/t.otio", FrameRate(24), {});
    REQUIRE(opened);
    const auto settled = settle_timeline(std::move(opened->timeline), opened->folder, film->store, describe);
    REQUIRE(settled);
    CHECK(check_invariants(settled->project) == "");
    REQUIRE(settled->project.shots.size() == 5);
    CHECK(settled->project.shots[0]->kind == ShotKind::media);
    CHECK(settled->project.shots[0]->range == FrameRange{4, 14});
    for (std::size_t i = 1; i < 5; ++i) {
        CHECK(settled->project.shots[i]->kind == ShotKind::generated);
        CHECK(settled->project.shots[i]->prompt == "a fox");
        CHECK(settled->project.shots[i]->takes.empty());
    }
    CHECK(everything_below(folder / "film/media") == std::set<std::string>{"good.mov"});
    CHECK(settled->notes.size() == 2);
    REQUIRE(merge_timeline(film->project, settled->project));
    REQUIRE(merge_timeline(film->project, settled->project));
    CHECK(film->project.shots.size() == 10);
    CHECK(film->project.assets.size() == 1);
    CHECK(check_invariants(film->project) == "");
}

TEST_CASE("A storyboard read into its own project keeps its takes; in another one the exported media take their place")
{
    const ScratchFolder folder;
    auto film = create_project(folder / "film", {});
    REQUIRE(film);
    Shot shot = make_shot("the sea");
    Take take;
    take.id = "t1";
    take.clip = "takes/t1/clip.mp4";
    take.frames = 33;
    take.rate = FrameRate(12);
    shot.takes.push_back(take);
    shot.selected_take = "t1";
    shot.range = {4, 20};
    film->project.shots.emplace_back(shot);
    fs::create_directories(folder / "film/takes/t1");
    REQUIRE(write_file(folder / "film/takes/t1/clip.mp4", "clip"));
    CutOptions options;
    const auto cut = make_cut(film->project, options);
    REQUIRE(cut);
    fs::create_directories(folder / "out/media");
    REQUIRE(write_file(folder / "out" / cut->picture[0].media[0].file, "master"));
    REQUIRE(write_file(folder / "out/film.otio", write_otio(*cut, film->project)));

    auto own = open_timeline(folder / "out/film.otio", FrameRate(24), {});
    REQUIRE(own);
    const auto same = settle_timeline(std::move(own->timeline), own->folder, film->store, describe);
    REQUIRE(same);
    CHECK(*same->project.shots[0] == *film->project.shots[0]);

    auto other = create_project(folder / "other", {});
    auto foreign = open_timeline(folder / "out/film.otio", FrameRate(24), {});
    const auto moved = settle_timeline(std::move(foreign->timeline), foreign->folder, other->store, describe);
    REQUIRE(moved);
    const Shot& brought = *moved->project.shots[0];
    REQUIRE(brought.takes.size() == 1);
    CHECK(brought.prompt == "the sea");
    CHECK(!brought.takes[0].asset.empty());
    // Eight frames of handle at 24 a second, then the 16 source frames, each twice; the stand-in media file has 30 frames.
    CHECK(brought.range == FrameRange{8, 30});
    CHECK(check_invariants(moved->project) == "");
}
