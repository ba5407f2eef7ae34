#include "core/media/image_reader.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "core/generation/picture_file.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

float worst_difference(const core::FrameSequence& a, const core::FrameSequence& b)
{
    REQUIRE(a.width == b.width);
    REQUIRE(a.height == b.height);
    float worst = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i)
        worst = std::max(worst, std::abs(a.rgb[i] - b.rgb[i]));
    return worst;
}

void convert(const fs::path& from, const fs::path& to, const std::string& options)
{
    REQUIRE(
        run_command("ffmpeg -v error -nostdin -y -i " + shell_word(from) + " " + options + " -update 1 " + shell_word(to))
            .status == 0);
}

}  // namespace

TEST_CASE("PNG, TIFF, BMP and lossless WebP come back as they were")
{
    const TemporaryFolder folder;
    const core::FrameSequence picture = core::to_frames(core::to_picture8(numbered_clip(1, 130, 66), 0));
    REQUIRE(core::write_png(folder / "p.png", core::to_picture8(picture, 0)));
    convert(folder / "p.png", folder / "p.tiff", "");
    convert(folder / "p.png", folder / "p.bmp", "");
    convert(folder / "p.png", folder / "p.webp", "-lossless 1");
    for (const char* name : {"p.png", "p.tiff", "p.bmp", "p.webp"}) {
        const auto read = read_image(folder / name);
        INFO(name);
        REQUIRE(problem_of(read) == "");
        CHECK(read->frames == 1);
        CHECK(worst_difference(*read, picture) < 1e-6F);
    }
}

TEST_CASE("A 16-bit PNG keeps its bits")
{
    const TemporaryFolder folder;
    core::FrameSequence ramp = plain_clip({0, 0, 0}, 512, 4, 1);
    for (std::size_t i = 0; i < ramp.rgb.size(); ++i)
        ramp.rgb[i] = static_cast<float>(i / 3 % 512) / 511.0F / 16.0F;
    REQUIRE(core::write_png16(folder / "deep.png", ramp, 0));
    const auto read = read_image(folder / "deep.png");
    REQUIRE(problem_of(read) == "");
    CHECK(worst_difference(*read, ramp) < 2.0F / 65535);
}

TEST_CASE("A JPEG and a lossy WebP have the colours they show")
{
    const TemporaryFolder folder;
    for (const Colour colour : {Colour{1, 0, 0}, Colour{0, 0.5F, 1}, Colour{0.8F, 0.6F, 0.3F}}) {
        REQUIRE(core::write_png(folder / "p.png", core::to_picture8(plain_clip(colour, 64, 64, 1), 0)));
        convert(folder / "p.png", folder / "p.jpg", "-q:v 1");
        convert(folder / "p.png", folder / "p.webp", "-quality 100");
        for (const char* name : {"p.jpg", "p.webp"}) {
            const auto read = read_image(folder / name);
            INFO(name);
            REQUIRE(problem_of(read) == "");
            CHECK(worst_difference(*read, plain_clip(colour, 64, 64, 1)) < 5.0F / 255);
        }
    }
}

TEST_CASE("Grey, palette and single-bit pictures are read as what they show")
{
    const TemporaryFolder folder;
    for (const char* format : {"gray", "gray16be", "pal8", "monob", "ya8"}) {
        const std::string source = std::string("testsrc=s=32x32,format=") + format;
        REQUIRE(run_command("ffmpeg -v error -nostdin -y -f lavfi -i " + source + " -frames:v 1 -update 1 " +
                            shell_word(folder / "p.png"))
                    .status == 0);
        const auto wanted = core::read_png_frames(folder / "p.png");
        REQUIRE(problem_of(wanted) == "");
        const auto read = read_image(folder / "p.png");
        INFO(format);
        REQUIRE(problem_of(read) == "");
        CHECK(worst_difference(*read, *wanted) < 1e-3F);
    }
}

TEST_CASE("Transparent parts lie over black")
{
    const TemporaryFolder folder;
    REQUIRE(run_command("ffmpeg -v error -nostdin -f lavfi -i color=red@0.5:s=32x32,format=rgba -frames:v 1 -update 1 " +
                        shell_word(folder / "half.png"))
                .status == 0);
    const auto read = read_image(folder / "half.png");
    REQUIRE(problem_of(read) == "");
    CHECK(read->rgb[0] == Approx(0.5).margin(0.01));
    CHECK(read->rgb[1] == Approx(0.0).margin(0.01));
}

