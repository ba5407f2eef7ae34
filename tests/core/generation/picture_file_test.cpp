#include "core/generation/picture_file.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

using namespace kinora::core;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("kinora-pictures-" + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

FrameSequence ramp(int width, int height)
{
    FrameSequence clip{1, height, width, FrameRate{12}, {}};
    for (int i = 0; i < width * height * 3; ++i)
        clip.rgb.push_back(static_cast<float>(i) / (width * height * 3 - 1));
    return clip;
}

std::string bytes_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

/// The check sum of PNG's chunks (ISO 3309).
std::uint32_t crc_of(std::string_view bytes)
{
    std::uint32_t crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xedb88320U : crc >> 1U;
    }
    return ~crc;
}

}  // namespace

TEST_CASE("An 8-bit PNG comes back byte for byte")
{
    const Folder folder;
    const Picture8 picture = to_picture8(ramp(37, 21), 0);
    REQUIRE(write_png(folder.path / "ä % picture.png", picture));
    const auto read = read_png(folder.path / "ä % picture.png");
    REQUIRE(read);
    CHECK(read->width == 37);
    CHECK(read->height == 21);
    CHECK(read->rgb == picture.rgb);
}

TEST_CASE("A 16-bit PNG keeps what 8 bits would lose")
{
    const Folder folder;
    const FrameSequence clip = ramp(64, 48);
    REQUIRE(write_png16(folder.path / "deep.png", clip, 0));
    const auto read = read_png_frames(folder.path / "deep.png");
    REQUIRE(read);
    float worst = 0;
    for (std::size_t i = 0; i < clip.rgb.size(); ++i)
        worst = std::max(worst, std::abs(clip.rgb[i] - read->rgb[i]));
    CHECK(worst < 1.0F / 65535);
}

TEST_CASE("Values outside the range and NaN are clamped in 8 bit")
{
    const FrameSequence clip{1, 1, 1, FrameRate{12}, {-2.0F, 7.0F, std::numeric_limits<float>::quiet_NaN()}};
    const Picture8 picture = to_picture8(clip, 0);
    CHECK(picture.rgb == std::vector<unsigned char>{0, 255, 0});
}

TEST_CASE("A PNG cut short anywhere is refused with its name")
{
    const Folder folder;
    const fs::path file = folder.path / "cut.png";
    REQUIRE(write_png(file, to_picture8(ramp(32, 32), 0)));
    const std::string whole = bytes_of(file);
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        write_bytes(file, whole.substr(0, length));
        const auto read = read_png(file);
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == ErrorKind::corrupt);
        CHECK(read.error().message.find("cut.png") != std::string::npos);
    }
}

TEST_CASE("A PNG that claims an enormous size is refused before memory is taken")
{
    const Folder folder;
    const fs::path file = folder.path / "huge.png";
    REQUIRE(write_png(file, to_picture8(ramp(8, 8), 0)));
    std::string bytes = bytes_of(file);
    bytes.replace(16, 8, std::string("\0\0\x3f\0\0\0\x3f\0", 8));  // width and height 16128, within the limit of a side
    const std::uint32_t crc = crc_of(std::string_view(bytes).substr(12, 17));
    for (int i = 0; i < 4; ++i)
        bytes[29 + i] = static_cast<char>(crc >> (24 - 8 * i));
    write_bytes(file, bytes);
    const auto too_many = read_png(file);
    REQUIRE_FALSE(too_many);
    CHECK(too_many.error().kind == ErrorKind::unsupported);
    bytes[16] = '\x7f';
    const std::uint32_t wide_crc = crc_of(std::string_view(bytes).substr(12, 17));
    for (int i = 0; i < 4; ++i)
        bytes[29 + i] = static_cast<char>(wide_crc >> (24 - 8 * i));
    write_bytes(file, bytes);
    const auto read = read_png(file);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::corrupt);
}

TEST_CASE("Missing pictures and folders are said to be missing")
{
    const Folder folder;
    CHECK(read_png(folder.path / "none.png").error().kind == ErrorKind::not_found);
    const auto written = write_png(folder.path / "no" / "such.png", to_picture8(ramp(4, 4), 0));
    CHECK(written.error().kind == ErrorKind::not_found);
}

TEST_CASE("A picture that isn't one is not written")
{
    const Folder folder;
    CHECK(write_png(folder.path / "x.png", Picture8{}).error().kind == ErrorKind::invalid_argument);
    CHECK(write_png(folder.path / "x.png", Picture8{4, 4, {1, 2, 3}}).error().kind == ErrorKind::invalid_argument);
    CHECK_FALSE(fs::exists(folder.path / "x.png"));
}
