#include "core/models/model_folder.h"

#include <catch2/catch.hpp>

#include "core/base/text.h"
#include "tests/core/models/model_fixture.h"
#include "tests/goldens_path.h"
#include "tests/scratch_folder.h"

using namespace kinora::core;
using kinora::tests::ScratchFolder;
using kinora::tests::write_tiny_model;

TEST_CASE("a whole model tells its parts, sizes, licence and card")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "tiny");
    const auto model = inspect_model_folder(scratch / "tiny");
    REQUIRE(model);
    CHECK(model->pipeline == "WanPipeline");
    CHECK(model->name == "Tiny film");
    CHECK(model->card.license == "apache-2.0");
    CHECK(model->card.text.find("Trained on nothing.") != std::string::npos);
    REQUIRE(model->parts.size() == 5);
    REQUIRE(model->part("transformer") != nullptr);
    CHECK(model->part("transformer")->class_name == "WanTransformer3DModel");
    CHECK(model->part("transformer")->parameters == 2);
    CHECK(model->part("transformer")->types == std::vector<std::string>{"F32"});
    CHECK(model->part("transformer")->weight_files.size() == 1);
    CHECK(model->part("scheduler")->weight_files.empty());
    CHECK(model->part("transformer_2") == nullptr);
    CHECK(model->parameters() == 6);
    CHECK(model->bytes() > 3 * kinora::tests::tiny_safetensors().size());
}

TEST_CASE("half a model is one sentence that names all that is missing")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "tiny");
    std::filesystem::remove_all(scratch / "tiny" / "vae");
    std::filesystem::remove(scratch / "tiny" / "transformer" / "diffusion_pytorch_model.safetensors");
    std::filesystem::remove(scratch / "tiny" / "tokenizer" / "spiece.model");
    const auto model = inspect_model_folder(scratch / "tiny");
    REQUIRE_FALSE(model);
    CHECK(model.error().kind == ErrorKind::not_found);
    CHECK(model.error().message == in_quotes((scratch / "tiny").string()) +
                                       " is only half a model: tokenizer/spiece.model, transformer/*.safetensors and vae/ "
                                       "are missing. Download it again.");
}

TEST_CASE("a cut-off weights file is found before anything is loaded")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "tiny");
    const auto file = scratch / "tiny" / "vae" / "diffusion_pytorch_model.safetensors";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    const auto model = inspect_model_folder(scratch / "tiny");
    REQUIRE_FALSE(model);
    CHECK(model.error().kind == ErrorKind::corrupt);
    CHECK(model.error().message.find(file.string()) != std::string::npos);
}

TEST_CASE("a folder that is no model says what makes one")
{
    const ScratchFolder scratch;
    CHECK_FALSE(looks_like_model_folder(scratch.path()));
    const auto empty = inspect_model_folder(scratch.path());
    REQUIRE_FALSE(empty);
    CHECK(empty.error().message.find("model_index.json is missing") != std::string::npos);
    CHECK(inspect_model_folder(scratch / "none").error().kind == ErrorKind::not_found);
}

TEST_CASE("an index can't name parts outside of its folder")
{
    const ScratchFolder scratch;
    for (const char* name : {"../x", "..", "a/b", ".hidden"}) {
        CAPTURE(name);
        REQUIRE(write_file(scratch / "model_index.json", std::string("{\"") + name + R"(":["diffusers","X"]})"));
        CHECK(inspect_model_folder(scratch.path()).error().kind == ErrorKind::corrupt);
    }
    REQUIRE(write_file(scratch / "model_index.json", "{}"));
    CHECK(inspect_model_folder(scratch.path()).error().kind == ErrorKind::corrupt);
    REQUIRE(write_file(scratch / "model_index.json", "{"));
    CHECK(inspect_model_folder(scratch.path()).error().kind == ErrorKind::corrupt);
}

TEST_CASE("a card without front matter, or with another licence's name, is read")
{
    CHECK(parse_model_card("# A\ntext").title == "A");
    CHECK(parse_model_card("text only").title.empty());
    CHECK(parse_model_card("---\nlicense: other\nlicense_name: \"own-1.0\"\n---\n# B").license == "own-1.0");
    CHECK(parse_model_card("---\nlicense: mit").license == "mit");
    CHECK(parse_model_card("").text.empty());
}

TEST_CASE("every pipeline of the fixtures is a whole model", "[parity]")
{
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kinora::tests::goldens_dir() / "pipelines")) {
        CAPTURE(entry.path().string());
        const auto model = inspect_model_folder(entry.path() / "model");
        if (!model) FAIL(model.error().message);
        CHECK(model->part("transformer")->parameters > 0);
        ++seen;
    }
    CHECK(seen > 0);
}
