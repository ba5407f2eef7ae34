#include "inference/text/tokenizer.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/file.h"
#include "inference/text/prompt_cleaning.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using inference::Tokenizer;

namespace {

std::filesystem::path folder()
{
    return tests::goldens_dir() / "tokenizer";
}

nlohmann::json prompts()
{
    std::ifstream stream(folder() / "prompts.json");
    return nlohmann::json::parse(stream);
}

Tokenizer load()
{
    auto tokenizer = Tokenizer::load(folder() / "tokenizer");
    REQUIRE(tokenizer);
    return *std::move(tokenizer);
}

std::string named(std::string name, int length)
{
    return name.append(std::to_string(length));
}

/// A minimal model file: pieces as (text, score, kind).
struct TinyPiece {
    std::string text;
    float score;
    char kind;
};

std::string model_of(const std::vector<TinyPiece>& pieces)
{
    std::string file;
    for (const auto& piece : pieces) {
        std::string body = "\x0a";
        body += static_cast<char>(piece.text.size());
        body += piece.text;
        body += '\x15';
        body.append(reinterpret_cast<const char*>(&piece.score), 4);
        body += '\x18';
        body += piece.kind;
        file += '\x0a';
        file += static_cast<char>(body.size());
        file += body;
    }
    return file;
}

}  // namespace

TEST_CASE("every prompt is cleaned as the reference cleans it", "[parity]")
{
    int compared = 0;
    const auto expected = prompts();
    for (const auto& row : expected.at("prompts")) {
        CAPTURE(row.at("name").get<std::string>());
        CHECK(inference::clean_prompt(row.at("prompt").get<std::string>()) == row.at("cleaned").get<std::string>());
        ++compared;
    }
    CHECK(compared > 0);
}

TEST_CASE("every prompt gives the reference pipelines' tokens", "[parity]")
{
    const Tokenizer tokenizer = load();
    const auto expected = prompts();
    CHECK(tokenizer.vocabulary_size() == expected.at("vocab_size").get<int>());
    CHECK(tokenizer.pad_id() == expected.at("pad").get<int>());
    CHECK(tokenizer.eos_id() == expected.at("eos").get<int>());
    CHECK(tokenizer.unknown_id() == expected.at("unk").get<int>());
    int compared = 0;
    for (const auto& row : expected.at("prompts")) {
        CAPTURE(row.at("name").get<std::string>());
        const auto ids = tokenizer.encode(inference::clean_prompt(row.at("prompt").get<std::string>()));
        CHECK(ids == row.at("ids").get<std::vector<int>>());
        ++compared;
    }
    CHECK(compared > 0);
}

TEST_CASE("tokens are cut and padded as the reference does", "[parity]")
{
    const Tokenizer tokenizer = load();
    const auto expected = prompts();
    const auto loaded = inference::load_safetensors(folder() / "ids.safetensors");
    REQUIRE(loaded);
    tests::Comparison file("tokenizer/ids.safetensors", loaded->tensors());
    for (const auto& item : expected.at("max_lengths")) {
        const int length = item.get<int>();
        std::vector<at::Tensor> ids;
        std::vector<at::Tensor> masks;
        for (const auto& row : expected.at("prompts")) {
            const auto tokens = tokenizer.encode_padded(row.at("cleaned").get<std::string>(), length);
            ids.push_back(at::tensor(tokens.ids));
            masks.push_back(at::tensor(tokens.mask));
        }
        file.expect_close(named("input_ids.", length), at::stack(ids), 0.0);
        file.expect_close(named("attention_mask.", length), at::stack(masks), 0.0);
    }
    file.finish();
}

TEST_CASE("a tokenizer without the NFKC table keeps characters as they are", "[parity]")
{
    const auto tokenizer = Tokenizer::load(folder() / "tokenizer_small");
    REQUIRE(tokenizer);
    CHECK(tokenizer->max_length() == 512);
    CHECK(tokenizer->encode("a cat").size() > 1);
    CHECK(tokenizer->encode("").size() == 1);
}

TEST_CASE("the most probable pieces win, and unknown characters make one token")
{
    const auto tokenizer = Tokenizer::from_model(
        model_of({{"<unk>", 0, 2}, {"\u2581", -3, 1}, {"a", -2, 1}, {"b", -2, 1}, {"ab", -3, 1}, {"\u2581a", -2, 1}}),
        "x.model");
    REQUIRE(tokenizer);
    CHECK(tokenizer->encode("bab") == std::vector<int>{1, 3, 4});
    CHECK(tokenizer->encode("bxyzb") == std::vector<int>{1, 3, 0, 3});
    CHECK(tokenizer->encode("x x") == std::vector<int>{1, 0, 1, 0});
    CHECK(tokenizer->encode("<unk>") == std::vector<int>{0});
}

TEST_CASE("the configuration names the padded length, and an impossible one is refused")
{
    const tests::ScratchFolder scratch;
    const std::string model = model_of({{"<unk>", 0, 2}, {"a", -2, 1}});
    REQUIRE(core::write_file(scratch / "spiece.model", model));
    REQUIRE(core::write_file(scratch / "tokenizer_config.json", R"({"model_max_length": 40})"));
    CHECK(Tokenizer::load(scratch.path())->max_length() == 40);
    REQUIRE(core::write_file(scratch / "tokenizer_config.json", R"({"model_max_length": 1000000000000000019884624838656})"));
    CHECK(Tokenizer::load(scratch.path())->max_length() == 512);
    REQUIRE(core::write_file(scratch / "tokenizer_config.json", R"({"model_max_length": -1})"));
    const auto refused = Tokenizer::load(scratch.path());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("tokenizer_config.json") != std::string::npos);
}

TEST_CASE("a folder without a tokenizer says what is missing")
{
    const tests::ScratchFolder scratch;
    const auto missing = Tokenizer::load(scratch.path());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    CHECK(missing.error().message.find("spiece.model") != std::string::npos);
}

TEST_CASE("a model file cut off anywhere is refused or still makes sense")
{
    const auto whole = core::read_file(folder() / "tokenizer_small" / "spiece.model");
    REQUIRE(whole);
    int refused = 0;
    for (std::size_t length = 0; length < whole->size(); length += 7) {
        const auto tokenizer = Tokenizer::from_model(std::string_view(*whole).substr(0, length), "cut.model");
        if (!tokenizer) {
            CHECK(tokenizer.error().message.find("cut.model") != std::string::npos);
            ++refused;
        }
    }
    CHECK(refused > 100);
}

TEST_CASE("a damaged model file never does harm")
{
    const auto whole = core::read_file(folder() / "tokenizer" / "spiece.model");
    REQUIRE(whole);
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        std::string damaged = *whole;
        for (int i = 0; i < 40; ++i)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        const auto tokenizer = Tokenizer::from_model(damaged, "damaged.model");
        if (!tokenizer) continue;
        for (int id : tokenizer->encode("A caf\u00e9, \uff21 \u732b\u304c </s> e\u0301"))
            CHECK(id < tokenizer->vocabulary_size());
    }
}
