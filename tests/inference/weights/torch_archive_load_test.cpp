#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "core/base/file.h"
#include "core/models/weight_file.h"
#include "inference/text/sentencepiece_model.h"
#include "inference/text/tokenizer.h"
#include "inference/weights/weight_source.h"
#include "tests/core/models/torch_fixture.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using tests::little_endian;
using tests::pickled_entry;
using tests::ScratchFolder;
using tests::stored_zip;

TEST_CASE("tensors of a PyTorch archive are mapped with their strides, and views of one storage share it")
{
    const ScratchFolder folder;
    std::string numbers;
    for (int i = 0; i < 12; ++i)
        numbers.append(little_endian(static_cast<float>(i)));
    const std::string pickle = std::string("\x80\x02}(")
                                   .append(pickled_entry("plain", "FloatStorage", "0", 0, {3, 4}, {4, 1}))
                                   .append(pickled_entry("turned", "FloatStorage", "0", 0, {4, 3}, {1, 4}))
                                   .append(pickled_entry("late", "FloatStorage", "0", 5, {2}, {1}))
                                   .append("u.");
    REQUIRE(core::write_file(folder / "x.pth",
                             std::string_view(stored_zip({{"archive/data.pkl", pickle}, {"archive/data/0", numbers}}))));
    const auto weights = inference::load_weight_file(folder / "x.pth");
    if (!weights) FAIL(weights.error().message);
    const auto expected = at::arange(12, at::TensorOptions().dtype(at::kFloat)).view({3, 4});
    CHECK(at::equal(weights->tensors().at("plain"), expected));
    CHECK(at::equal(weights->tensors().at("turned"), expected.t()));
    CHECK(at::equal(weights->tensors().at("late"), expected.flatten().narrow(0, 5, 2)));
}

TEST_CASE("the vocabulary of a GGUF file gives the ids of the SentencePiece model it was made from", "[parity]")
{
    const auto folder = tests::goldens_dir() / "tokenizer" / "tokenizer";
    const auto bytes = core::read_file(folder / "spiece.model");
    REQUIRE(bytes);
    const auto model = inference::parse_sentencepiece_model(*bytes, "spiece.model");
    REQUIRE(model);
    const auto text = [](const std::string& value) { return little_endian(std::uint64_t{value.size()}).append(value); };
    const auto array = [&](const std::string& key, std::uint32_t type, std::size_t count) {
        return text(key)
            .append(little_endian(std::uint32_t{9}))
            .append(little_endian(type))
            .append(little_endian(static_cast<std::uint64_t>(count)));
    };
    std::string pairs = text("tokenizer.ggml.model").append(little_endian(std::uint32_t{8})).append(text("t5"));
    const auto count = model->pieces.size();
    pairs.append(array("tokenizer.ggml.tokens", 8, count));
    for (const auto& piece : model->pieces)
        pairs.append(text(piece.text));
    pairs.append(array("tokenizer.ggml.scores", 6, count));
    for (const auto& piece : model->pieces)
        pairs.append(little_endian(piece.score));
    pairs.append(array("tokenizer.ggml.token_type", 5, count));
    for (const auto& piece : model->pieces)
        pairs.append(little_endian(static_cast<std::int32_t>(piece.kind)));
    pairs.append(array("tokenizer.ggml.precompiled_charsmap", 0, model->precompiled_charsmap.size()))
        .append(model->precompiled_charsmap);
    for (const auto& [key, id] : std::vector<std::pair<std::string, int>>{
             {"unknown_token_id", model->unknown_id}, {"eos_token_id", model->eos_id}, {"padding_token_id", model->pad_id}})
        pairs.append(text("tokenizer.ggml." + key))
            .append(little_endian(std::uint32_t{4}))
            .append(little_endian(static_cast<std::uint32_t>(id)));
    const std::string file = std::string("GGUF")
                                 .append(little_endian(std::uint32_t{3}))
                                 .append(little_endian(std::uint64_t{0}))
                                 .append(little_endian(std::uint64_t{8}))
                                 .append(pairs);
    const auto view = std::as_bytes(std::span(file.data(), file.size()));
    const auto header = core::parse_weight_file(view, "x.gguf");
    if (!header) FAIL(header.error().message);
    const auto made = inference::Tokenizer::from_model(core::embedded_tokenizer(view, *header), "x.gguf");
    const auto original = inference::Tokenizer::from_model(*bytes, "spiece.model");
    REQUIRE(original);
    if (!made) FAIL(made.error().message);
    for (const std::string prompt : {"a red balloon over hills", "Ein blauer Drachen, 42 Möwen!", "漢字 (full-width）", ""})
        CHECK(made->encode(prompt) == original->encode(prompt));
}
