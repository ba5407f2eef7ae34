#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.h"
#include "core/storyboard/clipboard.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"
#include "tests/core/project/sample_project.h"
#include "tests/core/scratch_folder.h"

using namespace kinora::core;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& file, const std::string& content)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

/// A saved project with shots a, b, c, a still picture and a song.
OpenedProject film_in(const fs::path& folder)
{
    auto opened = create_project(folder, {.name = "Film"});
    REQUIRE(opened);
    Project& project = opened->project;
    const std::string id = project.id;
    project.shots = sample_project(3).shots;
    project.assets.emplace_back(sample_asset("picture", AssetKind::image));
    project.assets.emplace_back(sample_asset("song", AssetKind::audio));
    REQUIRE(insert_shots(project, 3, {make_media_shot(*project.assets[0], project.rate)}));
    REQUIRE(place_sound(project, "", "song", 30));
    REQUIRE(set_transition(project, "b", TransitionKind::dissolve, 12));
    for (const char* shot : {"a", "b", "c"})
        put(folder / "takes" / (std::string(shot) + "-take") / "clip.mp4", std::string("clip ") + shot);
    put(folder / "media" / "picture.png", "a picture");
    put(folder / "media" / "song.wav", "a song");
    REQUIRE(opened->store.save(project));
    return std::move(*opened);
}

}  // namespace

TEST_CASE("shots and sounds are copied and pasted within a project")
{
    const ScratchFolder scratch;
    OpenedProject film = film_in(scratch.path() / "film");
    Project project = film.project;
    const std::string sound = project.sound_tracks[0]->clips[0].id;
    const auto text = copy_to_text(project, film.store.folder(), {"b", project.shots[3]->id}, {sound});
    REQUIRE(text);
    auto clipboard = clipboard_from_text(*text);
    REQUIRE(clipboard);
    CHECK(clipboard->shots.size() == 2);
    CHECK(clipboard->assets.size() == 2);
    auto ready = gather(film.store, project, *clipboard);
    REQUIRE(ready);
    const auto ids = paste(project, *ready, 1, 300);
    REQUIRE(ids);
    REQUIRE(ids->size() == 3);
    CHECK(project.shots.size() == 6);
    CHECK(project.shots[1]->id == (*ids)[0]);
    CHECK(project.shots[1]->transition.frames == 12);
    CHECK(project.shots[1]->takes == project.shots[3]->takes);
    CHECK(project.assets.size() == 2);
    CHECK(project.sound_tracks[0]->clips.back().start == 300);
    CHECK(check_invariants(project).empty());
}

TEST_CASE("pasting into another project brings the files along")
{
    const ScratchFolder scratch;
    OpenedProject film = film_in(scratch.path() / "film");
    const std::string sound = film.project.sound_tracks[0]->clips[0].id;
    const auto text = copy_to_text(film.project, film.store.folder(), {"a", "b", film.project.shots[3]->id}, {sound});
    REQUIRE(text);

    auto other = create_project(scratch.path() / "other", {.name = "Other", .rate = 12});
    REQUIRE(other);
    put(other->store.folder() / "media" / "song.wav", "another song");
    auto clipboard = gather(other->store, other->project, clipboard_from_text(*text).value());
    REQUIRE(clipboard);
    REQUIRE(paste(other->project, *clipboard, 0, 10));
    const Project& project = other->project;
    CHECK(check_invariants(project).empty());
    CHECK(project.shots.size() == 3);
    CHECK(project.shots[1]->transition.frames == 6);
    CHECK(read_file(other->store.folder() / "takes/a-take/clip.mp4").value() == "clip a");
    REQUIRE(project.assets.size() == 2);
    for (const auto& asset : project.assets) {
        const auto file = other->store.locate(asset->file);
        REQUIRE(file);
        CHECK(read_file(*file).value() == (asset->kind == AssetKind::image ? "a picture" : "a song"));
    }
    CHECK(read_file(other->store.folder() / "media/song.wav").value() == "another song");
    CHECK(project.sound_tracks[0]->clips[0].start == 10);
    // Once more: the files are there already, the assets are listed already.
    REQUIRE(paste(other->project, *gather(other->store, other->project, clipboard_from_text(*text).value()), 0, 500));
    CHECK(check_invariants(other->project).empty());

    fs::remove(scratch.path() / "film" / "takes/b-take/clip.mp4");
    fs::remove_all(scratch.path() / "other" / "takes");
    const auto gone = gather(other->store, other->project, clipboard_from_text(*text).value());
    REQUIRE(!gone);
    CHECK(gone.error().message.find("b-take") != std::string::npos);
}

TEST_CASE("text of other programs and damaged text is refused")
{
    Project project = sample_project(1);
    CHECK(clipboard_from_text("hello").error().kind == ErrorKind::unsupported);
    CHECK(clipboard_from_text("{}").error().kind == ErrorKind::unsupported);
    std::string text = copy_to_text(project, "/x", {"a"}).value();
    CHECK(clipboard_from_text(text.substr(0, text.size() / 2)).error().kind == ErrorKind::unsupported);
    const auto at = text.find("takes/a-take/clip.mp4");
    REQUIRE(at != std::string::npos);
    text.replace(at, 21, "takes/../../../passwd");
    CHECK(clipboard_from_text(text).error().kind == ErrorKind::corrupt);
    CHECK(copy_to_text(project, "/x", {"nobody"}).error().kind == ErrorKind::invalid_argument);
}
