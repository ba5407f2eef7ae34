#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/project/project_json.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;
using nlohmann::json;

namespace {

Project rich_project()
{
    Project project = sample_project();
    project.rate = FrameRate(24000, 1001);
    project.width = 1280;
    project.height = 720;
    project.assets.emplace_back(sample_asset("song", AssetKind::audio));
    SoundTrack track;
    track.id = "track";
    track.gain_db = -3.5F;
    track.clips.push_back({"clip", "song", 12, {1000, 96'000}, 2.5F, 3, 4, true, {}});
    project.sound_tracks.emplace_back(track);
    project.shots[1].update([](Shot& shot) {
        shot.transition = {TransitionKind::dip_to_white, 12, {}};
        shot.name = "Über allem";
        shot.negative_prompt = "blurry";
        shot.range = {3, 20};
        shot.settings.width = 640;
        shot.settings.frames = 17;
        shot.settings.rate = FrameRate(16);
        shot.settings.guidance = 3.5F;
        shot.settings.sampler = "euler";
        shot.settings.seed = 18'446'744'073'709'551'615ULL;
        shot.settings.seed_mode = SeedMode::locked;
        shot.settings.takes = 4;
        shot.settings.loras = {{"loras/ink.safetensors", 0.75F}};
        shot.settings.references = {{0, "media/first.png", "ab12"}};
        add_take(shot, sample_take("second"), Selection::keep);
        shot.takes[1].starred = true;
        shot.takes[1].recipe.reset();
    });
    project.shots.emplace_back(make_shot("no take yet"));
    project.markers = {{"m1", 5, "here", {}}, {"m2", 90, "there", {}}};
    project.settings.export_range = FrameRange{4, 60};
    project.settings.variables = {{"hero", "a small red fox"}};
    return project;
}

Result<ParsedProject> reparsed(const json& object)
{
    return project_from_json(json::parse(object.dump()));
}

}  // namespace

TEST_CASE("a project comes back from JSON as it was")
{
    const Project project = rich_project();
    const auto parsed = reparsed(to_json(project));
    REQUIRE(parsed);
    CHECK(parsed->project == project);
    CHECK(parsed->repairs.empty());
    CHECK(parsed->format == k_project_format);
    CHECK(check_invariants(parsed->project).empty());
}

TEST_CASE("keys that this Kinora doesn't know are written back, wherever they stand")
{
    json object = to_json(rich_project());
    const json news = {{"deep", {1, 2, {{"x", nullptr}}}}};
    object["news"] = news;
    object["settings"]["news"] = news;
    object["markers"][0]["news"] = news;
    object["shots"][1]["news"] = news;
    object["shots"][1]["transition"]["news"] = news;
    object["assets"][0]["news"] = news;
    object["sound_tracks"][0]["news"] = news;
    object["sound_tracks"][0]["clips"][0]["news"] = news;
    object["shots"][1]["settings"]["news"] = news;
    object["shots"][1]["takes"][0]["news"] = news;
    object["shots"][1]["takes"][0]["recipe"]["news"] = news;
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK(to_json(parsed->project) == object);
    CHECK(parsed->project.shots[1]->takes[0].recipe.has_value());
    const auto again = reparsed(to_json(parsed->project));
    REQUIRE(again);
    CHECK(again->project == parsed->project);
}

TEST_CASE("a recipe this Kinora can't read is kept as it is")
{
    json object = to_json(rich_project());
    const json strange = {{"format", 99}, {"model", {{"kind", "future"}}}};
    object["shots"][0]["takes"][0]["recipe"] = strange;
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK_FALSE(parsed->project.shots[0]->takes[0].recipe);
    CHECK(to_json(parsed->project)["shots"][0]["takes"][0]["recipe"] == strange);
}

TEST_CASE("a newer format is told from the own one")
{
    json object = to_json(sample_project());
    object["format"] = k_project_format + 1;
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK(parsed->format == k_project_format + 1);
}

TEST_CASE("a file of the first format, without kinds and sounds, opens")
{
    json object = to_json(sample_project());
    object["format"] = 1;
    object.erase("assets");
    object.erase("sound_tracks");
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK(parsed->repairs.empty());
    CHECK(parsed->project == sample_project());
}

TEST_CASE("kinds of a newer format are shown as far as they are understood")
{
    json object = to_json(sample_project());
    object["format"] = k_project_format + 1;
    object["shots"][0]["kind"] = "hologram";
    object["shots"][1]["transition"] = {{"kind", "star_wipe"}, {"frames", 12}, {"points", 5}};
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK(parsed->project.shots[0]->kind == ShotKind::generated);
    CHECK(parsed->project.shots[1]->transition.kind == TransitionKind::cut);
    CHECK(check_invariants(parsed->project).empty());
}

TEST_CASE("sounds and assets that break a rule are mended and said")
{
    Project project = sample_project();
    project.assets.emplace_back(sample_asset("song", AssetKind::audio));
    json object = to_json(project);
    const auto clip = [](const char* id, const char* asset, int start, int first, int end) {
        return json{{"id", id}, {"asset", asset}, {"start", start}, {"source", {first, end}}, {"fade_in", 50}, {"x", 1}};
    };
    object["sound_tracks"] = {{{"id", "track"},
                               {"clips",
                                {clip("one", "song", 0, 0, 20'000), clip("two", "song", 5, 0, 480'000),
                                 clip("three", "nothing", 0, 0, 10), clip("four", "song", 900, 0, 480'001)}}}};
    object["shots"][0]["takes"][0]["asset"] = "gone";
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK(check_invariants(parsed->project).empty());
    CHECK(parsed->repairs.size() == 5);
    const auto& clips = parsed->project.sound_tracks[0]->clips;
    REQUIRE(clips.size() == 2);
    CHECK(clips[0].fade_in == 10);
    CHECK(clips[1].start == 10);
    CHECK(to_json(parsed->project)["sound_tracks"][0]["clips"][1]["x"] == 1);
}

TEST_CASE("a wrong value is refused and its key is named")
{
    const std::vector<std::pair<std::string, json>> wrongs = {{"/format", nullptr},
                                                              {"/format", 0},
                                                              {"/id", "../x"},
                                                              {"/id", 5},
                                                              {"/rate", "0/1"},
                                                              {"/rate", 24},
                                                              {"/width", 1e9},
                                                              {"/width", -4},
                                                              {"/name", json::array()},
                                                              {"/shots", json::object()},
                                                              {"/shots/0", 1},
                                                              {"/shots/1/id", "a"},
                                                              {"/shots/1/id", ""},
                                                              {"/shots/1/prompt", 1},
                                                              {"/shots/1/range", {1}},
                                                              {"/shots/1/range", {0.5, 2}},
                                                              {"/shots/1/settings/steps", "many"},
                                                              {"/shots/1/settings/seed", -1},
                                                              {"/shots/1/settings/references", {{{"file", "/etc/passwd"}}}},
                                                              {"/shots/1/takes/0/clip", "../../etc/passwd"},
                                                              {"/shots/1/takes/0/clip", "/etc/passwd"},
                                                              {"/shots/1/takes/0/latents", "takes/../../x"},
                                                              {"/shots/1/takes/0/frames", 0},
                                                              {"/shots/1/takes/0/frames", 1e18},
                                                              {"/shots/1/takes/0/rate", "1/0"},
                                                              {"/shots/1/takes/0/id", "a/b"},
                                                              {"/shots/1/takes/0/asset", "../x"},
                                                              {"/shots/1/transition", 5},
                                                              {"/shots/1/transition/frames", -1},
                                                              {"/assets/0/file", "../x.mov"},
                                                              {"/assets/0/sha256", "abc"},
                                                              {"/assets/0/samples", -1},
                                                              {"/sound_tracks/0/gain_db", 1000},
                                                              {"/sound_tracks/0/clips/0/start", -1},
                                                              {"/sound_tracks/0/clips/0/source", {0}},
                                                              {"/shots/1/takes/1/id", "b-take"},
                                                              {"/shots/1/takes/0/starred", "yes"},
                                                              {"/markers/0/frame", -1},
                                                              {"/markers/1/id", "m1"},
                                                              {"/settings/variables", {{"hero", 1}}},
                                                              {"/settings/export_range", "all"}};
    for (const auto& [where, value] : wrongs) {
        json object = to_json(rich_project());
        object[json::json_pointer(where)] = value;
        const auto parsed = reparsed(object);
        INFO(where << " = " << value);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().kind == ErrorKind::corrupt);
        const std::string key = where.substr(where.rfind('/') + 1);
        const bool numbered = key.find_first_not_of("0123456789") == std::string::npos;
        const std::string named = where.find("references") != std::string::npos ? "file"
                                  : numbered                                    ? "shots[" + key + "]"
                                                                                : key;
        CHECK(parsed.error().message.find(named) != std::string::npos);
    }
}

TEST_CASE("a range outside the media and a missing selected take are mended and said")
{
    json object = to_json(sample_project());
    object["shots"][0]["range"] = {-5, 500};
    object["shots"][1]["range"] = {40, 50};
    object["shots"][2]["selected_take"] = "gone";
    const auto parsed = reparsed(object);
    REQUIRE(parsed);
    CHECK(parsed->repairs.size() == 3);
    CHECK(parsed->project.shots[0]->range == FrameRange{0, 33});
    CHECK(parsed->project.shots[1]->range == FrameRange{0, 33});
    CHECK(parsed->project.shots[2]->selected_take == "c-take");
    CHECK(check_invariants(parsed->project).empty());
}

TEST_CASE("every truncation of a project's text is an error, never a crash")
{
    const std::string text = json_text(to_json(rich_project()), 1);
    for (std::size_t length = 0; length < text.size(); length += 3) {
        const auto object = parse_json(std::string_view(text).substr(0, length), "The project");
        REQUIRE_FALSE(object);
        CHECK(object.error().kind == ErrorKind::corrupt);
    }
}

TEST_CASE("every key of a project may be missing or of another type without a crash")
{
    const json object = to_json(rich_project());
    const json flat = object.flatten();
    for (const auto& [where, value] : flat.items()) {
        for (const json& wrong :
             {json(nullptr), json(-1), json(1e300), json("x"), json::array({1}), json::object({{"a", 1}})}) {
            json changed = object;
            changed[json::json_pointer(where)] = wrong;
            const auto parsed = reparsed(changed);
            if (parsed) CHECK(check_invariants(parsed->project).empty());
        }
    }
}

TEST_CASE("JSON nested without end is refused before it is built")
{
    const std::string deep = std::string(2'000'000, '[');
    const auto parsed = parse_json(deep, "The project /x/project.json");
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message.find("/x/project.json") != std::string::npos);
    CHECK(parse_json("{\"text\": \"[[[[ \\\" [[[[\"}", "x"));
}

TEST_CASE("text that isn't UTF-8 doesn't keep a project from being saved")
{
    Project project = sample_project(1);
    project.name = "caf\xE9";
    const std::string text = json_text(to_json(project));
    const auto object = parse_json(text, "x");
    REQUIRE(object);
    CHECK(project_from_json(*object));
}

TEST_CASE("one shot goes over the clipboard with its takes")
{
    const Shot shot = *rich_project().shots[1];
    const auto back = shot_from_json(json::parse(to_json(shot).dump()));
    REQUIRE(back);
    CHECK(*back == shot);
    CHECK_FALSE(shot_from_json(json("shot")));
}

TEST_CASE("paths that could leave the folder are told")
{
    for (const char* good : {"a", "takes/x/clip.mp4", "media/ä b.png", "..a/b..", "a..b"})
        CHECK(is_safe_relative_path(good));
    for (const char* bad : {"", "/", "/a", "..", "../a", "a/../b", "a//b", "a/", "./a", "a/.", "a\\b", "C:\\x"})
        CHECK_FALSE(is_safe_relative_path(bad));
    CHECK_FALSE(is_safe_relative_path(std::string_view("a\0b", 3)));
}
