#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/generation/recipe_json.h"
#include "core/project/project_copy.h"
#include "core/project/project_json.h"
#include "core/project/project_store.h"
#include "tests/core/project/sample_project.h"
#include "tests/core/scratch_folder.h"

using namespace kinora::core;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

OpenedProject created(const fs::path& folder)
{
    auto opened = create_project(folder, {.name = "My film"});
    REQUIRE(opened);
    return std::move(*opened);
}

void put(const fs::path& file, const std::string& content)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

void change_document(const fs::path& folder, const std::function<void(nlohmann::json&)>& change)
{
    auto object = parse_json(*read_file(folder / "project.json"), "x");
    REQUIRE(object);
    change(*object);
    put(folder / "project.json", json_text(*object));
}

}  // namespace

TEST_CASE("a created project opens again as it was saved")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "deep" / "My film";
    Project project;
    {
        OpenedProject opened = created(folder);
        CHECK(opened.store.access() == Access::read_write);
        CHECK(opened.project.name == "My film");
        CHECK(opened.project.rate == FrameRate(24));
        project = opened.project;
        project.shots.emplace_back(sample_shot("a"));
        REQUIRE(opened.store.save(project));
    }
    for (const fs::path& path : {folder, folder / "project.json"}) {
        const auto opened = open_project(path);
        REQUIRE(opened);
        CHECK(opened->project == project);
        CHECK(opened->store.folder() == folder);
    }
}

TEST_CASE("a project is not created over something that is there")
{
    const ScratchFolder scratch;
    put(scratch.path() / "notes.txt", "mine");
    const auto made = create_project(scratch.path(), {});
    REQUIRE_FALSE(made);
    CHECK(made.error().kind == ErrorKind::already_exists);
    CHECK_FALSE(fs::exists(scratch.path() / "project.json"));
}

TEST_CASE("a project that isn't there is not found")
{
    const ScratchFolder scratch;
    const auto opened = open_project(scratch.path() / "nowhere");
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::not_found);
    CHECK_FALSE(fs::exists(scratch.path() / "nowhere"));
}

TEST_CASE("the second studio on a project opens it read-only and says who has it")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    auto first = std::make_unique<OpenedProject>(created(folder));
    {
        auto second = open_project(folder);
        REQUIRE(second);
        CHECK(second->store.access() == Access::read_only);
        CHECK(second->store.read_only_reason().find("process") != std::string::npos);
        const auto saved = second->store.save(second->project);
        REQUIRE_FALSE(saved);
        CHECK(saved.error().kind == ErrorKind::unsupported);
        CHECK_FALSE(second->store.new_take("x"));
    }
    first.reset();
    const auto third = open_project(folder);
    REQUIRE(third);
    CHECK(third->store.access() == Access::read_write);
}

TEST_CASE("a project of a newer Kinora opens read-only and stays as it is")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    created(folder);
    change_document(folder, [](nlohmann::json& object) { object["format"] = 99; });
    const std::string before = *read_file(folder / "project.json");
    auto opened = open_project(folder);
    REQUIRE(opened);
    CHECK(opened->store.access() == Access::read_only);
    CHECK(opened->store.read_only_reason().find("newer") != std::string::npos);
    CHECK_FALSE(opened->store.save(opened->project));
    CHECK(*read_file(folder / "project.json") == before);
}

TEST_CASE("a folder that can't be locked opens read-only")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    created(folder);
    fs::remove(folder / ".lock");
    fs::create_directories(folder / ".lock");
    const auto opened = open_project(folder);
    REQUIRE(opened);
    CHECK(opened->store.access() == Access::read_only);
    CHECK(opened->store.read_only_reason().find("can't be written") != std::string::npos);
}

TEST_CASE("a damaged project names file and reason, and its backups bring it back")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    Project project;
    {
        OpenedProject opened = created(folder);
        project = opened.project;
        project.shots.emplace_back(sample_shot("a"));
        REQUIRE(opened.store.save(project));
        Project later = project;
        later.name = "later";
        REQUIRE(opened.store.save(later));
    }
    put(folder / "project.json", "{\"format\": 1, \"shots\": [");
    const auto opened = open_project(folder);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::corrupt);
    CHECK(opened.error().message.find("project.json") != std::string::npos);
    CHECK(opened.error().message.find("2 backups") != std::string::npos);

    const auto backups = list_backups(folder);
    REQUIRE(backups.size() == 2);
    REQUIRE(restore_backup(folder, backups[0]));
    const auto restored = open_project(folder);
    REQUIRE(restored);
    CHECK(restored->project == project);
    int aside = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        aside += entry.path().filename().string().starts_with("project.damaged-") ? 1 : 0;
    CHECK(aside == 1);
}

