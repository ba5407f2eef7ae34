#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/project/clean_up.h"
#include "core/project/project_files.h"
#include "core/project/recovery.h"
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

Asset asset_of(const fs::path& file, const std::string& content, AssetKind kind)
{
    put(file, content);
    Asset asset = sample_asset("x" + file.stem().string(), kind);
    asset.name = file.filename().string();
    asset.file = file.string();
    asset.bytes = content.size();
    asset.sha256 = sha256_hex(content);
    return asset;
}

struct Film {
    ScratchFolder scratch;
    std::optional<OpenedProject> opened;

    Film()
    {
        auto made = create_project(scratch.path() / "film", {.name = "Film"});
        REQUIRE(made);
        opened.emplace(std::move(*made));
        opened->project.shots = sample_project(2).shots;
        for (const char* shot : {"a", "b"}) {
            put(folder() / "takes" / (std::string(shot) + "-take") / "clip.mp4", std::string(100, 'c'));
            put(folder() / "takes" / (std::string(shot) + "-take") / "latents.safetensors", std::string(300, 'l'));
        }
    }
    [[nodiscard]] Project& project() { return opened->project; }
    [[nodiscard]] ProjectStore& store() { return opened->store; }
    [[nodiscard]] fs::path folder() const { return scratch.path() / "film"; }
};

void add_take_with_files(Film& film, const char* shot, const std::string& id, bool starred)
{
    film.project().shots[*find_shot(film.project(), shot)].update([&](Shot& s) {
        Take take = sample_take(id);
        take.starred = starred;
        add_take(s, take, Selection::keep);
    });
    put(film.folder() / "takes" / id / "clip.mp4", std::string(50, 'c'));
    put(film.folder() / "takes" / id / "latents.safetensors", std::string(70, 'l'));
}

CleanUpOptions everything()
{
    CleanUpOptions options;
    options.kinds = {CleanUpKind::take, CleanUpKind::latents, CleanUpKind::unlisted, CleanUpKind::media,
                     CleanUpKind::partial};
    options.youngest_seconds = 0;
    return options;
}

}  // namespace

TEST_CASE("missing files are listed, found again by their sum, and linked")
{
    Film film;
    const fs::path outside = film.scratch.path() / "outside";
    const std::string song = add_asset(film.project(), asset_of(outside / "song.wav", "a song", AssetKind::audio)).value();
    const std::string clip = add_asset(film.project(), asset_of(outside / "clip.mov", "a clip", AssetKind::video)).value();
    CHECK(missing_files(film.store(), film.project()).empty());

    fs::create_directories(film.scratch.path() / "elsewhere" / "deep");
    fs::rename(outside / "song.wav", film.scratch.path() / "elsewhere" / "deep" / "renamed.wav");
    put(film.scratch.path() / "elsewhere" / "song.wav", "b song");
    put(outside / "clip.mov", "a longer clip");
    fs::create_directories(film.scratch.path() / "elsewhere" / "a-take");
    fs::rename(film.folder() / "takes/a-take/clip.mp4", film.scratch.path() / "elsewhere/a-take/clip.mp4");
    const auto missing = missing_files(film.store(), film.project());
    REQUIRE(missing.size() == 3);
    CHECK(missing[0].asset_id == song);
    CHECK(missing[1].asset_id == clip);
    CHECK(missing[2].take_id == "a-take");
    CHECK(missing[2].shot_id == "a");

    const auto found = find_missing(missing, film.scratch.path() / "elsewhere");
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].file.filename() == "renamed.wav");
    REQUIRE(restore_clip(film.store(), film.project().shots[0]->takes[0], (*found)[1].file));
    CHECK(fs::exists(film.folder() / "takes/a-take/clip.mp4"));

    Asset replacement = *find_asset(film.project(), song);
    replacement.id = "new";
    replacement.file = (*found)[0].file.string();
    Document document(film.project());
    REQUIRE(document.edit("Rename", [](Project& p) { return p.name = "x", Result<void>(); }));
    const auto linked = relinked(document.project(), song, replacement);
    REQUIRE(linked);
    CHECK(document.update_asset_everywhere(song, [&](Asset& asset) { asset = *linked; }));
    CHECK(missing_files(film.store(), document.project()).size() == 1);
    document.undo();
    CHECK(missing_files(film.store(), document.project()).size() == 1);

    REQUIRE(place_sound(film.project(), "", song, 0));
    replacement.samples = 1000;
    CHECK(relinked(film.project(), song, replacement).error().kind == ErrorKind::invalid_argument);
    replacement.kind = AssetKind::video;
    CHECK_FALSE(relinked(film.project(), song, replacement));
    CHECK_FALSE(relinked(film.project(), "nobody", replacement));
    std::stop_source stop;
    stop.request_stop();
    CHECK(find_missing(missing, film.scratch.path(), stop.get_token()).error().kind == ErrorKind::cancelled);
    CHECK_FALSE(find_missing(missing, film.scratch.path() / "nowhere"));
}