TEST_CASE("A picture is turned as its orientation tag asks")
{
    const TemporaryFolder folder;
    core::FrameSequence picture = plain_clip({0, 0, 0}, 64, 32, 1);
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 16; ++x)
            picture.rgb[(static_cast<std::size_t>(y) * 64 + x) * 3] = 1.0F;  // red at the left
    }
    REQUIRE(core::write_png(folder / "p.png", core::to_picture8(picture, 0)));
    convert(folder / "p.png", folder / "p.jpg", "-q:v 1");
    const std::string jpeg = bytes_of(folder / "p.jpg");
    // An Exif block with nothing but orientation 6: shown turned a quarter clockwise, so that left becomes top.
    const std::string exif(
        "\xff\xe1\x00\x22"
        "Exif\0\0"
        "MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
        36);
    write_bytes(folder / "turned.jpg", jpeg.substr(0, 2) + exif + jpeg.substr(2));
    const auto read = read_image(folder / "turned.jpg");
    REQUIRE(problem_of(read) == "");
    REQUIRE(read->width == 32);
    REQUIRE(read->height == 64);
    CHECK(read->rgb[0] > 0.8F);
    CHECK(read->rgb[31 * 3] > 0.8F);
    CHECK(read->rgb[static_cast<std::size_t>(63) * 32 * 3] < 0.2F);
}

TEST_CASE("A name with a percent sign is one picture, not a sequence")
{
    const TemporaryFolder folder;
    REQUIRE(core::write_png(folder / "%02d: 100 %.png", core::to_picture8(plain_clip({0, 1, 0}, 8, 8, 1), 0)));
    CHECK(problem_of(read_image(folder / "%02d: 100 %.png")) == "");
}

TEST_CASE("Damaged, empty and foreign files are refused by name")
{
    const TemporaryFolder folder;
    REQUIRE(core::write_png(folder / "whole.png", core::to_picture8(numbered_clip(1), 0)));
    convert(folder / "whole.png", folder / "whole.jpg", "-q:v 2");
    const std::string png = bytes_of(folder / "whole.png");
    write_bytes(folder / "cut.png", png.substr(0, png.size() / 2));
    std::string overturned = png;
    overturned[png.size() / 2] = static_cast<char>(~overturned[png.size() / 2]);
    write_bytes(folder / "overturned.png", overturned);
    write_bytes(folder / "empty.png", "");
    write_bytes(folder / "text.jpg", "this is no picture");
    write_bytes(folder / "header.jpg", bytes_of(folder / "whole.jpg").substr(0, 20));
    for (const char* name : {"cut.png", "overturned.png", "empty.png", "text.jpg", "header.jpg"}) {
        const auto read = read_image(folder / name);
        INFO(name);
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == core::ErrorKind::corrupt);
        CHECK(read.error().message.find(name) != std::string::npos);
    }
    CHECK(read_image(folder / "none.png").error().kind == core::ErrorKind::not_found);
    CHECK(read_image(folder.path()).error().kind == core::ErrorKind::invalid_argument);
}

TEST_CASE("Pictures with random bytes overturned never crash the reader")
{
    const TemporaryFolder folder;
    REQUIRE(core::write_png(folder / "p.png", core::to_picture8(numbered_clip(1), 0)));
    convert(folder / "p.png", folder / "p.jpg", "-q:v 2");
    convert(folder / "p.png", folder / "p.webp", "");
    std::mt19937 random(2);
    for (const char* name : {"p.png", "p.jpg", "p.webp"}) {
        const std::string bytes = bytes_of(folder / name);
        for (int round = 0; round < 60; ++round) {
            std::string broken = bytes;
            for (int i = 0; i < 6; ++i)
                broken[random() % std::min<std::size_t>(broken.size(), 400)] = static_cast<char>(random());
            write_bytes(folder / "broken", broken);
            const auto read = read_image(folder / "broken");
            if (read) CHECK(read->rgb.size() == read->frame_size());
        }
    }
}
