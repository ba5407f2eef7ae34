#include "core/media/clip_reader.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "core/export/clip_export.h"
#include "core/media/import_media.h"
#include "core/media/probe.h"
#include "core/media/thumbnails.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

fs::path make_clip(const TemporaryFolder& folder, const core::FrameSequence& clip, const std::string& preset)
{
    ExportTarget target;
    target.preset = preset;
    target.file = folder / (preset + (preset == "take" || preset.starts_with("h26") ? ".mp4" : ".mov"));
    REQUIRE(problem_of(export_frames(clip, target)) == "");
    return target.file;
}

}  // namespace

TEST_CASE("Any picture is found exactly, in any order, in every kind of clip")
{
    const TemporaryFolder folder;
    for (const char* preset : {"take", "h264-review", "h265-10bit", "prores-422-hq"}) {
        const fs::path file = make_clip(folder, numbered_clip(50), preset);
        auto reader = ClipReader::open(file);
        REQUIRE(problem_of(reader) == "");
        CHECK((*reader)->info().frames == 50);
        CHECK((*reader)->info().rate == core::FrameRate(12));
        std::vector<int> order(50);
        std::iota(order.begin(), order.end(), 0);
        std::shuffle(order.begin(), order.end(), std::mt19937(3));
        for (int i = 49; i >= 0; --i)
            order.push_back(i);
        for (int i = 0; i < 50; ++i)
            order.push_back(i);
        for (const int index : order) {
            const auto frame = (*reader)->frame(index);
            INFO(preset << " " << index);
            REQUIRE(problem_of(frame) == "");
            CHECK((*frame)->index == index);
            CHECK(number_in((*frame)->picture) == index);
        }
    }
}

TEST_CASE("A long group of pictures with B-frames made by another program is read exactly")
{
    const TemporaryFolder folder;
    const fs::path master = make_clip(folder, numbered_clip(120, 128, 64, core::FrameRate(30000, 1001)), "prores-422-hq");
    for (const char* ending : {"mkv", "mp4", "avi"}) {
        const fs::path file = folder / (std::string("long.") + ending);
        const std::string encoder =
            ending == std::string("avi") ? "mpeg4 -bf 0 -q:v 2" : "libx264 -g 250 -bf 3 -x264-params open-gop=1";
        REQUIRE(run_command("ffmpeg -v error -nostdin -i " + shell_word(master) + " -pix_fmt yuv420p -c:v " + encoder + " " +
                            shell_word(file))
                    .status == 0);
        auto reader = ClipReader::open(file);
        REQUIRE(problem_of(reader) == "");
        REQUIRE((*reader)->info().frames == 120);
        CHECK((*reader)->info().rate == core::FrameRate(30000, 1001));
        for (const int index : {119, 0, 64, 63, 65, 7, 118, 1}) {
            const auto frame = (*reader)->frame(index);
            INFO(ending << " " << index);
            REQUIRE(problem_of(frame) == "");
            CHECK(number_in((*frame)->picture) == index);
        }
    }
}

TEST_CASE("Colours come back as they went in, by BT.709")
{
    const TemporaryFolder folder;
    for (const char* preset : {"take", "prores-422-hq"}) {
        for (const Colour colour : {Colour{1, 0, 0}, Colour{0, 1, 0}, Colour{0, 0, 1}, Colour{0.25F, 0.5F, 0.75F}}) {
            fs::remove(folder / "take.mp4");
            fs::remove(folder / "prores-422-hq.mov");
            auto reader = ClipReader::open(make_clip(folder, plain_clip(colour), preset));
            REQUIRE(problem_of(reader) == "");
            const auto frame = (*reader)->frame(1);
            REQUIRE(problem_of(frame) == "");
            const float wanted[3] = {colour.r, colour.g, colour.b};
            int worst = 0;
            for (std::size_t i = 0; i < (*frame)->picture.rgb.size(); ++i) {
                const int target = static_cast<int>(std::lround(wanted[i % 3] * 255));
                worst = std::max(worst, std::abs((*frame)->picture.rgb[i] - target));
            }
            INFO(preset << " " << colour.r << " " << colour.g << " " << colour.b);
            CHECK(worst <= (preset == std::string("take") ? 4 : 2));
        }
    }
}