TEST_CASE("collecting gathers every file from outside, each content once")
{
    Film film;
    const fs::path outside = film.scratch.path() / "outside";
    REQUIRE(add_asset(film.project(), asset_of(outside / "song.wav", "a song", AssetKind::audio)));
    REQUIRE(add_asset(film.project(), asset_of(outside / "two" / "song.wav", "b song", AssetKind::audio)).error().kind ==
            ErrorKind::already_exists);
    Asset second = asset_of(outside / "two" / "song.wav", "b song", AssetKind::audio);
    second.id = "second";
    REQUIRE(add_asset(film.project(), second));
    Asset gone = second;
    gone.id = "gone";
    gone.sha256 = std::string(64, '0');
    gone.file = (outside / "gone.wav").string();
    REQUIRE(add_asset(film.project(), gone));

    std::uint64_t reported = 0;
    const auto collected =
        collect(film.store(), film.project(), [&](std::uint64_t done, std::uint64_t) { reported = done; });
    REQUIRE(collected);
    CHECK(reported == 12);
    REQUIRE(collected->files.size() == 2);
    CHECK(collected->files.at("xsong") == "media/song.wav");
    CHECK(collected->files.at("second") == "media/song-2.wav");
    REQUIRE(collected->problems.size() == 1);
    CHECK(collected->problems[0].message.find("gone.wav") != std::string::npos);
    CHECK(read_file(film.folder() / "media/song-2.wav").value() == "b song");
    CHECK(gather_file(film.store(), outside / "song.wav").value() == "media/song.wav");

    std::stop_source stop;
    stop.request_stop();
    put(outside / "third.wav", "third");
    CHECK(gather_file(film.store(), outside / "third.wav", {}, stop.get_token()).error().kind == ErrorKind::cancelled);
    CHECK(!fs::exists(film.folder() / "media/third.wav"));
    CHECK(gather_file(film.store(), "/dev/zero").error().kind == ErrorKind::not_found);
}

TEST_CASE("clean-up takes what nobody uses and never a starred or selected take")
{
    Film film;
    add_take_with_files(film, "a", "starred", true);
    add_take_with_files(film, "a", "plain", false);
    add_take_with_files(film, "b", "making", false);
    put(film.folder() / "takes/lost/recipe.json", "{}");
    put(film.folder() / "media/old.mov", "old");
    put(film.folder() / "exports/.kinora-1234.partial", "half");
    put(film.folder() / "exports/film.mov", "whole");
    Document document(film.project());

    CleanUpOptions options = everything();
    options.keep = {"making"};
    const auto plan = plan_clean_up(film.store(), document, options);
    std::map<std::string, CleanUpKind> planned;
    for (const CleanUpItem& item : plan)
        planned[item.path] = item.kind;
    CHECK(planned == std::map<std::string, CleanUpKind>{{"takes/plain", CleanUpKind::take},
                                                        {"takes/lost", CleanUpKind::unlisted},
                                                        {"media/old.mov", CleanUpKind::media},
                                                        {"exports/.kinora-1234.partial", CleanUpKind::partial}});
    const DiskUse before = disk_use_by_category(film.store());
    CHECK(before.clips == 100 * 2 + 50 * 3);
    CHECK(before.latents == 300 * 2 + 70 * 3);
    CHECK(before.exports == 5);
    CHECK(before.total() == film.store().disk_use());

    apply_clean_up(document, plan);
    CHECK(check_invariants(document.project()).empty());
    CHECK(document.project().shots[0]->takes.size() == 2);
    REQUIRE(remove_files(film.store(), plan));
    CHECK(!fs::exists(film.folder() / "takes/plain"));
    CHECK(fs::exists(film.folder() / "takes/starred/clip.mp4"));
    CHECK(fs::exists(film.folder() / "takes/making/clip.mp4"));
    CHECK(fs::exists(film.folder() / "takes/a-take/latents.safetensors"));
    CHECK(fs::exists(film.folder() / "exports/film.mov"));
}

