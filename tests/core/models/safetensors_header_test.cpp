#include "core/models/safetensors_header.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/goldens_path.h"

using namespace kinora::core;

namespace {

/// A file: the header's length, the header, and so many bytes of data.
std::vector<std::byte> file_of(const std::string& header, std::size_t data)
{
    std::vector<std::byte> bytes(8 + header.size() + data);
    for (std::size_t i = 0; i < 8; ++i)
        bytes[i] = static_cast<std::byte>(header.size() >> (8 * i));
    for (std::size_t i = 0; i < header.size(); ++i)
        bytes[8 + i] = static_cast<std::byte>(header[i]);
    return bytes;
}

Result<SafetensorsHeader> parse(const std::string& header, std::size_t data)
{
    const auto bytes = file_of(header, data);
    return parse_safetensors_header(bytes, bytes.size(), "x.safetensors");
}

nlohmann::json list_of(const std::string& name)
{
    std::ifstream stream(kinora::tests::goldens_dir() / "hostile" / name);
    return nlohmann::json::parse(stream);
}

}  // namespace

TEST_CASE("a header's entries come in the order of their bytes, with metadata")
{
    const auto header = parse(R"({"__metadata__":{"format":"pt"},)"
                              R"("b":{"dtype":"BF16","shape":[2,3],"data_offsets":[4,16]},)"
                              R"("a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}  )",
                              16);
    REQUIRE(header);
    REQUIRE(header->entries.size() == 2);
    CHECK(header->entries[0].name == "a");
    CHECK(header->entries[0].shape.empty());
    CHECK(header->entries[1].name == "b");
    CHECK(header->entries[1].type == SafetensorsType::bf16);
    CHECK(header->entries[1].shape == std::vector<std::int64_t>{2, 3});
    CHECK(header->metadata.at("format") == "pt");
}

TEST_CASE("an empty header is a file without tensors")
{
    const auto header = parse("{}", 0);
    REQUIRE(header);
    CHECK(header->entries.empty());
    CHECK_FALSE(parse("{}", 1));
}

TEST_CASE("bytes after a zero byte don't hide from the JSON reader")
{
    CHECK_FALSE(parse(std::string("{}\0garbage", 10), 0));
}

TEST_CASE("unknown fields may hold anything that is JSON")
{
    const std::string entry = R"("dtype":"U8","shape":[1],"data_offsets":[0,1]})";
    CHECK(parse(R"({"a":{"more":{"x":[1,{"dtype":"F32"}],"y":null},)" + entry + "}", 1));
    CHECK(parse(R"({"a":{"more":-1.5,)" + entry + "}", 1));
}

TEST_CASE("an empty tensor between others is no overlap")
{
    CHECK(parse(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
                R"("z":{"dtype":"F32","shape":[0,4],"data_offsets":[2,2]},)"
                R"("b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}})",
                3));
}

TEST_CASE("packed types have to fill whole bytes")
{
    CHECK(parse(R"({"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}})", 1));
    CHECK_FALSE(parse(R"({"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", 1));
}

TEST_CASE("two empty tensors of one name are still a duplicate")
{
    CHECK_FALSE(parse(
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})", 0));
}

TEST_CASE("an error names the file and ends as a sentence")
{
    const auto header = parse(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8);
    REQUIRE_FALSE(header);
    CHECK(header.error().kind == ErrorKind::corrupt);
    CHECK(header.error().message ==
          "\"x.safetensors\" is not a usable safetensors file: tensor \"a\" needs 12 bytes for its shape but has 8.");
}

TEST_CASE("every malformed safetensors file is refused and every odd but legal one is read", "[parity]")
{
    int refused = 0;
    int read = 0;
    for (const auto& item : list_of("hostile.json")) {
        const auto file = item.at("file").get<std::string>();
        if (file.rfind("safetensors/", 0) != 0) continue;
        CAPTURE(file, item.at("wrong").get<std::string>());
        const auto header = read_safetensors_header(kinora::tests::goldens_dir() / "hostile" / file);
        CHECK(header.has_value() != item.at("must_be_refused").get<bool>());
        if (!header) CHECK(header.error().message.find(file.substr(file.find('/') + 1)) != std::string::npos);
        (header ? read : refused) += 1;
    }
    CHECK(refused > 0);
    CHECK(read > 0);
}

TEST_CASE("mutated safetensors files are judged as the reference judges them", "[parity]")
{
    int compared = 0;
    for (const auto& item : list_of("mutated.json")) {
        const auto file = item.at("file").get<std::string>();
        CAPTURE(file);
        const auto header = read_safetensors_header(kinora::tests::goldens_dir() / "hostile" / file);
        CHECK(header.has_value() != item.at("reference_refuses").get<bool>());
        ++compared;
    }
    CHECK(compared > 0);
}