TEST_CASE("a save that changes nothing makes no backup")
{
    const ScratchFolder scratch;
    OpenedProject opened = created(scratch.path() / "film");
    REQUIRE(opened.store.save(opened.project));
    REQUIRE(opened.store.save(opened.project));
    CHECK(list_backups(opened.store.folder()).empty());
}

TEST_CASE("a save that fails leaves the file as it was")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    OpenedProject opened = created(folder);
    fs::remove(folder / "project.json");
    fs::create_directories(folder / "project.json" / "in-the-way");
    Project changed = opened.project;
    changed.name = "changed";
    const auto saved = opened.store.save(changed);
    REQUIRE_FALSE(saved);
    CHECK(fs::is_directory(folder / "project.json" / "in-the-way"));
}

TEST_CASE("no path of a document leads out of its folder, links included")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "film";
    const OpenedProject opened = created(folder);
    put(scratch.path() / "secret" / "clip.mp4", "secret");
    fs::create_directory_symlink(scratch.path() / "secret", folder / "takes" / "evil");
    for (const char* bad : {"../secret/clip.mp4", "/etc/passwd", "takes/evil/clip.mp4", "takes/../../secret/clip.mp4", ""}) {
        const auto path = opened.store.resolve(bad);
        INFO(bad);
        REQUIRE_FALSE(path);
        CHECK(path.error().kind == ErrorKind::corrupt);
    }
    const auto good = opened.store.resolve("takes/new/clip.mp4");
    REQUIRE(good);
    CHECK(*good == folder / "takes" / "new" / "clip.mp4");
}

TEST_CASE("a project reached over a link resolves its own files")
{
    const ScratchFolder scratch;
    created(scratch.path() / "film");
    fs::create_directory_symlink(scratch.path() / "film", scratch.path() / "link");
    const auto opened = open_project(scratch.path() / "link");
    REQUIRE(opened);
    CHECK(opened->store.resolve("takes/x/clip.mp4"));
}

TEST_CASE("a take rendered before a crash is found again")
{
    const ScratchFolder scratch;
    OpenedProject opened = created(scratch.path() / "film");
    const fs::path folder = opened.store.folder();
    auto take = opened.store.new_take("lost");
    REQUIRE(take);
    CHECK(opened.store.unlisted_takes(opened.project).empty());
    take->recipe = sample_take("lost").recipe;
    REQUIRE(opened.store.write_recipe(*take));
    CHECK(opened.store.unlisted_takes(opened.project).empty());
    put(folder / take->latents, "latents");
    const auto half = opened.store.unlisted_takes(opened.project);
    REQUIRE(half.size() == 1);
    CHECK(half[0].clip.empty());
    put(folder / take->clip, "clip");
    const auto found = opened.store.unlisted_takes(opened.project);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == "lost");
    CHECK(found[0].clip == take->clip);
    CHECK(found[0].recipe == take->recipe);
    CHECK(found[0].frames == 33);
    CHECK(found[0].created > 1'700'000'000);

    Project project = opened.project;
    Shot shot = make_shot("again");
    add_take(shot, found[0], Selection::select);
    project.shots.emplace_back(shot);
    CHECK(check_invariants(project).empty());
    CHECK(opened.store.unlisted_takes(project).empty());
}

TEST_CASE("a take whose decoding was cut short is found by the recipe beside its latents")
{
    const ScratchFolder scratch;
    OpenedProject opened = created(scratch.path() / "film");
    auto take = opened.store.new_take("cut");
    REQUIRE(take);
    const Recipe recipe = *sample_take("cut").recipe;
    nlohmann::json content;
    content["__metadata__"]["kinora.recipe"] = to_json(recipe).dump();
    content["latents"] = nlohmann::json::parse(R"({"dtype": "U8", "shape": [1], "data_offsets": [0, 1]})");
    const std::string header = content.dump();
    std::string file(8, '\0');
    for (int i = 0; i < 8; ++i)
        file[i] = static_cast<char>(header.size() >> (8 * i) & 0xFFU);
    put(opened.store.folder() / take->latents, file + header + "x");
    const auto found = opened.store.unlisted_takes(opened.project);
    REQUIRE(found.size() == 1);
    CHECK(found[0].clip.empty());
    CHECK(found[0].recipe == recipe);
}

TEST_CASE("damaged leftovers in the takes folder are passed over")
{
    const ScratchFolder scratch;
    OpenedProject opened = created(scratch.path() / "film");
    const fs::path takes = opened.store.folder() / "takes";
    put(takes / "broken" / "recipe.json", "{");
    put(takes / "broken" / "clip.mp4", "x");
    put(takes / "empty recipe" / "recipe.json", "{}");
    put(takes / "file", "x");
    CHECK(opened.store.unlisted_takes(opened.project).empty());
    CHECK_FALSE(opened.store.new_take("../x"));
    CHECK(opened.store.disk_use() > 3);
}