TEST_CASE("clean-up of latents keeps the take, and young files are left alone")
{
    Film film;
    add_take_with_files(film, "a", "plain", false);
    put(film.folder() / "exports/.kinora-1234.partial", "half");
    Document document(film.project());
    CleanUpOptions options;
    options.kinds = {CleanUpKind::latents, CleanUpKind::partial};
    const auto plan = plan_clean_up(film.store(), document, options);
    REQUIRE(plan.size() == 1);
    CHECK(plan[0] == CleanUpItem{CleanUpKind::latents, "takes/plain/latents.safetensors", "plain", 70});
    apply_clean_up(document, plan);
    REQUIRE(remove_files(film.store(), plan));
    CHECK(document.project().shots[0]->takes[1].latents.empty());
    CHECK(fs::exists(film.folder() / "takes/plain/clip.mp4"));
    // A take that undo would select again counts as used.
    REQUIRE(document.edit("Select", [](Project& p) { return select_take(p, "a", "plain"); }));
    document.undo();
    CHECK(plan_clean_up(film.store(), document, everything()).size() == 1);
    // A path that leads out is refused.
    CHECK_FALSE(remove_files(film.store(), {{CleanUpKind::partial, "../outside", {}, 0}}));
}

TEST_CASE("after a crash the project says so and offers what was rendered")
{
    Film film;
    REQUIRE(film.store().save(film.project()));
    CHECK_FALSE(film.store().was_interrupted());
    CHECK_FALSE(find_recovery(film.store(), film.project()).offered());
    Take lost = film.store().new_take("lost").value();
    lost.recipe = sample_take("x").recipe;
    put(film.folder() / lost.clip, "clip");
    REQUIRE(film.store().write_recipe(lost));
    film.opened.reset();
    {
        const auto closed = open_project(film.folder());
        REQUIRE(closed);
        CHECK_FALSE(closed->store.was_interrupted());
        CHECK(find_recovery(closed->store, closed->project).takes.size() == 1);
    }
    put(film.folder() / ".open", "");
    const auto crashed = open_project(film.folder());
    REQUIRE(crashed);
    CHECK(crashed->store.was_interrupted());
    CHECK(find_recovery(crashed->store, crashed->project).offered());
}

TEST_CASE("a backup that is newer than the document is offered")
{
    Film film;
    REQUIRE(film.store().save(film.project()));
    Project newer = film.project();
    newer.name = "Newer";
    REQUIRE(film.store().save(newer));
    REQUIRE(keep_backup(film.folder(),
                        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now())));
    // Someone puts an older document back.
    const auto backups = list_backups(film.folder());
    fs::copy_file(backups.back().file, film.folder() / "old.json");
    fs::remove(film.folder() / "project.json");
    fs::rename(film.folder() / "old.json", film.folder() / "project.json");
    fs::last_write_time(film.folder() / "project.json", fs::file_time_type::clock::now() - std::chrono::hours(1));
    film.opened.reset();
    const auto opened = open_project(film.folder());
    REQUIRE(opened);
    const Recovery recovery = find_recovery(opened->store, opened->project);
    REQUIRE(recovery.newer);
    CHECK(recovery.newer->file == backups.front().file);
}
