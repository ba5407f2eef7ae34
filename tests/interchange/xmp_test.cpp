#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/file.h"
#include "core/generation/recipe_json.h"
#include "core/provenance/disclosure.h"
#include "core/provenance/xmp.h"
#include "core/provenance/xmp_files.h"
#include "tests/interchange/provenance_fixtures.h"
#include "tests/interchange/random_storyboard.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::core;
using namespace kinora::tests;

namespace {

struct Kind {
    const char* name;
    std::string bytes;
};

std::vector<Kind> kinds()
{
    return {{"a.png", small_png()},         {"a.tif", small_tiff(false)},  {"b.tif", small_tiff(true)},
            {"a.webp", small_webp()},       {"a.gif", small_gif()},        {"a.exr", small_exr()},
            {"a.mp4", small_boxes("isom")}, {"a.mov", small_boxes("qt  ")}};
}

std::span<const std::byte> bytes_of(const std::string& text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

Recipe told()
{
    Recipe recipe = some_recipe("a <boat> & \"the sea\"\nat night, für Elise 海", 12345);
    recipe.loras.push_back({"/home/artist/secret/ink.safetensors", 0.5F, {}});
    recipe.references.push_back({0, "/home/artist/secret/first.png", std::string(64, 'b')});
    return recipe;
}

}  // namespace

TEST_CASE("A recipe in XMP comes back from every kind of file that holds XMP")
{
    const ScratchFolder folder;
    const Recipe recipe = disclosed_recipe(told());
    const std::string packet = make_xmp({{recipe}, SourceType::generated, "Film & more"});
    for (const Kind& kind : kinds()) {
        CAPTURE(kind.name);
        REQUIRE_FALSE(kind.bytes.empty());
        CHECK(can_hold_xmp(bytes_of(kind.bytes)));
        CHECK(find_xmp(bytes_of(kind.bytes)).error().kind == ErrorKind::not_found);
        const auto file = folder / kind.name;
        REQUIRE(write_file(file, kind.bytes));
        const auto embedded = embed_xmp(file, packet);
        REQUIRE(embedded);
        const auto now = read_file(file);
        const auto found = find_xmp(bytes_of(*now));
        REQUIRE(found);
        CHECK(*found == packet);
        const auto text = recipe_in_xmp(*found);
        REQUIRE(text);
        const auto recipes = recipes_from_text(*text, "it");
        REQUIRE(recipes);
        CHECK(*recipes == std::vector<Recipe>{recipe});
    }
}

TEST_CASE("exiftool reads the IPTC fields from every kind of file")
{
    if (output_of("exiftool", {"-ver"}).empty()) {
        WARN("skipped: exiftool isn't installed");
        return;
    }
    const ScratchFolder folder;
    const std::string packet = make_xmp({{disclosed_recipe(told())}, SourceType::generated, "Film & more"});
    for (const Kind& kind : kinds()) {
        // exiftool 12.57 shows an EXR's packet as one text.
        if (std::string(kind.name) == "a.exr") continue;
        const auto file = folder / kind.name;
        REQUIRE(write_file(file, kind.bytes));
        REQUIRE(embed_xmp(file, packet));
        const auto json = nlohmann::json::parse(output_of("exiftool", {"-j", "-XMP:all", file.string()}), nullptr, false);
        CAPTURE(kind.name, json.dump(1));
        REQUIRE(json.is_array());
        CHECK(json[0].value("DigitalSourceType", "").find("trainedAlgorithmicMedia") != std::string::npos);
        CHECK(json[0].value("AISystemUsed", "") == "starter");
        CHECK(json[0].value("AISystemVersionUsed", "") == std::string(64, 'a'));
        CHECK(json[0].value("AIPromptInformation", "").find("a <boat> & \"the sea\"") == 0);
        CHECK(json[0].value("CreatorTool", "").find("Kinora") == 0);
        CHECK(json[0].value("Title", "") == "Film & more");
        CHECK(output_of("exiftool", {"-s3", "-Error", file.string()}).empty());
    }
}

TEST_CASE("An EXR with XMP is still the same picture to exiftool, and shows the packet")
{
    if (output_of("exiftool", {"-ver"}).empty()) {
        WARN("skipped: exiftool isn't installed");
        return;
    }
    const ScratchFolder folder;
    REQUIRE(write_file(folder / "a.exr", small_exr()));
    const std::string packet = make_xmp({{disclosed_recipe(told())}, SourceType::generated, "Film"});
    REQUIRE(embed_xmp(folder / "a.exr", packet));
    const std::string file = (folder / "a.exr").string();
    CHECK(output_of("exiftool", {"-s3", "-DataWindow", file}) == "0 0 1 0\n");
    CHECK(output_of("exiftool", {"-b", "-Xmp", file}).find("trainedAlgorithmicMedia") != std::string::npos);
    CHECK(output_of("exiftool", {"-s3", "-Warning", file}).empty());
    // Tiled, deep and multi-part files are left alone.
    std::string tiled = small_exr();
    tiled[5] = 2;
    REQUIRE(write_file(folder / "tiled.exr", tiled));
    CHECK(embed_xmp(folder / "tiled.exr", packet).error().kind == ErrorKind::unsupported);
}

TEST_CASE("What is disclosed names no folder, and the list tells all of it before")
{
    const std::string text = disclosed_json({told(), told()});
    CHECK(text.find("secret") == std::string::npos);
    CHECK(text.find("ink.safetensors") != std::string::npos);
    CHECK(recipes_from_text(text, "it")->size() == 1);
    const auto items = what_is_disclosed({told(), some_recipe("another", 7)});
    const auto has = [&](const char* label, const std::string& value) {
        return std::find(items.begin(), items.end(), DisclosedItem{label, value}) != items.end();
    };
    CHECK(has("Prompt", "another"));
    CHECK(has("Seed", "12345"));
    CHECK(has("LoRA", "ink.safetensors at 0.5"));
    CHECK(has("Picture used", "sha256:" + std::string(64, 'b')));
    CHECK(recipes_from_text(disclosed_json({told(), some_recipe("another", 7)}), "it")->size() == 2);
}

TEST_CASE("A packet that another program rewrote as an attribute still gives its recipe")
{
    const std::string json = R"({"a": "<&>"})";
    CHECK(*recipe_in_xmp("<rdf:Description kinora:recipe=\"{&quot;a&quot;: &#34;&lt;&amp;&#x3E;&quot;}\"/>") == json);
    CHECK(*recipe_in_xmp("<rdf:Description kinora:recipe='{\"a\": \"&lt;&amp;>\"}'/>") == json);
    CHECK_FALSE(recipe_in_xmp("<rdf:Description/>"));
    CHECK_FALSE(recipe_in_xmp("kinora:recipe>"));
    CHECK_FALSE(recipe_in_xmp("kinora:recipe=\""));
}

TEST_CASE("Damaged files give an error or a packet, never more")
{
    std::mt19937 random(7);
    const std::string packet = make_xmp({{disclosed_recipe(told())}, SourceType::generated, {}});
    const ScratchFolder folder;
    for (const Kind& kind : kinds()) {
        const auto file = folder / kind.name;
        REQUIRE(write_file(file, kind.bytes));
        REQUIRE(embed_xmp(file, packet));
        const std::string whole = *read_file(file);
        for (int i = 0; i < 400; ++i) {
            std::string damaged = whole.substr(0, i % 2 == 0 ? whole.size() : random() % whole.size());
            for (int k = 0; k < 4 && !damaged.empty(); ++k)
                damaged[random() % std::min<std::size_t>(damaged.size(), 120)] = static_cast<char>(random());
            const auto found = find_xmp(bytes_of(damaged));
            if (found) CHECK(found->size() <= damaged.size());
        }
        for (std::size_t cut : {0U, 5U, 13U, 18U}) {
            REQUIRE(write_file(file, kind.bytes.substr(0, cut)));
            CHECK_FALSE(embed_xmp(file, packet));
        }
    }
}