TEST_CASE("Float frames of a 10-bit master keep more than 8 bits")
{
    const TemporaryFolder folder;
    core::FrameSequence clip = plain_clip({0, 0, 0}, 1024, 64, 2);
    for (std::size_t i = 0; i < clip.rgb.size(); ++i)
        clip.rgb[i] = static_cast<float>(i / 3 % 1024) / 1023.0F;
    auto reader = ClipReader::open(make_clip(folder, clip, "prores-422-hq"));
    REQUIRE(problem_of(reader) == "");
    const auto frames = (*reader)->frames(0, 2);
    REQUIRE(problem_of(frames) == "");
    REQUIRE(frames->rgb.size() == clip.rgb.size());
    double sum = 0;
    float worst = 0;
    for (std::size_t i = 0; i < clip.rgb.size(); ++i) {
        const float difference = std::abs(frames->rgb[i] - clip.rgb[i]);
        sum += difference;
        worst = std::max(worst, difference);
    }
    CHECK(sum / static_cast<double>(clip.rgb.size()) < 1.2 / 1023);
    CHECK(worst < 4.5F / 1023);
}

TEST_CASE("Pictures that don't exist are refused, and cancelling stops a long read")
{
    const TemporaryFolder folder;
    auto reader = ClipReader::open(make_clip(folder, numbered_clip(5), "take"));
    REQUIRE(problem_of(reader) == "");
    for (const int index : {-1, 5, 1 << 30})
        CHECK((*reader)->frame(index).error().kind == core::ErrorKind::invalid_argument);
    CHECK((*reader)->frames(4, 2).error().kind == core::ErrorKind::invalid_argument);
    CHECK((*reader)->frames(0, 1 << 30).error().kind == core::ErrorKind::invalid_argument);
    std::stop_source stop;
    stop.request_stop();
    CHECK((*reader)->frames(0, 5, stop.get_token()).error().kind == core::ErrorKind::cancelled);
    CHECK(ClipReader::open((*reader)->file(), stop.get_token()).error().kind == core::ErrorKind::cancelled);
    CHECK(number_in((*(*reader)->frame(3))->picture) == 3);
}

TEST_CASE("A clip cut short is reported as damaged with true counts, and the rest of it is used")
{
    const TemporaryFolder folder;
    const fs::path whole = make_clip(folder, numbered_clip(48), "take");
    const std::string bytes = bytes_of(whole);
    const fs::path cut = folder / "cut.mp4";
    write_bytes(cut, bytes.substr(0, bytes.size() * 6 / 10));
    const auto info = probe(cut);
    REQUIRE(problem_of(info) == "");
    CHECK(info->damaged);
    CHECK(info->video()->claimed_frames == 48);
    CHECK(info->video()->frames > 5);
    CHECK(info->video()->frames < 48);
    CHECK(info->damage == std::to_string(info->video()->frames) + " of 48 frames can be read");
    auto reader = ClipReader::open(cut);
    REQUIRE(problem_of(reader) == "");
    CHECK((*reader)->info().damaged);
    REQUIRE((*reader)->info().frames == info->video()->frames);
    for (int i = (*reader)->info().frames - 1; i >= 0; i -= 3) {
        const auto frame = (*reader)->frame(i);
        REQUIRE(problem_of(frame) == "");
        CHECK(number_in((*frame)->picture) == i);
    }
}

