#include "core/models/torch_archive.h"

#include <catch2/catch.hpp>

#include "tests/core/models/torch_fixture.h"

using namespace kinora::core;
using kinora::tests::stored_zip;
using kinora::tests::tensor_pickle_of;

namespace {

Result<std::vector<TorchTensor>> parse(const std::string& archive)
{
    return parse_torch_archive(std::as_bytes(std::span(archive.data(), archive.size())), "x.pth");
}

std::string archive_with(const std::string& pickle, const std::string& data)
{
    return stored_zip({{"archive/data.pkl", pickle}, {"archive/byteorder", "little"}, {"archive/data/0", data}});
}

bool says(const Error& error, const std::string& words)
{
    CAPTURE(error.message);
    return error.message.find(words) != std::string::npos && error.message.find("x.pth") != std::string::npos;
}

}  // namespace

TEST_CASE("a tensor of a PyTorch archive is found by its name, type and place")
{
    const auto archive =
        archive_with(tensor_pickle_of("encoder.weight", "FloatStorage", 2, {2, 3}, {3, 1}), std::string(32, 'x'));
    const auto tensors = parse(archive);
    REQUIRE(tensors);
    REQUIRE(tensors->size() == 1);
    const TorchTensor& tensor = tensors->front();
    CHECK(tensor.name == "encoder.weight");
    CHECK(tensor.type == "F32");
    CHECK(tensor.shape == std::vector<std::int64_t>{2, 3});
    CHECK(tensor.end - tensor.begin == 24);
    CHECK(archive.substr(tensor.begin, 24) == std::string(24, 'x'));
}

TEST_CASE("a transposed tensor keeps its strides")
{
    const auto tensors =
        parse(archive_with(tensor_pickle_of("a", "BFloat16Storage", 0, {3, 2}, {1, 3}), std::string(12, 'x')));
    REQUIRE(tensors);
    CHECK(tensors->front().strides == std::vector<std::int64_t>{1, 3});
    CHECK(tensors->front().end - tensors->front().begin == 12);
}

TEST_CASE("tensors that reach out of their storage, or claim more than is there, are refused")
{
    for (const auto& pickle :
         {tensor_pickle_of("a", "FloatStorage", 0, {9}, {1}), tensor_pickle_of("a", "FloatStorage", 8, {1}, {1}),
          tensor_pickle_of("a", "FloatStorage", 0, {2}, {8}), tensor_pickle_of("a", "FloatStorage", 0, {1000000}, {0}),
          tensor_pickle_of("a", "FloatStorage", 0, {65536, 65536}, {65536, 65536}),
          tensor_pickle_of("a", "FloatStorage", 0, {-1}, {1}), tensor_pickle_of("a", "FloatStorage", -1, {1}, {1})}) {
        const auto tensors = parse(archive_with(pickle, std::string(32, 'x')));
        REQUIRE_FALSE(tensors);
        CHECK(says(tensors.error(), "tensor \"a\""));
    }
}

TEST_CASE("a pickle that asks for anything but tensors is refused by the function's name, and nothing runs")
{
    const std::string pickle = std::string("\x80\x02") + "cposix\nsystem\n" + std::string("X\x04\0\0\0true\x85R.", 11);
    const auto tensors = parse(archive_with(pickle, ""));
    REQUIRE_FALSE(tensors);
    CHECK(tensors.error().kind == ErrorKind::unsupported);
    CHECK(says(tensors.error(), "\"posix.system\""));
}

TEST_CASE("a compressed archive and one of before PyTorch 1.6 are refused with the way out")
{
    auto archive = archive_with(tensor_pickle_of("a", "FloatStorage", 0, {1}, {1}), "xxxx");
    const auto compressed = stored_zip({{"archive/data.pkl", "x"}}, 8);
    REQUIRE_FALSE(parse(compressed));
    CHECK(says(parse(compressed).error(), "compressed"));
    const std::string legacy("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    REQUIRE_FALSE(parse(legacy));
    CHECK(says(parse(legacy).error(), "safetensors"));
}

TEST_CASE("no truncation of a PyTorch archive is taken, and none crashes")
{
    const auto archive = archive_with(tensor_pickle_of("a", "FloatStorage", 0, {2}, {1}), "12345678");
    REQUIRE(parse(archive));
    for (std::size_t length = 0; length < archive.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(parse(archive.substr(0, length)));
    }
}

TEST_CASE("no single changed byte of a PyTorch archive crashes its reader")
{
    const auto archive = archive_with(tensor_pickle_of("a", "FloatStorage", 0, {2}, {1}), "12345678");
    for (std::size_t place = 0; place < archive.size(); ++place) {
        for (const int value : {0, 0x7F, 0x80, 0xFF, 0x28, 0x2E, 0x52, 0x68, 0x65, 0x75}) {
            auto changed = archive;
            changed[place] = static_cast<char>(value);
            const auto tensors = parse(changed);
            if (tensors)
                for (const auto& tensor : *tensors)
                    CHECK(tensor.end <= changed.size());
        }
    }
}

TEST_CASE("a pickle whose mark hangs above its stack is refused")
{
    // Found by fuzzing: a list, a value, a mark, an append across it, and a tuple down to the mark.
    const auto tensors = parse(archive_with(std::string("\x80\x02]N(at.", 8), std::string(4, 'x')));
    REQUIRE_FALSE(tensors);
    CHECK(says(tensors.error(), "x.pth"));
}
