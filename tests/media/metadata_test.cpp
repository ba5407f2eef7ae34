#include <catch2/catch.hpp>

#include "core/export/clip_export.h"
#include "core/media/probe.h"
#include "core/media/recipe_metadata.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

ExportTarget with_recipe(const fs::path& file, const std::string& preset, const std::string& recipe)
{
    ExportTarget target;
    target.file = file;
    target.preset = preset;
    target.recipe_json = recipe;
    return target;
}

}  // namespace

TEST_CASE("The recipe comes back to the byte from every preset")
{
    const TemporaryFolder folder;
    std::string prompt;
    for (int i = 0; i < 400; ++i)
        prompt += "a red balloon over hills, ein Fuchs im Schnee, 赤い風船 🎈; ";
    const std::string recipe = R"({"format":1,"prompt":")" + prompt + R"(","seed":18446744073709551615,"x":"a=b;c#d\\e\n"})";
    for (const Preset& preset : presets()) {
        if (!keeps_metadata(preset.encoder) || preset.extension == "mxf") continue;
        const fs::path file = folder / (preset.id + "." + preset.extension);
        REQUIRE(problem_of(export_frames(numbered_clip(3, 256, 128), with_recipe(file, preset.id, recipe))) == "");
        const auto read = read_embedded_recipe(file);
        INFO(preset.id);
        REQUIRE(problem_of(read) == "");
        CHECK(*read == recipe);
        CHECK(probe(file)->metadata.at(preset.extension == "webm" ? "COMMENT" : "comment") == prompt);
    }
}

TEST_CASE("MXF holds a recipe of usual length; a picture sequence has it in its first picture and beside them")
{
    const TemporaryFolder folder;
    const std::string recipe = R"({"format":1,"prompt":"ein Fuchs im Schnee, 赤い風船 🎈","seed":7})";
    core::FrameSequence clip = numbered_clip(3, 256, 128, core::FrameRate(24));
    REQUIRE(problem_of(export_frames(clip, with_recipe(folder / "a.mxf", "dnxhr-sq-mxf", recipe))) == "");
    const auto read = read_embedded_recipe(folder / "a.mxf");
    REQUIRE(problem_of(read) == "");
    CHECK(*read == recipe);
    REQUIRE(problem_of(export_frames(clip, with_recipe(folder / "pictures", "png16", recipe))) == "");
    CHECK(bytes_of(folder / "pictures" / "recipe.json") == recipe + "\n");
    CHECK(bytes_of(folder / "pictures" / "pictures.0001.png").find(recipe) != std::string::npos);
    CHECK(bytes_of(folder / "pictures" / "pictures.0002.png").find(recipe) == std::string::npos);
    // Too long for MXF: the master is made, without.
    const std::string longer = R"({"prompt":")" + std::string(40'000, 'x') + "\"}";
    REQUIRE(problem_of(export_frames(clip, with_recipe(folder / "b.mxf", "dnxhr-sq-mxf", longer))) == "");
    CHECK(read_embedded_recipe(folder / "b.mxf").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("A master tells what it was made from")
{
    const TemporaryFolder folder;
    ExportTarget target;
    target.file = folder / "a.mov";
    REQUIRE(problem_of(export_frames(numbered_clip(3), target)) == "");
    CHECK(probe(target.file)->metadata.at(k_origin_key) == "float frames");
    const auto source = FileSource::open(target.file);
    REQUIRE(problem_of(source) == "");
    ClipExport again;
    again.source = source->get();
    again.target.file = folder / "b.webm";
    again.target.preset = "vp9-webm";
    REQUIRE(problem_of(export_clip(again)) == "");
    CHECK(probe(again.target.file)->metadata.at("KINORA_MADE_FROM") == "imported media");
}

TEST_CASE("Nothing is disclosed unless it is wanted")
{
    const TemporaryFolder folder;
    const std::string recipe = R"({"prompt":"a secret garden"})";
    ExportTarget target = with_recipe(folder / "a.mp4", "take", recipe);
    target.disclosure = Disclosure::none;
    REQUIRE(problem_of(export_frames(numbered_clip(3), target)) == "");
    CHECK(bytes_of(folder / "a.mp4").find("secret") == std::string::npos);
    CHECK(folder.names() == std::vector<std::string>{"a.mp4"});
    CHECK(read_embedded_recipe(folder / "a.mp4").error().kind == core::ErrorKind::not_found);

    target.disclosure = Disclosure::embed_and_sidecar;
    target.overwrite = OverwritePolicy::replace;
    REQUIRE(problem_of(export_frames(numbered_clip(3), target)) == "");
    CHECK(folder.names() == std::vector<std::string>{"a.json", "a.mp4"});
    CHECK(bytes_of(folder / "a.json") == recipe + "\n");
}

TEST_CASE("A recipe that isn't JSON is still carried, without a comment")
{
    const TemporaryFolder folder;
    REQUIRE(problem_of(export_frames(numbered_clip(3), with_recipe(folder / "a.mp4", "take", "{ no json"))) == "");
    CHECK(*read_embedded_recipe(folder / "a.mp4") == "{ no json");
    CHECK(probe(folder / "a.mp4")->metadata.count("comment") == 0);
}

TEST_CASE("Files without a recipe and files that are no media say so")
{
    const TemporaryFolder folder;
    write_bytes(folder / "text.mp4", "no film");
    CHECK(read_embedded_recipe(folder / "text.mp4").error().kind == core::ErrorKind::corrupt);
    CHECK(read_embedded_recipe(folder / "none.mp4").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("The sidecar of a file with the longest possible name has a possible name")
{
    const std::string name = sidecar_of("/films/" + std::string(249, 'x') + "ü.mov").filename().string();
    CHECK(name.size() <= 255);
    CHECK(name.ends_with(".json"));
    CHECK(sidecar_of("/films/a.b.mov") == fs::path("/films/a.b.json"));
}