TEST_CASE("Exactly 23 of 48 frames are counted where the file ends after the 23rd")
{
    const TemporaryFolder folder;
    const fs::path whole = make_clip(folder, numbered_clip(48), "take");
    const Ran ran =
        run_command("ffprobe -v error -select_streams v -show_entries packet=pos,size -of csv=p=0 " + shell_word(whole));
    std::istringstream lines(ran.output);
    std::string line;
    for (int i = 0; i < 24; ++i)
        std::getline(lines, line);
    const auto comma = line.find(',');
    const std::size_t position = std::stoul(line.substr(comma + 1));
    const std::string bytes = bytes_of(whole);
    write_bytes(folder / "cut.mp4", bytes.substr(0, position + 1));
    const auto info = probe(folder / "cut.mp4");
    REQUIRE(problem_of(info) == "");
    CHECK(info->damage == "23 of 48 frames can be read");
    std::string damage;
    const auto asset = describe_media(folder / "cut.mp4", {}, &damage);
    REQUIRE(problem_of(asset) == "");
    CHECK(asset->frames == 23);
    CHECK(damage == "\"cut.mp4\" is damaged: 23 of 48 frames can be read, and these are used.");
}

TEST_CASE("Files that are no media are refused in one sentence")
{
    const TemporaryFolder folder;
    write_bytes(folder / "text.mp4", "this is no film at all");
    write_bytes(folder / "empty.mp4", "");
    write_bytes(folder / "list.m3u8", "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n");
    write_bytes(folder / "concat.txt", "ffconcat version 1.0\nfile /etc/passwd\n");
    for (const char* name : {"text.mp4", "empty.mp4", "list.m3u8", "concat.txt"}) {
        const auto reader = ClipReader::open(folder / name);
        REQUIRE_FALSE(reader);
        INFO(name << ": " << reader.error().message);
        CHECK(reader.error().kind == core::ErrorKind::corrupt);
        CHECK(reader.error().message.find(name) != std::string::npos);
    }
    CHECK(ClipReader::open(folder / "none.mp4").error().kind == core::ErrorKind::not_found);
    CHECK(ClipReader::open(folder.path()).error().kind == core::ErrorKind::invalid_argument);
    CHECK(probe(folder / "none.mp4").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("Bytes overturned anywhere in a clip never crash the reader")
{
    const TemporaryFolder folder;
    const std::string bytes = bytes_of(make_clip(folder, numbered_clip(24), "take"));
    std::mt19937 random(11);
    for (int round = 0; round < 40; ++round) {
        std::string broken = bytes;
        for (int i = 0; i < 20; ++i)
            broken[random() % broken.size()] = static_cast<char>(random());
        write_bytes(folder / "broken.mp4", broken);
        auto reader = ClipReader::open(folder / "broken.mp4");
        if (!reader) {
            CHECK_FALSE(reader.error().message.empty());
            continue;
        }
        const int frames = std::min((*reader)->info().frames, 30);
        for (int i = 0; i < frames; i += 5) {
            const auto frame = (*reader)->frame(i);
            if (!frame) CHECK_FALSE(frame.error().message.empty());
        }
    }
}

TEST_CASE("A filmstrip spreads over the clip from the first to the last picture")
{
    const TemporaryFolder folder;
    const fs::path file = make_clip(folder, numbered_clip(33, 256, 128), "take");
    const auto strip = filmstrip(file, 5, 128, 64);
    REQUIRE(problem_of(strip) == "");
    REQUIRE(strip->size() == 5);
    for (const auto& picture : *strip) {
        CHECK(picture.width == 128);
        CHECK(picture.height == 64);
        CHECK(picture.rgb.size() == 128 * 64 * 3);
    }
    const auto large = filmstrip(file, 3, 4096, 4096);
    REQUIRE(problem_of(large) == "");
    CHECK(number_in(large->front()) == 0);
    CHECK(number_in((*large)[1]) == 16);
    CHECK(number_in(large->back()) == 32);
    CHECK(filmstrip(file, 500, 64, 64)->size() == 33);
    CHECK(filmstrip(numbered_clip(7), 3, 64, 64)->size() == 3);
    CHECK_FALSE(thumbnail(file, 33, 64, 64));
}
