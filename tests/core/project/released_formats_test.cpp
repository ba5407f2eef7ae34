#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/project/project_json.h"
#include "core/project/project_store.h"
#include "tests/core/scratch_folder.h"
#include "tests/paths.h"

// What released versions wrote has to open for ever: tests/released has a project of each format version. A new format adds
// a folder there and changes none of the old ones.

using namespace kinora::core;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

fs::path released(int format)
{
    return source_dir() / "tests" / "released" / ("project-format-" + std::to_string(format));
}

/// Everything of `old` is in `now`, with the same values.
void check_kept(const nlohmann::json& old, const nlohmann::json& now, const std::string& where)
{
    INFO(where);
    if (old.is_object()) {
        REQUIRE(now.is_object());
        for (const auto& [key, value] : old.items()) {
            INFO(key);
            REQUIRE(now.contains(key));
            check_kept(value, now.at(key), where + "/" + key);
        }
        return;
    }
    if (old.is_array()) {
        REQUIRE(now.size() == old.size());
        for (std::size_t i = 0; i < old.size(); ++i)
            check_kept(old[i], now[i], where + "/" + std::to_string(i));
        return;
    }
    CHECK(now == old);
}

}  // namespace

TEST_CASE("a project of every format version that was released opens, loses nothing and can be saved as today's")
{
    for (int format = 1; format <= k_project_format; ++format) {
        INFO("format " << format);
        const auto text = read_file(released(format) / "project.json");
        REQUIRE(text);
        const auto was = parse_json(*text, "project.json");
        REQUIRE(was);
        CHECK(was->at("format") == format);
        const ScratchFolder scratch;
        const fs::path folder = scratch.path() / "film";
        fs::copy(released(format), folder, fs::copy_options::recursive);
        {
            auto opened = open_project(folder);
            REQUIRE(opened);
            CHECK(opened->store.access() == Access::read_write);
            CHECK(check_invariants(opened->project).empty());
            REQUIRE(opened->store.save(opened->project));
        }
        auto expected = *was;
        expected.erase("format");
        expected.erase("program");
        const auto saved = parse_json(*read_file(folder / "project.json"), "project.json");
        REQUIRE(saved);
        CHECK(saved->at("format") == k_project_format);
        check_kept(expected, *saved, "project");
        CHECK(open_project(folder));
    }
}

TEST_CASE("what a project of format 1 says is understood as it was meant")
{
    const auto object = parse_json(*read_file(released(1) / "project.json"), "project.json");
    REQUIRE(object);
    const auto parsed = project_from_json(*object);
    REQUIRE(parsed);
    CHECK(parsed->repairs.empty());
    const Project& project = parsed->project;
    CHECK(project.name == "First light");
    CHECK(project.rate == FrameRate(24));
    REQUIRE(project.shots.size() == 2);
    CHECK(project.shots[0]->kind == ShotKind::generated);
    CHECK(project.shots[0]->prompt == "a pink heart rises above the clouds at dawn");
    CHECK(project.shots[0]->transition == Transition());
    REQUIRE(project.shots[0]->takes.size() == 1);
    CHECK(project.shots[0]->takes[0].recipe->seed == 7);
    CHECK(project.shots[0]->takes[0].rate == FrameRate(12));
    CHECK(project.sound_tracks.empty());
    CHECK(project.settings.variables.at("hero") == "a small red fox");
}