TEST_CASE("a copy has everything but lock, backups, partial files and links, and another id")
{
    const ScratchFolder scratch;
    OpenedProject opened = created(scratch.path() / "film");
    const fs::path folder = opened.store.folder();
    Project project = opened.project;
    project.shots.emplace_back(sample_shot("a"));
    REQUIRE(opened.store.save(project));
    put(folder / "takes/a-take/clip.mp4", "clip");
    put(folder / "takes/a-take/.kinora-12.partial", "half");
    put(scratch.path() / "secret.txt", "secret");
    fs::create_symlink(scratch.path() / "secret.txt", folder / "media.txt");
    fs::permissions(folder / "takes/a-take/clip.mp4", fs::perms::owner_read);
    change_document(folder, [](nlohmann::json& object) { object["future"] = 5; });

    const fs::path target = scratch.path() / "copy";
    REQUIRE(copy_project(folder, target, "My copy"));
    CHECK(*read_file(target / "takes/a-take/clip.mp4") == "clip");
    CHECK((fs::status(target / "takes/a-take/clip.mp4").permissions() & fs::perms::owner_write) != fs::perms::none);
    for (const char* left : {"backups", "takes/a-take/.kinora-12.partial", "media.txt"})
        CHECK_FALSE(fs::exists(fs::symlink_status(target / left)));
    const auto copy = open_project(target);
    REQUIRE(copy);
    CHECK(copy->store.access() == Access::read_write);
    CHECK(copy->project.name == "My copy");
    CHECK(copy->project.id != project.id);
    CHECK(copy->project.shots == project.shots);
    CHECK(copy->project.unknown.find("future") != std::string::npos);

    CHECK(copy_project(folder, target, "again").error().kind == ErrorKind::already_exists);
    CHECK_FALSE(copy_project(scratch.path() / "nowhere", scratch.path() / "x", "x"));
    CHECK_FALSE(fs::exists(scratch.path() / "x"));
}

TEST_CASE("a copy tells how far it is, and nothing is left of one that is stopped")
{
    const ScratchFolder scratch;
    const OpenedProject opened = created(scratch.path() / "film");
    const fs::path folder = opened.store.folder();
    put(folder / "takes/a/clip.mp4", std::string(3'000'000, 'a'));
    put(folder / "exports/film.mov", std::string(40'000'000, 'b'));
    std::vector<double> told;
    REQUIRE(copy_project(folder, scratch.path() / "whole", "Copy", {[&](double part) { told.push_back(part); }, {}}));
    CHECK(told.size() > 3);
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(told.back() == Approx(1).margin(0.001));
    CHECK(fs::file_size(scratch.path() / "whole/exports/film.mov") == 40'000'000);

    std::stop_source stop;
    const CopyWatch watch{[&](double part) {
                              if (part > 0.1) stop.request_stop();
                          },
                          stop.get_token()};
    const auto stopped = copy_project(folder, scratch.path() / "half", "Copy", watch);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == ErrorKind::cancelled);
    std::vector<std::string> left;
    for (const auto& entry : fs::directory_iterator(scratch.path()))
        left.push_back(entry.path().filename().string());
    CHECK(std::set<std::string>(left.begin(), left.end()) == std::set<std::string>{"film", "whole"});
}

TEST_CASE("a project is copied from a folder that can't be written, and nothing is left in it")
{
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "sample";
    {
        OpenedProject opened = created(folder);
        Project project = opened.project;
        project.name = "Harbour";
        project.shots.emplace_back(sample_shot("a"));
        REQUIRE(opened.store.save(project));
        put(folder / "takes/a-take/clip.mp4", "clip");
    }
    fs::remove(folder / ".lock");
    const auto listing = [&folder] {
        std::set<fs::path> names;
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            names.insert(entry.path());
        return names;
    };
    const auto before = listing();
    REQUIRE(project_name(folder).value() == "Harbour");
    REQUIRE(copy_project(folder, scratch.path() / "copy", "Harbour"));
    CHECK(listing() == before);
    CHECK_FALSE(fs::exists(scratch.path() / "copy/.lock"));
    CHECK(project_name(scratch.path()).error().kind == ErrorKind::not_found);
    put(scratch.path() / "project.json", "{");
    CHECK(project_name(scratch.path()).error().kind == ErrorKind::corrupt);
}

TEST_CASE("folder names come from project names and stay free")
{
    const ScratchFolder scratch;
    CHECK(free_project_folder(scratch.path(), "Am Meer: Teil 1/2").filename() == "Am Meer- Teil 1-2");
    CHECK(free_project_folder(scratch.path(), " .. ").filename() == "Untitled");
    CHECK(free_project_folder(scratch.path(), "").filename() == "Untitled");
    CHECK(free_project_folder(scratch.path(), std::string(300, 'x')).filename().string().size() == 80);
    fs::create_directories(scratch.path() / "Film");
    CHECK(free_project_folder(scratch.path(), "Film").filename() == "Film-2");
}
