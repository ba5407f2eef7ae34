#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.h"
#include "core/project/project_files.h"
#include "core/project/project_store.h"
#include "core/storyboard/sound_edits.h"
#include "tests/core/project/sample_project.h"
#include "tests/core/scratch_folder.h"
#include "tests/small_disk.h"

using namespace kinora::core;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

Project long_project(const Project& empty)
{
    Project project = empty;
    project.shots = sample_project(26).shots;
    for (auto& shot : project.shots)
        shot.update([](Shot& s) { s.prompt = std::string(8000, 'x'); });
    return project;
}

}  // namespace

TEST_CASE("on a full disk a project says so, keeps what it had and goes on when there is room")
{
    const ScratchFolder scratch;
    const SmallDisk disk(scratch.path() / "small", "256k");
    if (!disk.mounted()) {
        WARN("SKIPPED: a small disk can only be mounted by root");
        return;
    }
    const fs::path folder = scratch.path() / "small" / "film";
    auto opened = create_project(folder, {.name = "Film"});
    REQUIRE(opened);
    const std::string before = read_file(folder / "project.json").value();
    {
        std::ofstream filler(folder / "filler", std::ios::binary);
        while (filler)
            filler << std::string(4096, 'f') << std::flush;
    }
    const auto saved = opened->store.save(long_project(opened->project));
    REQUIRE(!saved);
    CHECK(saved.error().kind == ErrorKind::disk_full);
    CHECK(saved.error().message.find("project.json") != std::string::npos);
    CHECK(read_file(folder / "project.json").value() == before);

    std::ofstream(scratch.path() / "song.wav") << std::string(50'000, 's');
    const auto gathered = gather_file(opened->store, scratch.path() / "song.wav");
    REQUIRE(!gathered);
    CHECK(gathered.error().kind == ErrorKind::disk_full);
    Asset song = sample_asset("song", AssetKind::audio);
    song.file = (scratch.path() / "song.wav").string();
    Project with_song = opened->project;
    REQUIRE(add_asset(with_song, song));
    CHECK(collect(opened->store, with_song).error().kind == ErrorKind::disk_full);
    CHECK(!fs::exists(folder / "media" / "song.wav"));
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        CHECK(entry.path().extension() != ".partial");

    fs::remove(folder / "filler");
    CHECK(gather_file(opened->store, scratch.path() / "song.wav"));
    fs::remove_all(folder / "media");
    REQUIRE(opened->store.save(long_project(opened->project)));
    opened = make_error(ErrorKind::internal, "closed");
    CHECK(open_project(folder)->project.shots.size() == 26);
}

TEST_CASE("a project in a folder that can't be written opens read-only and refuses what would write")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    REQUIRE(create_project(folder, {.name = "Film"}));
    std::ofstream(scratch.path() / "song.wav") << "song";
    fs::permissions(scratch.path(), fs::perms::all);
    fs::permissions(folder, fs::perms(0555));
    fs::permissions(folder / "project.json", fs::perms(0444));
    fs::permissions(folder / ".lock", fs::perms(0444));
    const bool root = geteuid() == 0;
    // Root may write anywhere: become nobody for a moment.
    if (root) REQUIRE(seteuid(65534) == 0);
    {
        auto opened = open_project(folder);
        const auto saved = opened ? opened->store.save(sample_project(1)) : Result<void>();
        const auto gathered =
            opened ? gather_file(opened->store, scratch.path() / "song.wav") : Result<std::string>(std::string());
        if (root) REQUIRE(seteuid(0) == 0);
        REQUIRE(opened);
        CHECK(opened->store.access() == Access::read_only);
        CHECK(!opened->store.read_only_reason().empty());
        REQUIRE(!saved);
        CHECK(saved.error().kind == ErrorKind::unsupported);
        REQUIRE(!gathered);
        CHECK(gathered.error().kind == ErrorKind::unsupported);
    }
    fs::permissions(folder, fs::perms::all);
    CHECK(!fs::exists(folder / ".open"));
}
