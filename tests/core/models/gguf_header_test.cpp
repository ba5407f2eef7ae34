#include "core/models/gguf_header.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/mapped_file.h"
#include "tests/goldens_path.h"

using namespace kinora::core;

namespace {

/// Bytes of a GGUF file, written field by field.
class Bytes {
public:
    template <typename T>
    Bytes& number(T value)
    {
        std::string raw(sizeof(T), '\0');
        std::memcpy(raw.data(), &value, sizeof(T));
        text_ += raw;
        return *this;
    }
    Bytes& text(const std::string& text)
    {
        number(std::uint64_t{text.size()});
        text_ += text;
        return *this;
    }
    Bytes& header(std::uint64_t tensors, std::uint64_t pairs, std::uint32_t version = 3)
    {
        text_ += "GGUF";
        return number(version).number(tensors).number(pairs);
    }
    Bytes& tensor(const std::string& name, std::vector<std::uint64_t> sides, std::uint32_t type, std::uint64_t offset)
    {
        text(name).number(static_cast<std::uint32_t>(sides.size()));
        for (const auto side : sides)
            number(side);
        return number(type).number(offset);
    }
    Bytes& data(std::size_t count)
    {
        text_.resize((text_.size() + 31) / 32 * 32 + count);
        return *this;
    }
    [[nodiscard]] Result<GgufHeader> parse() const
    {
        return parse_gguf_header(std::as_bytes(std::span(text_.data(), text_.size())), text_.size(), "x.gguf");
    }

private:
    std::string text_;
};

}  // namespace

TEST_CASE("a GGUF header's tensors have torch's order of dimensions")
{
    const auto header =
        Bytes().header(1, 1, 2).text("general.name").number(8U).text("small").tensor("a", {4, 3}, 0, 0).data(48).parse();
    REQUIRE(header);
    CHECK(header->version == 2);
    CHECK(std::get<std::string>(header->metadata.at("general.name")) == "small");
    REQUIRE(header->tensors.size() == 1);
    CHECK(header->tensors[0].shape == std::vector<std::int64_t>{3, 4});
    CHECK(header->tensors[0].end == 48);
    CHECK(header->data_offset % 32 == 0);
}

TEST_CASE("a GGUF file without tensors is one")
{
    CHECK(Bytes().header(0, 0).parse());
}

TEST_CASE("a GGUF error names the file, the tensor and the reason")
{
    const auto header = Bytes().header(1, 0).tensor("a", {33}, 2, 0).data(36).parse();
    REQUIRE_FALSE(header);
    CHECK(header.error().kind == ErrorKind::corrupt);
    CHECK(header.error().message ==
          "\"x.gguf\" is not a usable GGUF file: tensor \"a\" has rows of 33 numbers, but Q4_0 stores blocks of 32.");
}

TEST_CASE("an original shape of five dimensions is restored")
{
    std::ifstream stream(kinora::tests::goldens_dir() / "gguf" / "orig_shape.gguf");
    const auto header = read_gguf_header(kinora::tests::goldens_dir() / "gguf" / "orig_shape.gguf");
    REQUIRE(header);
    REQUIRE(header->tensors.size() == 1);
    CHECK(header->tensors[0].shape.size() == 5);
}

TEST_CASE("every malformed GGUF file is refused by name and every odd but legal one is read", "[parity]")
{
    std::ifstream stream(kinora::tests::goldens_dir() / "hostile" / "hostile.json");
    int refused = 0;
    int read = 0;
    for (const auto& item : nlohmann::json::parse(stream)) {
        const auto file = item.at("file").get<std::string>();
        if (file.rfind("gguf/", 0) != 0) continue;
        CAPTURE(file, item.at("wrong").get<std::string>());
        const auto header = read_gguf_header(kinora::tests::goldens_dir() / "hostile" / file);
        CHECK(header.has_value() != item.at("must_be_refused").get<bool>());
        if (!header) CHECK(header.error().message.find(file.substr(file.find('/') + 1)) != std::string::npos);
        (header ? read : refused) += 1;
    }
    CHECK(refused > 0);
    CHECK(read > 0);
}
