#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "tests/paths.h"
#include "tests/scratch_folder.h"
#include "ui/preferences/preferences.h"

using namespace kinora;
using kinora::tests::ScratchFolder;

TEST_CASE("preferences come back as they were written", "[preferences]")
{
    const ScratchFolder scratch;
    ui::Preferences wanted;
    wanted.theme = ui::ThemeChoice::light;
    wanted.scale = 150;
    wanted.autosave_ms = 2000;
    wanted.picture_memory = 8192;
    wanted.precision = "int8";
    wanted.layout = ui::KeyLayout::resolve;
    wanted.changed_keys[QStringLiteral("resolve")][QStringLiteral("storyboard.split")] =
        ui::keys_from_text(QStringLiteral("X Ctrl+K"));
    wanted.changed_keys[QStringLiteral("kinora")][QStringLiteral("player.play")] = {};
    wanted.recent_commands = {QStringLiteral("edit.undo"), QStringLiteral("project.save")};
    REQUIRE(ui::write_preferences(wanted, scratch / "deep" / "preferences.json"));
    const auto read = ui::read_preferences(scratch / "deep" / "preferences.json");
    REQUIRE(read.theme == ui::ThemeChoice::light);
    REQUIRE(read.scale == 150);
    REQUIRE(read.autosave_ms == 2000);
    REQUIRE(read.picture_memory == 8192);
    REQUIRE(read.precision == "int8");
    REQUIRE(read.layout == ui::KeyLayout::resolve);
    REQUIRE(read.changed_keys == wanted.changed_keys);
    REQUIRE(read.recent_commands == wanted.recent_commands);
}

TEST_CASE("missing, damaged and foreign preferences are the defaults", "[preferences]")
{
    const ScratchFolder scratch;
    const auto file = scratch / "preferences.json";
    REQUIRE(ui::read_preferences(file).scale == 100);
    for (const char* text :
         {"", "{", "[1,2]",
          R"({"scale": 100000, "theme": 7, "keys": [], "autosave_ms": -1, "picture_memory": 3, "precision": "int4"})",
          R"({"scale": "big", "keys": {"kinora": {"a": 1, "b": "Nonsense+Nothing"}}, "recent_commands": [1, null]})"}) {
        std::ofstream(file) << text;
        const auto read = ui::read_preferences(file);
        REQUIRE(read.scale == 100);
        REQUIRE(read.autosave_ms == 500);
        REQUIRE(read.picture_memory == 2048);
        REQUIRE(read.precision == "auto");
        REQUIRE(read.theme == ui::ThemeChoice::dark);
        REQUIRE(read.recent_commands.isEmpty());
    }
}

TEST_CASE("what a newer Kinora wrote into the preferences is kept", "[preferences]")
{
    const ScratchFolder scratch;
    const auto file = scratch / "preferences.json";
    std::ofstream(file) << R"({"theme": "light", "motion": "calm"})";
    auto read = ui::read_preferences(file);
    read.scale = 125;
    REQUIRE(ui::write_preferences(read, file));
    const auto json = nlohmann::json::parse(*core::read_file(file));
    REQUIRE(json["motion"] == "calm");
    REQUIRE(json["scale"] == 125);
    REQUIRE(json["theme"] == "light");
}

TEST_CASE("preferences that an earlier version wrote still hold", "[preferences]")
{
    const auto read = ui::read_preferences(tests::source_dir() / "tests/released/home/.local/state/kinora/preferences.json");
    CHECK(read.theme == ui::ThemeChoice::light);
    CHECK(read.language == QStringLiteral("en"));
    CHECK(read.autosave_ms == 1000);
    CHECK(read.picture_memory == 4096);
    CHECK(read.layout == ui::KeyLayout::resolve);
    CHECK(read.changed_keys[QStringLiteral("resolve")].contains(QStringLiteral("storyboard.split")));
    CHECK(read.recent_commands == QStringList{QStringLiteral("edit.undo")});
}
