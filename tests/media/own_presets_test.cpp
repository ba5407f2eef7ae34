#include "core/export/own_presets.h"

#include <catch2/catch.hpp>
#include <random>

#include "core/export/export_plan.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;

namespace {

OwnPreset loud()
{
    OwnPreset preset{"Web, loud 影片", "For the studio's page.", {}};
    preset.delivery.preset = "h264-review";
    preset.delivery.quality = 20;
    preset.delivery.rate = core::FrameRate(24000, 1001);
    preset.delivery.conform = ConformMode::blend;
    preset.delivery.timecode = "01:00:00:00";
    preset.delivery.loudness = -14;
    return preset;
}

/// A valid file with one part replaced.
std::string changed(const std::string& from, const std::string& to)
{
    std::string text = R"({"kinora_export_preset": 1, "name": "A", "description": "B.",
        "delivery": {"preset": "h265-10bit", "quality": 20, "colour": "p3", "rate": "24/1", "conform": "repeat",
                     "timecode": "", "loudness": -16}})";
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("An own preset is saved, listed, shared as a file and read back as it was")
{
    const TemporaryFolder folder;
    const OwnPreset preset = loud();
    const auto file = own_preset_file(folder / "presets", preset.name);
    REQUIRE(problem_of(write_own_preset(file, preset)) == "");
    const auto read = read_own_preset(file);
    REQUIRE(problem_of(read) == "");
    CHECK(*read == preset);
    write_bytes(folder / "presets" / "broken.json", "{");
    write_bytes(folder / "presets" / "notes.txt", "not a preset");
    std::vector<std::string> problems;
    const auto all = list_own_presets(folder / "presets", &problems);
    CHECK(all == std::vector<OwnPreset>{preset});
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().find("broken.json") != std::string::npos);
    CHECK(list_own_presets(folder / "nowhere").empty());
}

TEST_CASE("A preset's name never leads out of its folder")
{
    for (const char* name : {"../../etc/passwd", "/etc/passwd", "..", "a/b", "a\\b"}) {
        const auto file = own_preset_file("/presets", name);
        CHECK(file.parent_path() == "/presets");
        CHECK(file.filename().string().ends_with(".json"));
    }
}

TEST_CASE("Hostile presets are refused with a sentence that names the file and the reason")
{
    const TemporaryFolder folder;
    const auto refuses = [&](const std::string& text, const std::string& reason) {
        write_bytes(folder / "p.json", text);
        const auto read = read_own_preset(folder / "p.json");
        INFO(text.substr(0, 200));
        REQUIRE_FALSE(read);
        CHECK(read.error().message.find("p.json") != std::string::npos);
        CHECK(read.error().message.find(reason) != std::string::npos);
        CHECK(read.error().message.find('\n') == std::string::npos);
    };
    write_bytes(folder / "p.json", changed("\"A\"", "\"A\""));
    CHECK(problem_of(read_own_preset(folder / "p.json")) == "");
    refuses("", "no JSON");
    refuses("[1, 2]", "no JSON");
    refuses(std::string(60'000, '['), "no JSON");
    refuses(changed("preset\": 1", "preset\": 2"), "another version");
    refuses(changed("\"A\"", "\"\""), "name");
    refuses(changed("\"A\"", "\"a\\u0000b\""), "name");
    refuses(changed("\"A\"", "7"), "\"name\" is not a text");
    refuses(changed("\"A\"", "\"" + std::string(81, 'x') + "\""), "80 bytes");
    refuses(changed("\"B.\"", "\"two\\nlines\""), "description");
    refuses(changed("h265-10bit", "vhs"), "no preset \"vhs\"");
    refuses(changed("h265-10bit", "take"), "not for exports");
    refuses(changed("\"quality\": 20", "\"quality\": 2000000000"), "\"quality\" is out of range");
    refuses(changed("\"quality\": 20", "\"quality\": 77"), "goes from 8 to 34");
    refuses(changed("\"quality\": 20", "\"quality\": 1e3"), "\"quality\" is not a whole number");
    refuses(changed("\"p3\"", "\"p4\""), "bt709, p3 or bt2020");
    refuses(changed("\"24/1\"", "\"24/0\""), "\"rate\"");
    refuses(changed("\"24/1\"", "\"1/100000\""), "\"rate\"");
    refuses(changed("\"repeat\"", "\"melt\""), "repeat, blend or interpolate");
    refuses(changed("\"timecode\": \"\"", "\"timecode\": \"tea time\""), "p.json");
    refuses(changed("-16", "5"), "\"loudness\" is out of range");
    refuses(changed("\"loudness\"", "\"encoder_options\": {\"x265-params\": \"stats=/etc/passwd\"}, \"loudness\""),
            "encoder_options");
    refuses(changed("\"description\"", "\"command\": \"rm\", \"description\""), "command");
    refuses(std::string(70'000, ' ') + changed("\"A\"", "\"A\""), "p.json");
    CHECK(read_own_preset(folder / "none.json").error().kind == core::ErrorKind::not_found);
    CHECK_FALSE(write_own_preset(folder / "q.json", OwnPreset{"", "", {}}));
}

TEST_CASE("A thousand damaged copies of a preset are read or refused, never more")
{
    const TemporaryFolder folder;
    REQUIRE(write_own_preset(folder / "p.json", loud()));
    const std::string whole = bytes_of(folder / "p.json");
    std::mt19937 random(11);
    int refused = 0;
    for (int round = 0; round < 1000; ++round) {
        std::string bytes = whole;
        for (unsigned i = 0; i <= random() % 4; ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
        if (random() % 3 == 0) bytes.resize(random() % bytes.size());
        write_bytes(folder / "p.json", bytes);
        const auto read = read_own_preset(folder / "p.json");
        refused += read ? 0 : 1;
        if (!read) CHECK_FALSE(read.error().message.empty());
        if (read) CHECK(check_delivery(read->delivery, core::FrameRate(24)));
    }
    CHECK(refused > 500);
}

TEST_CASE("A plan comes back from its JSON as it was, and a damaged one is refused")
{
    ExportPlan plan;
    plan.what = ExportWhat::storyboard;
    plan.shots = {"a", "b"};
    plan.file_per_shot = false;
    plan.range = core::FrameRange{3, 99};
    plan.handles = 12;
    plan.pattern = "{project} {shot}";
    plan.delivery = loud().delivery;
    plan.recipe = false;
    plan.sidecar = true;
    const auto read = plan_from_json(plan_to_json(plan));
    REQUIRE(problem_of(read) == "");
    CHECK(*read == plan);
    CHECK_FALSE(plan_from_json("{"));
    CHECK_FALSE(plan_from_json(R"({"what": "everything"})"));
    CHECK_FALSE(plan_from_json(R"({"handles": -1})"));
    CHECK_FALSE(plan_from_json(R"({"shots": [7]})"));
}
